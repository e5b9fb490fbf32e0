from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from crawler.models import Run, RunUrl, Url
from crawler.services.crawl import run_url_crawl
from crawler.services.runs import run_start
from crawler.services.urls import url_register
from tests.accounts.clients import member
from tests.factories import tool_make, user_make
from tests.feeds import Feeds
from tests.web.pages import FINDING, HOSTILE, Page, run_make
from toolhub.accounts import groups
from toolhub.accounts.models import User
from toolhub.catalog.models import Tool
from toolhub.core.clock import now

pytestmark = pytest.mark.django_db
PAGE = "/add-or-remove-tools"
REGISTER = f"{PAGE}/register"
GOOD = {
    "name": "hay-depictor",
    "title": "Depictor",
    "description": "Adds depicts statements.",
    "url": "https://hay.toolforge.org/depictor/",
}
BAD = {**GOOD, "name": "hay-directory", "url": "hay.toolforge.org/directory", "tool_type": "magic"}


@pytest.fixture
def owner(client: Client, alice: User) -> User:
    client.force_login(alice)
    return alice


def crawl(url: Url) -> RunUrl:
    run = run_start(urls=[url])
    row = run_url_crawl(run_url_id=run.run_urls.get().pk)
    assert row is not None
    return row


class TestAddingPage:
    def test_it_shows_both_ways(self, client: Client) -> None:
        page = Page(client, PAGE)
        assert page.title == "Add or remove tools – Toolhub"
        assert {"/toolinfo-builder", "/toolinfo-validator"} <= page.links()
        assert f"{PAGE}?tab=urls" in page.links()
        assert len(page.elements["h1"]) == 1

    def test_it_asks_to_log_in(self, client: Client) -> None:
        page = Page(client, f"{PAGE}?tab=urls")
        assert "/user/login/?next=/add-or-remove-tools%3Ftab%3Durls" in page.links()
        assert "id_url" not in page.html
        assert client.post(REGISTER, {"url": "https://a.example.org/"}).status_code == 302

    def test_it_lists_own_addresses_with_their_last_crawl(
        self, client: Client, owner: User, feeds: Feeds
    ) -> None:
        url = url_register(actor=owner, url=feeds.put("/toolinfo.json", [GOOD]))
        url_register(actor=owner, url="https://never.example.org/toolinfo.json")
        url_register(actor=user_make("Bob"), url="https://bob.example.org/toolinfo.json")
        crawl(url)
        text = Page(client, f"{PAGE}?tab=urls").text
        assert "Not crawled yet" in text
        assert "Valid" in text
        assert "bob.example.org" not in text

    def test_it_asks_the_database_little(
        self, client: Client, owner: User, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(5):
            run_make(started_at=now() + timedelta(hours=number))
        with django_assert_max_num_queries(4):
            assert "feeds.example.org/0.json" in Page(client, f"{PAGE}?tab=urls").text


class TestRegistering:
    def test_it_previews_before_it_registers(
        self, client: Client, owner: User, feeds: Feeds
    ) -> None:
        address = feeds.put("/toolinfo.json", [GOOD, BAD])
        answer = client.post(REGISTER, {"url": address})
        html = answer.content.decode()
        assert answer.status_code == 200
        assert "Depictor" in html
        assert "Start the address with https://." in html
        assert 'id="L1"' in html
        assert not Url.objects.exists()
        assert not Tool.objects.exists()
        answer = client.post(REGISTER, {"url": address, "confirm": "1"})
        made = Url.objects.get()
        assert (made.url, made.created_by) == (address, owner)
        assert answer["Location"] == f"/crawler-history/urls/{made.pk}"
        assert "The address is registered." in Page(client, answer["Location"]).text

    def test_it_says_that_a_name_is_taken(self, client: Client, owner: User, feeds: Feeds) -> None:
        crawl(url_register(actor=user_make("Bob"), url=feeds.put("/first.json", GOOD)))
        html = client.post(REGISTER, {"url": feeds.put("/second.json", GOOD)}).content.decode()
        assert "comes from" in html
        assert "Some records would not be listed" in html

    @pytest.mark.parametrize("body", [(404, b""), (500, b"")])
    def test_it_lets_one_register_what_does_not_answer(
        self, client: Client, owner: User, feeds: Feeds, body: tuple[int, bytes]
    ) -> None:
        answer = client.post(REGISTER, {"url": feeds.put("/toolinfo.json", body)})
        html = answer.content.decode()
        assert f"The server answered {body[0]} instead of 200." in html
        assert 'name="confirm"' in html

    @pytest.mark.parametrize("address", ["", "nonsense", "ftp://example.org/x", "http://10.0.0.1/"])
    def test_it_keeps_what_was_typed(self, client: Client, owner: User, address: str) -> None:
        for more in ({}, {"confirm": "1"}):
            answer = client.post(REGISTER, {"url": address, **more})
            html = answer.content.decode()
            if answer.status_code == 200:
                assert "could not be read" in html
                continue
            assert answer.status_code in {302, 400}
            assert answer.status_code == 302 or 'href="#id_url"' in html
            assert answer.status_code == 302 or address in html

    def test_it_refuses_an_address_twice(self, client: Client, owner: User, feeds: Feeds) -> None:
        address = feeds.put("/toolinfo.json", GOOD)
        url_register(actor=user_make("Bob"), url=address)
        feeds.seen.clear()
        answer = client.post(REGISTER, {"url": address})
        assert answer.status_code == 400
        assert "is registered already" in answer.content.decode()
        assert not feeds.seen

    def test_it_leads_back_to_the_form(self, client: Client, owner: User) -> None:
        assert client.get(REGISTER)["Location"] == f"{PAGE}?tab=urls"

    def test_it_prints_hostile_files_as_text(
        self, client: Client, owner: User, feeds: Feeds
    ) -> None:
        answer = client.post(REGISTER, {"url": feeds.put("/x.json", HOSTILE.encode())})
        assert b"<script>alert" not in answer.content
        assert "The file cannot be read" in answer.content.decode()


class TestRemoving:
    def test_it_asks_first(self, client: Client, owner: User, feeds: Feeds) -> None:
        url = url_register(actor=owner, url=feeds.put("/toolinfo.json", GOOD))
        crawl(url)
        page = Page(client, f"{PAGE}/{url.pk}/delete")
        assert "1 tool that came from it is deleted" in page.text
        assert Url.objects.exists()
        answer = client.post(f"{PAGE}/{url.pk}/delete")
        assert answer["Location"] == f"{PAGE}?tab=urls"
        assert not Url.objects.exists()
        assert Tool.objects.get().deleted_at is not None

    def test_it_lets_administrators_but_no_stranger(
        self, client: Client, alice: User, charlie: User
    ) -> None:
        url = url_register(actor=alice, url="https://a.example.org/toolinfo.json")
        path = f"{PAGE}/{url.pk}/delete"
        assert client.post(path).status_code == 302
        client.force_login(charlie)
        assert client.get(path).status_code == 403
        assert client.post(path).status_code == 403
        client.force_login(member("Ada", groups.ADMINISTRATORS))
        assert client.post(path).status_code == 302
        assert not Url.objects.exists()


class TestOneAddress:
    def test_it_tells_what_is_known(self, client: Client) -> None:
        run_make(pk=1)
        url = Url.objects.get(url__contains="/0.json")
        page = Page(client, f"/crawler-history/urls/{url.pk}")
        assert "Address without a scheme. Line 15, column 12 /1/url" in page.text
        assert "INFO: Fetching https://feeds.example.org/0.json" in page.text
        assert "/crawler-history/1" in page.links()
        assert "Crawl now" not in page.text
        assert "Remove this address" not in page.text
        assert str(FINDING["message"]) in page.text

    def test_it_knows_nothing_before_the_first_crawl(self, client: Client, owner: User) -> None:
        url = url_register(actor=owner, url="https://a.example.org/toolinfo.json")
        page = Page(client, f"/crawler-history/urls/{url.pk}")
        assert "Nothing is known before the first crawl." in page.text
        assert "Crawl now" in page.text
        assert client.get("/crawler-history/urls/999").status_code == 404

    def test_it_lists_its_tools(self, client: Client, owner: User, feeds: Feeds) -> None:
        url = url_register(actor=owner, url=feeds.put("/toolinfo.json", [GOOD]))
        crawl(url)
        page = Page(client, f"/crawler-history/urls/{url.pk}")
        assert "/tools/hay-depictor" in page.links()
        assert "Nothing to mend." in page.text

    def test_it_is_crawled_when_its_owner_asks(
        self,
        client: Client,
        owner: User,
        feeds: Feeds,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        url = url_register(actor=owner, url=feeds.put("/toolinfo.json", GOOD))
        path = f"/crawler-history/urls/{url.pk}"
        with django_capture_on_commit_callbacks() as queued:
            assert client.post(f"{path}/crawl")["Location"] == path
        assert len(queued) == 1
        assert "The crawl has been asked for." in Page(client, path).text
        assert "Being crawled" in Page(client, path).text
        client.post(f"{path}/crawl")
        assert Run.objects.count() == 1
        assert "crawled less than 5 minutes ago" in Page(client, path).text
        Run.objects.update(started_at=now() - timedelta(minutes=6))
        client.post(f"{path}/crawl")
        assert Run.objects.count() == 2

    def test_it_is_not_crawled_for_others(self, client: Client, alice: User, charlie: User) -> None:
        url = url_register(actor=alice, url="https://a.example.org/toolinfo.json")
        path = f"/crawler-history/urls/{url.pk}/crawl"
        assert client.post(path).status_code == 302
        client.force_login(charlie)
        assert client.post(path).status_code == 403
        assert not Run.objects.exists()

    def test_it_prints_hostile_text_as_text(self, client: Client) -> None:
        run_make(pk=1)
        RunUrl.objects.update(log=HOSTILE, findings=[{**FINDING, "message": HOSTILE}])
        page = Page(client, f"/crawler-history/urls/{Url.objects.first().pk}")  # type: ignore[union-attr]
        assert HOSTILE in page.text
        assert not page.elements["script"]

    def test_it_asks_the_database_little(
        self, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        tool_make()
        for number in range(4):
            run_make(started_at=now() + timedelta(hours=number))
        pk = Url.objects.order_by("pk")[0].pk
        with django_assert_max_num_queries(5):
            Page(client, f"/crawler-history/urls/{pk}")
