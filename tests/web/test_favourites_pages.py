from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import tool_make
from tests.web.pages import Page
from toolhub.accounts.models import User
from toolhub.catalog.services.favourites import favourite_add

pytestmark = pytest.mark.django_db


@pytest.fixture
def alices(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


def test_it_asks_to_log_in(client: Client) -> None:
    assert client.get("/favorites").headers["Location"] == "/user/login/?next=/favorites"
    assert client.post("/favorites/one/remove").status_code == 401


def test_it_says_what_to_do_first(alices: Client) -> None:
    page = Page(alices, "/favorites")
    assert page.title == "Favourites – Toolhub"
    assert "You have no favourites yet." in page.text
    assert "/search" in page.links()


def test_it_shows_mine_newest_first(alices: Client, alice: User, bob: User) -> None:
    for number in range(11):
        tool_make(f"tool-{number}")
        favourite_add(actor=alice, name=f"tool-{number}")
    tool_make("bobs")
    favourite_add(actor=bob, name="bobs")
    page = Page(alices, "/favorites")
    assert "/tools/bobs" not in page.links()
    assert "/tools/tool-0" not in page.links()
    assert page.html.index("/tools/tool-10") < page.html.index("/tools/tool-9")
    assert "/tools/tool-0" in Page(alices, "/favorites?page=2").links()


def test_it_removes_comes_back_and_offers_undo(alices: Client, alice: User) -> None:
    tool_make("one")
    favourite_add(actor=alice, name="one")
    response = alices.post("/favorites/one/remove", {"next": "/favorites?page=1"}, follow=True)
    html = response.content.decode()
    assert response.redirect_chain == [("/favorites?page=1", 302)]
    assert 'action="/favorites/one/add"' in html
    assert "You have no favourites yet." in html
    alices.post("/favorites/one/add")
    assert "/tools/one" in Page(alices, "/favorites").links()


@pytest.mark.parametrize("path", ["/favorites/nobody/remove", "/favorites/nobody/add"])
def test_it_stays_calm_when_there_is_nothing_to_do(alices: Client, path: str) -> None:
    response = alices.post(path, {"next": "https://evil.example.org/"}, follow=True)
    assert response.redirect_chain == [("/favorites", 302)]
    assert "cdx-message--warning" in response.content.decode()


def test_it_asks_the_database_little(
    alices: Client, alice: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        tool_make(f"tool-{number}")
        favourite_add(actor=alice, name=f"tool-{number}")
    with django_assert_max_num_queries(5):
        Page(alices, "/favorites")
