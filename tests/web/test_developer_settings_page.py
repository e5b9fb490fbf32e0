from __future__ import annotations

import re

import pytest
from django.test import Client
from oauth2_provider.models import AccessToken, Application
from pytest_django import DjangoAssertNumQueries

from tests.accounts.clients import REDIRECT, access_make, application_make, by_token
from tests.factories import user_make
from tests.web.pages import HOSTILE, Page
from toolhub.accounts.models import ApiToken, User
from toolhub.accounts.services.tokens import api_token_create

pytestmark = pytest.mark.django_db
SETTINGS = "/developer-settings"
TABS = ("", "?tab=register", "?tab=apps", "?tab=authorized", "?tab=token", "?tab=nonsense")


@pytest.fixture
def owner(client: Client, alice: User) -> User:
    client.force_login(alice)
    return alice


@pytest.mark.parametrize("tab", TABS)
def test_it_asks_strangers_to_log_in(client: Client, tab: str) -> None:
    answer = client.get(f"{SETTINGS}{tab}")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/user/login/?next=/developer-settings")


@pytest.mark.parametrize("tab", TABS)
def test_it_shows_every_tab(
    client: Client, owner: User, tab: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        access_make(owner, application_make(user_make("Bob"), f"app {number}"))
    with django_assert_max_num_queries(3):
        page = Page(client, f"{SETTINGS}{tab}")
    assert "Developer settings – Toolhub" in page.title
    assert len([one for one in page.elements["a"] if one.get("aria-current") == "page"]) == 1
    assert "no-store" in page.response["Cache-Control"]


class TestApplications:
    def test_it_registers_one_and_shows_the_secret_once(self, client: Client, owner: User) -> None:
        sent = {"name": "An app", "redirect_url": REDIRECT}
        answer = client.post(f"{SETTINGS}/register", sent)
        assert answer.status_code == 200
        made = Application.objects.get()
        html = answer.content.decode()
        assert made.client_id in html
        secret = re.findall(r'<code dir="ltr">([A-Za-z0-9]{100,})</code>', html)
        assert len(secret) == 1
        assert "no-store" in answer["Cache-Control"]
        page = Page(client, f"{SETTINGS}?tab=apps")
        assert secret[0] not in page.html
        assert made.client_id in page.text

    @pytest.mark.parametrize("address", ["nonsense", "ftp://example.org/", "", "https://a.org/#x"])
    def test_it_keeps_what_was_typed(self, client: Client, owner: User, address: str) -> None:
        answer = client.post(f"{SETTINGS}/register", {"name": "My app", "redirect_url": address})
        html = answer.content.decode()
        assert answer.status_code == 400
        assert 'value="My app"' in html
        assert 'href="#id_redirect_url"' in html
        assert not address or address in html
        assert not Application.objects.exists()

    def test_it_changes_the_callback(self, client: Client, owner: User) -> None:
        made = application_make(owner).application
        path = f"{SETTINGS}/applications/{made.client_id}"
        assert REDIRECT in Page(client, path).html
        refused = client.post(path, {"redirect_url": "nonsense"})
        assert refused.status_code == 400
        assert "nonsense" in refused.content.decode()
        client.post(path, {"redirect_url": "https://new.example.org/"})
        made.refresh_from_db()
        assert made.redirect_uris == "https://new.example.org/"
        assert "The callback address is saved." in Page(client, f"{SETTINGS}?tab=apps").text

    def test_it_deletes_one_after_asking(self, client: Client, owner: User) -> None:
        made = application_make(owner).application
        path = f"{SETTINGS}/applications/{made.client_id}/delete"
        assert "Delete the application An app?" in Page(client, path).text
        assert Application.objects.exists()
        client.post(path)
        assert not Application.objects.exists()
        assert "The application An app is deleted." in Page(client, f"{SETTINGS}?tab=apps").text

    @pytest.mark.parametrize("end", ["", "/delete"])
    def test_it_refuses_a_stranger(self, client: Client, charlie: User, end: str) -> None:
        made = application_make(user_make("Alice")).application
        path = f"{SETTINGS}/applications/{made.client_id}{end}"
        assert client.post(path).status_code == 302
        client.force_login(charlie)
        assert client.get(path).status_code == 403
        assert client.post(path, {"redirect_url": "https://evil.example/"}).status_code == 403
        assert Application.objects.get().redirect_uris == REDIRECT

    def test_it_prints_hostile_names_as_text(self, client: Client, owner: User) -> None:
        application_make(owner, HOSTILE)
        page = Page(client, f"{SETTINGS}?tab=apps")
        assert HOSTILE in page.text
        assert not page.elements["script"]


class TestAuthorizations:
    def test_it_revokes_one_after_asking(self, client: Client, owner: User) -> None:
        _, token = access_make(owner, application_make(user_make("Bob")))
        path = f"{SETTINGS}/authorizations/{token.pk}/revoke"
        page = Page(client, f"{SETTINGS}?tab=authorized")
        assert path in page.links()
        assert "Bob" in page.text
        assert "No longer let An app act for you?" in Page(client, path).text
        client.post(path)
        assert not AccessToken.objects.exists()
        page = Page(client, f"{SETTINGS}?tab=authorized")
        assert "An app can no longer act for you." in page.text
        assert "No application may act for you." in page.text

    def test_it_knows_nothing_of_others(self, client: Client, owner: User) -> None:
        bob = user_make("Bob")
        _, token = access_make(bob, application_make(bob))
        assert client.post(f"{SETTINGS}/authorizations/{token.pk}/revoke").status_code == 404
        assert AccessToken.objects.exists()


class TestToken:
    def test_it_makes_shows_and_deletes_one(self, client: Client, owner: User) -> None:
        assert "You have no API token." in Page(client, f"{SETTINGS}?tab=token").text
        made = client.post(f"{SETTINGS}/token", {"act": "create"}).content.decode()
        text = re.findall(r'id="token-text">([0-9a-f]{40})<', made)[0]
        page = Page(client, f"{SETTINGS}?tab=token")
        assert text not in page.html
        assert f"{text[:6]}…" in page.text
        assert text in client.post(f"{SETTINGS}/token").content.decode()
        assert "Delete your API token?" in Page(client, f"{SETTINGS}/token/delete").text
        client.post(f"{SETTINGS}/token/delete")
        assert not ApiToken.objects.exists()

    def test_it_has_none_to_show_or_delete(self, client: Client, owner: User) -> None:
        assert client.post(f"{SETTINGS}/token").status_code == 404
        assert client.post(f"{SETTINGS}/token/delete").status_code == 404

    def test_it_refuses_strangers(self, client: Client, alice: User) -> None:
        api_token_create(actor=alice)
        assert client.post(f"{SETTINGS}/token").status_code == 302
        assert client.post(f"{SETTINGS}/token/delete").status_code == 302
        assert ApiToken.objects.count() == 1

    def test_it_takes_a_session_only(self, alice: User) -> None:
        assert by_token(alice).get(f"{SETTINGS}?tab=token").status_code == 302
