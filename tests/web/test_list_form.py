"""Making, changing and deleting a list by forms alone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import tool_make, user_make
from tests.web.pages import Page
from toolhub.accounts.groups import OVERSIGHTERS
from toolhub.accounts.models import User
from toolhub.catalog.models import Revision, ToolList
from toolhub.catalog.selectors.toollists import toollist_tool_names
from toolhub.catalog.services.toollists import toollist_create, toollist_update

pytestmark = pytest.mark.django_db


@pytest.fixture
def alices(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


def list_make(*names: str, **fields: Any) -> ToolList:
    """Alice's."""
    for name in names:
        tool_make(name)
    stated = {"title": "Mine", "tools": list(names), **fields}
    return toollist_create(actor=user_make(), fields=stated)


def tools_in(html: str) -> list[str]:
    return re.findall(r'name="tools" value="([^"]*)"', html)


def value_of(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    return found[1].replace("&quot;", '"') if found else ""


class TestCreate:
    def test_it_asks_to_log_in(self, client: Client) -> None:
        response = client.get("/lists/create")
        assert response.status_code == 302
        assert response.headers["Location"] == "/user/login/?next=/lists/create"

    def test_it_makes_a_list(self, alices: Client) -> None:
        tool_make("one")
        typed = {"act": "save", "title": "Mine", "tools": ["one"], "published": "on"}
        response = alices.post("/lists/create", {**typed, "description": "a\r\nb"}, follow=True)
        made = ToolList.objects.get()
        assert response.redirect_chain == [(f"/lists/{made.pk}", 302)]
        assert "The list is saved." in response.content.decode()
        assert (made.title, made.description, made.is_published) == ("Mine", "a\nb", True)
        assert toollist_tool_names(made) == ["one"]

    def test_it_keeps_what_was_typed_when_it_is_wrong(self, alices: Client) -> None:
        tool_make("one")
        typed = {"act": "save", "title": "", "description": "Kept", "icon": "x", "tools": ["one"]}
        response = alices.post("/lists/create", typed)
        html = response.content.decode()
        assert response.status_code == 400
        assert "Fix 2 fields before you save" in html
        assert 'value="one"' in html
        assert "Kept" in html
        assert 'value="x"' in html

    def test_it_says_at_the_field_that_a_tool_is_gone_or_too_many(self, alices: Client) -> None:
        typed: dict[str, Any] = {"act": "save", "title": "T", "tools": ["gone"]}
        response = alices.post("/lists/create", typed)
        assert response.status_code == 400
        assert 'id="id_find_error"' in response.content.decode()
        typed["tools"] = [f"tool-{number}" for number in range(129)]
        assert "no more than 128 tools" in alices.post("/lists/create", typed).content.decode()

    def test_it_begins_with_tools_that_the_address_names(self, alices: Client) -> None:
        tool_make("one")
        page = Page(alices, "/lists/create?tools=one&tools=nobody")
        assert tools_in(page.html) == ["one"]


TYPED = {"title": "Typed", "description": "Also typed", "published": "on", "comment": "why"}


class TestSteps:
    def step(self, client: Client, act: str, *names: str, **typed: str) -> str:
        response = client.post(
            "/lists/create", {**TYPED, **typed, "act": act, "tools": list(names)}
        )
        assert response.status_code == 200
        html = response.content.decode()
        assert value_of(html, "title") == "Typed"
        assert "Also typed" in html
        assert not ToolList.objects.exists()
        return html

    @pytest.mark.parametrize(
        ("act", "expected"),
        [
            ("up:b", ["b", "a", "c"]),
            ("down:b", ["a", "c", "b"]),
            ("up:a", ["a", "b", "c"]),
            ("down:c", ["a", "b", "c"]),
            ("remove:b", ["a", "c"]),
            ("add:d", ["a", "b", "c", "d"]),
            ("add:a", ["a", "b", "c"]),
            ("up:nobody", ["a", "b", "c"]),
            ("remove:nobody", ["a", "b", "c"]),
        ],
    )
    def test_it_takes_each_step(self, alices: Client, act: str, expected: list[str]) -> None:
        for name in "abcd":
            tool_make(name)
        assert tools_in(self.step(alices, act, "a", "b", "c")) == expected

    def test_it_finds_tools_that_are_not_in_the_list_yet(self, alices: Client) -> None:
        for name in ("one", "two"):
            tool_make(name, description="Patrols edits")
        html = self.step(alices, "find", "one", find="patrols")
        assert 'value="add:two"' in html
        assert 'value="add:one"' not in html
        assert value_of(html, "found") == "patrols"

    @pytest.mark.parametrize("words", ["a-tool", "https://toolhub.example.org/tools/a-tool"])
    def test_it_finds_by_name_and_address(self, alices: Client, words: str) -> None:
        tool_make("a-tool")
        assert 'value="add:a-tool"' in self.step(alices, "find", find=words)

    def test_it_goes_on_adding_from_what_was_found(self, alices: Client) -> None:
        for name in ("one", "two"):
            tool_make(name, description="Patrols edits")
        html = self.step(alices, "add:one", find="patrols", found="patrols")
        assert tools_in(html) == ["one"]
        assert 'value="add:two"' in html

    def test_it_looks_for_words_before_it_saves(self, alices: Client) -> None:
        tool_make("one")
        for act in ("", "save"):
            assert 'value="add:one"' in self.step(alices, act, find="one")
        alices.post("/lists/create", {**TYPED, "act": "save", "find": "one", "found": "one"})
        assert ToolList.objects.get().title == "Typed"

    def test_it_says_when_nothing_is_found(self, alices: Client) -> None:
        for words in ("nothing at all", "x" * 5000):
            assert "No tool matches" in self.step(alices, "find", find=words)


class TestEdit:
    def test_it_shows_what_there_is(self, alices: Client) -> None:
        made = list_make("one", "two", description="Words")
        page = Page(alices, f"/lists/{made.pk}/edit")
        assert page.title == "Edit Mine – Lists – Toolhub"
        assert tools_in(page.html) == ["one", "two"]
        assert value_of(page.html, "title") == "Mine"

    def test_it_saves_with_a_reason(self, alices: Client) -> None:
        made = list_make("one", "two")
        page = Page(alices, f"/lists/{made.pk}/edit")
        typed = {**TYPED, "act": "save", "tools": ["two"], "base": value_of(page.html, "base")}
        assert alices.post(f"/lists/{made.pk}/edit", typed).status_code == 302
        made.refresh_from_db()
        assert (made.title, toollist_tool_names(made)) == ("Typed", ["two"])
        assert Revision.objects.get(toollist=made, number=2).comment == "why"

    def test_it_shows_both_versions_when_somebody_was_faster(
        self, alices: Client, alice: User
    ) -> None:
        made = list_make("one", "two")
        base = value_of(Page(alices, f"/lists/{made.pk}/edit").html, "base")
        toollist_update(actor=alice, toollist=made, fields={"title": "Theirs", "tools": ["two"]})
        typed = {**TYPED, "act": "save", "tools": ["two", "one"], "base": base}
        response = alices.post(f"/lists/{made.pk}/edit", typed)
        html = response.content.decode()
        assert response.status_code == 412
        assert "Somebody else changed this list" in html
        assert "Theirs" in html
        assert value_of(html, "title") == "Typed"
        assert tools_in(html) == ["two", "one"]
        typed["base"] = value_of(html, "base")
        assert alices.post(f"/lists/{made.pk}/edit", typed).status_code == 302
        assert toollist_tool_names(made) == ["two", "one"]

    def test_it_is_for_the_creator_and_oversighters(
        self, client: Client, bob: User, charlie: User
    ) -> None:
        made = list_make(published=True)
        path = f"/lists/{made.pk}/edit"
        assert client.get(path).status_code == 302
        assert client.post(path, TYPED).status_code == 401
        client.force_login(bob)
        assert client.get(path).status_code == 403
        assert client.post(path, {**TYPED, "act": "save"}).status_code == 403
        charlie.groups.add(Group.objects.get(name=OVERSIGHTERS))
        client.force_login(charlie)
        assert client.get(path).status_code == 200

    def test_it_asks_the_database_little(
        self, alices: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        made = list_make("one", "two", "three")
        with django_assert_max_num_queries(6):
            Page(alices, f"/lists/{made.pk}/edit")


class TestDelete:
    def test_it_asks_first_and_can_be_undone(self, alices: Client) -> None:
        made = list_make("one", published=True)
        page = Page(alices, f"/lists/{made.pk}/delete")
        assert "Delete the list “Mine”?" in page.text
        response = alices.post(f"/lists/{made.pk}/delete", {"comment": "old"}, follow=True)
        assert f'action="/lists/{made.pk}/restore"' in response.content.decode()
        Page(alices, f"/lists/{made.pk}", status=404)
        alices.post(f"/lists/{made.pk}/restore")
        assert "One" in Page(alices, f"/lists/{made.pk}").text
        comments = Revision.objects.filter(toollist=made).order_by("number")
        assert list(comments.values_list("comment", flat=True)) == ["", "old", ""]

    def test_it_is_for_the_creator(self, client: Client, bob: User) -> None:
        made = list_make(published=True)
        assert client.get(f"/lists/{made.pk}/delete").status_code == 302
        client.force_login(bob)
        for act in ("delete", "restore"):
            expected = 403 if act == "delete" else 404
            assert client.post(f"/lists/{made.pk}/{act}").status_code == expected
        ToolList.objects.update(deleted_at=made.created_at)
        assert client.post(f"/lists/{made.pk}/restore").status_code == 403
