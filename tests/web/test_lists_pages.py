from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import tool_make, user_make
from tests.web.pages import HOSTILE, Page
from toolhub.accounts.groups import ADMINISTRATORS
from toolhub.accounts.models import User
from toolhub.catalog.models import ToolList
from toolhub.catalog.services.toollists import toollist_create, toollist_feature

pytestmark = pytest.mark.django_db


def list_make(title: str = "Award winners", *names: str, **fields: Any) -> ToolList:
    """A published list of Alice's."""
    for name in names:
        tool_make(name)
    stated = {"title": title, "published": True, "tools": list(names), **fields}
    return toollist_create(actor=user_make(), fields=stated)


def admin_make() -> User:
    chief = user_make("Chief")
    chief.groups.add(Group.objects.get(name=ADMINISTRATORS))
    return chief


@pytest.fixture
def alices(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


class TestOwn:
    def test_it_tells_nobody_where_to_log_in(self, client: Client) -> None:
        page = Page(client, "/lists")
        assert "/user/login/?next=%2Flists" in page.links()
        assert "/published-lists" in page.links()

    def test_it_says_what_to_do_first(self, alices: Client) -> None:
        page = Page(alices, "/lists")
        assert "You have no list yet." in page.text
        assert "/lists/create" in page.links()

    def test_it_shows_mine_by_ten(self, alices: Client, bob: User) -> None:
        for number in range(12):
            list_make(f"List {number}", published=number > 5)
        toollist_create(actor=bob, fields={"title": "Bobs", "tools": [], "published": True})
        page = Page(alices, "/lists")
        assert page.title == "My lists – Toolhub"
        assert len([one for one in page.links() if one.endswith("/edit")]) == 10
        assert "Bobs" not in page.text
        assert "1 to 10 of 12" in page.text
        assert "Only for you" in Page(alices, "/lists?page=2").text

    def test_it_asks_the_database_little(
        self, alices: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(10):
            list_make(f"List {number}", f"tool-{number}")
        with django_assert_max_num_queries(6):
            Page(alices, "/lists")


class TestBrowse:
    def test_it_shows_what_is_published(self, client: Client) -> None:
        list_make("Award winners", "one", "two")
        list_make("Secret", published=False)
        page = Page(client, "/published-lists")
        assert page.title == "Lists – Toolhub"
        assert "Award winners" in page.text
        assert "2 tools by Alice" in page.text
        assert "Secret" not in page.text

    def test_it_says_that_there_is_none(self, client: Client) -> None:
        assert "Nobody has published a list here yet." in Page(client, "/published-lists").text

    def test_it_finds_by_words_also_in_tools(self, client: Client) -> None:
        list_make("Award winners", "huggle")
        list_make("Others")
        page = Page(client, "/published-lists?q=huggle")
        assert page.title == "huggle – lists – Toolhub"
        assert "1 list for “ huggle ”" in page.text
        assert "Others" not in page.text
        assert "No list has all of these words." in Page(client, "/published-lists?q=zzz").text

    def test_it_sorts_and_keeps_the_words(self, client: Client) -> None:
        list_make("B list")
        list_make("A list")
        page = Page(client, "/published-lists?q=list&ordering=title")
        assert page.html.index("A list") < page.html.index("B list")
        assert "?q=list&ordering=-modified_date" in page.links()
        Page(client, "/published-lists?ordering=nonsense&page=x")
        Page(client, f"/published-lists?q={'x' * 3000}")

    def test_it_shows_featured_ones_alone(self, client: Client) -> None:
        toollist_feature(actor=admin_make(), toollist=list_make("Best of all"))
        list_make("Ordinary")
        page = Page(client, "/published-lists?featured=true")
        assert page.title == "Featured lists – Toolhub"
        assert "Best of all" in page.text
        assert "Ordinary" not in page.text

    def test_it_prints_hostile_text_as_text(self, client: Client) -> None:
        list_make(HOSTILE, description=HOSTILE)
        page = Page(client, "/published-lists?q=%3Cscript%3E")
        assert HOSTILE in page.text
        assert not page.elements["script"]
        assert not page.elements["img"]

    def test_it_asks_the_database_little(
        self, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(14):
            list_make(f"List {number}", f"tool-{number}")
        with django_assert_max_num_queries(3):
            Page(client, "/published-lists")


class TestDetail:
    def test_it_shows_the_tools_in_order(self, client: Client) -> None:
        made = list_make("Award winners", "zebra", "ant", description="Of 2025")
        page = Page(client, f"/lists/{made.pk}")
        assert page.title == "Award winners – Lists – Toolhub"
        assert page.html.index("/tools/zebra") < page.html.index("/tools/ant")
        assert "Of 2025" in page.text
        assert f"http://testserver/lists/{made.pk}" in page.links()
        assert f"/feeds/list/{made.pk}.atom" in page.links()
        assert f"/lists/{made.pk}/edit" not in page.links()
        assert not [one for one in page.elements["form"] if "feature" in str(one.get("action"))]

    def test_it_offers_what_the_person_may_do(self, client: Client, alice: User) -> None:
        made = list_make()
        client.force_login(alice)
        page = Page(client, f"/lists/{made.pk}")
        assert {f"/lists/{made.pk}/edit", f"/lists/{made.pk}/delete"} <= page.links()
        assert "Feature this list" not in page.text
        client.force_login(admin_make())
        assert "Feature this list" in Page(client, f"/lists/{made.pk}").text

    def test_it_is_not_there_for_others_until_published(
        self, client: Client, alice: User, bob: User
    ) -> None:
        made = list_make(published=False)
        Page(client, f"/lists/{made.pk}", status=404)
        client.force_login(bob)
        Page(client, f"/lists/{made.pk}", status=404)
        client.force_login(alice)
        assert "Only for you" in Page(client, f"/lists/{made.pk}").text

    @pytest.mark.parametrize("pk", ["0", "404", "9" * 30])
    def test_it_knows_no_other_list(self, client: Client, pk: str) -> None:
        Page(client, f"/lists/{pk}", status=404)

    def test_it_asks_the_database_little(
        self, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        made = list_make("Award winners", *(f"tool-{number}" for number in range(9)))
        with django_assert_max_num_queries(3):
            Page(client, f"/lists/{made.pk}")


class TestFeature:
    def test_it_is_for_administrators_and_can_be_undone(self, client: Client, alice: User) -> None:
        made = list_make()
        client.force_login(alice)
        assert client.post(f"/lists/{made.pk}/feature").status_code == 403
        client.force_login(admin_make())
        response = client.post(f"/lists/{made.pk}/feature", follow=True)
        assert f'action="/lists/{made.pk}/unfeature"' in response.content.decode()
        assert "/lists/" in str(Page(client, "/").links())
        assert "Award winners" in Page(client, "/").text
        again = client.post(f"/lists/{made.pk}/feature", follow=True)
        assert "Nothing was changed" in again.content.decode()
        client.post(f"/lists/{made.pk}/unfeature")
        assert "Award winners" not in Page(client, "/").text

    def test_it_answers_nobody_and_no_reading(self, client: Client) -> None:
        made = list_make()
        assert client.post(f"/lists/{made.pk}/feature").status_code == 401
        assert client.get(f"/lists/{made.pk}/feature").status_code == 405
