"""The header of who is logged in, what pages say once, and the page of what is one's own."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from crawler.models import Url
from tests.factories import tool_make
from tests.web.pages import HOSTILE, Page
from toolhub.accounts.models import User
from toolhub.catalog.services.favourites import favourite_add
from toolhub.catalog.services.toollists import toollist_create
from toolhub.core.web.notices import done, failed, warn

pytestmark = pytest.mark.django_db


@pytest.fixture
def logged_in(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


class TestHeader:
    def test_it_offers_to_log_in_and_come_back(self, client: Client) -> None:
        assert "/user/login/?next=/search%3Fq%3Da" in Page(client, "/search?q=a").links()

    def test_it_has_a_menu_of_what_is_ones_own(self, logged_in: Client) -> None:
        page = Page(logged_in, "/search")
        assert "Alice" in page.text
        assert "/me" in page.links()
        assert "Log out" in page.text
        assert not [href for href in page.links() if "login" in href]

    def test_it_logs_out_by_a_form(self, logged_in: Client) -> None:
        assert any(
            one.get("action") == "/user/logout/" and one.get("method") == "post"
            for one in Page(logged_in, "/").elements["form"]
        )

    def test_it_gives_anonymous_readers_no_cookie(self, client: Client) -> None:
        assert not client.get("/search").cookies


class TestNotices:
    def test_it_says_what_was_done_and_how_to_take_it_back(self, rf: RequestFactory) -> None:
        request = rf.get("/")
        request.session = {}  # type: ignore[assignment]
        request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
        done(request, f"Deleted {HOSTILE}.", undo="/lists/1/restore")
        warn(request, "Slowly.")
        failed(request, "Not that.")
        drawn = render_to_string("components/messages.html", {"messages": get_messages(request)})
        assert 'role="status"' in drawn
        assert 'action="/lists/1/restore"' in drawn
        assert drawn.count("<form") == 1
        assert HOSTILE not in drawn
        for kind in ("success", "warning", "error"):
            assert f"cdx-message--{kind}" in drawn


class TestMyPage:
    def test_it_asks_to_log_in(self, client: Client) -> None:
        assert client.get("/me")["Location"] == "/user/login/?next=/me"

    def test_it_says_what_to_do_when_there_is_nothing(self, logged_in: Client) -> None:
        page = Page(logged_in, "/me")
        assert page.title == "My page – Toolhub"
        assert "Tools you add" in page.text
        assert "A list gathers tools" in page.text

    def test_it_shows_what_is_mine_and_nothing_else(
        self, logged_in: Client, alice: User, bob: User
    ) -> None:
        mine, theirs = tool_make("mine", actor=alice), tool_make("theirs", actor=bob)
        for actor, whose in ((alice, "My"), (bob, "Their")):
            toollist_create(
                actor=actor,
                fields={"title": f"{whose} list", "tools": [mine.name, theirs.name]},
                comment="",
            )
            Url.objects.create(url=f"https://{whose}.example.org/", created_by=actor)
        favourite_add(actor=alice, name="theirs")
        page = Page(logged_in, "/me")
        assert "/tools/mine" in page.links()
        assert "My list" in page.text
        assert "https://My.example.org/" in page.text
        assert "their" not in page.text.lower().replace("their sister", "")

    def test_it_asks_little(
        self,
        logged_in: Client,
        alice: User,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for number in range(12):
            tool_make(f"tool-{number}", actor=alice)
        with django_assert_max_num_queries(13):
            logged_in.get("/me")
