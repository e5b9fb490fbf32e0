from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import tool_make
from tests.web.pages import HOSTILE, Page, full_tool
from toolhub.accounts.models import User
from toolhub.catalog.fields import ANNOTATION_FIELDS, FORM_GROUPS, TOOLINFO_FIELDS
from toolhub.catalog.models import Revision, Tool
from toolhub.catalog.services.conflicts import revision_newest_id
from toolhub.catalog.services.tools import tool_update

pytestmark = pytest.mark.django_db

EDIT = "/tools/citation-hunt/edit"
ANNOTATE = "/tools/citation-hunt/edit-annotations"
ADD = "/add-or-remove-tools/create"
NEW = {"name": "hunt", "title": "Hunt", "description": "Finds.", "url": "https://h.example.org/"}


@pytest.fixture
def tool(alice: User) -> Tool:
    return full_tool()


def logged_in(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def typed(client: Client, path: str, **changed: Any) -> dict[str, Any]:
    """What a browser sends when the form of this page is filled as it comes, with these changes."""
    form = client.get(path).context["form"]
    data: dict[str, Any] = {}
    for field in form:
        value = field.value()
        if field.name == "author":
            for number, row in enumerate(value):
                data |= {f"author-{number}-{part}": text or "" for part, text in row.items()}
        elif isinstance(value, list | tuple):
            data[field.name] = value
        elif value not in (None, False):
            data[field.name] = "on" if value is True else value
    return {**data, "comment": "why", **changed}


def test_every_field_has_its_group() -> None:
    grouped = [name for group in FORM_GROUPS.values() for name in group]
    assert len(grouped) == len(set(grouped))
    assert set(grouped) == {*TOOLINFO_FIELDS, *ANNOTATION_FIELDS} - {"_schema"}


class TestOpening:
    def test_it_is_filled_with_what_is_stated(
        self, client: Client, tool: Tool, alice: User
    ) -> None:
        page = Page(logged_in(client, alice), EDIT)
        values = {one.get("name"): one.get("value") for one in page.elements["input"]}
        assert values["title"] == "Citation Hunt"
        assert values["author-0-name"] == "Guilherme"
        assert values["author-1-name"] == ""
        assert "fr https://citationhunt.example.org/fr" in page.text
        assert page.title == "Edit Citation Hunt – Toolhub"

    def test_it_has_a_label_for_every_control(
        self, client: Client, tool: Tool, alice: User
    ) -> None:
        for path in (EDIT, ANNOTATE, ADD):
            page = Page(logged_in(client, alice), path)
            named = {one.get("for") for one in page.elements["label"]}
            for tag in ("input", "select", "textarea"):
                for one in page.elements[tag]:
                    hidden = one.get("type") == "hidden" or one.get("aria-label")
                    assert hidden or one.get("id") in named, one

    @pytest.mark.parametrize("path", [EDIT, ANNOTATE, ADD])
    def test_it_asks_who_is_nobody_to_log_in(self, client: Client, tool: Tool, path: str) -> None:
        response = client.get(path)
        assert response.status_code == 302
        assert response["Location"].endswith(f"?next={path}")

    def test_it_refuses_a_stranger_the_maintainers_half(
        self, client: Client, tool: Tool, charlie: User
    ) -> None:
        Page(logged_in(client, charlie), EDIT, status=403)
        Page(client, ANNOTATE)

    def test_it_shows_what_the_maintainer_states_and_does_not_ask_for_it(
        self, client: Client, tool: Tool, charlie: User
    ) -> None:
        page = Page(logged_in(client, charlie), ANNOTATE)
        names = {one.get("name") for one in page.elements["input"] + page.elements["select"]}
        assert "tool_type" not in names
        assert {"tasks", "wikidata_qid", "deprecated"} <= names
        assert "Tool type Web app" in page.text

    def test_it_is_not_there_for_a_tool_that_is_not(self, client: Client, alice: User) -> None:
        Page(logged_in(client, alice), EDIT, status=404)

    def test_it_asks_little_of_the_database(
        self,
        client: Client,
        tool: Tool,
        alice: User,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        logged_in(client, alice)
        with django_assert_max_num_queries(8):
            client.get(EDIT)


class TestSaving:
    def test_it_saves_only_what_was_changed(self, client: Client, tool: Tool, alice: User) -> None:
        logged_in(client, alice)
        data = typed(client, EDIT, title="Hunt of citations", keywords="a\nb")
        response = client.post(EDIT, data, follow=True)
        assert response.redirect_chain == [("/tools/citation-hunt", 302)]
        assert "The changes are saved." in response.content.decode()
        before = Tool.objects.get(pk=tool.pk)
        assert (before.title, before.keywords) == ("Hunt of citations", ["a", "b"])
        assert before.author == tool.author
        newest = Revision.objects.filter(tool=tool).latest("number")
        assert newest.comment == "why"

    def test_it_writes_nothing_when_nothing_was_changed(
        self, client: Client, tool: Tool, alice: User
    ) -> None:
        logged_in(client, alice)
        count = Revision.objects.count()
        for path in (EDIT, ANNOTATE):
            response = client.post(path, typed(client, path), follow=True)
            assert "Nothing was changed." in response.content.decode()
        assert Revision.objects.count() == count

    def test_it_keeps_what_was_typed_when_it_is_wrong(
        self, client: Client, tool: Tool, alice: User
    ) -> None:
        logged_in(client, alice)
        wrong = {
            "title": "",
            "url": "not an address",
            "license": "my own",
            "author-0-name": "",
            "repository": HOSTILE,
            "for_wikis": "xx.example.com",
        }
        response = client.post(EDIT, typed(client, EDIT, **wrong))
        html = response.content.decode()
        assert response.status_code == 400
        assert set(response.context["form"].errors) == {
            "title",
            "url",
            "author",
            "license",
            "repository",
            "for_wikis",
        }
        assert "Fix 6 fields before you save" in html
        assert 'value="not an address"' in html
        assert 'value="my own"' in html
        assert "xx.example.com" in html
        assert 'aria-describedby="id_url_helptext id_url_error"' in html
        assert HOSTILE not in html

    def test_it_wants_a_summary(self, client: Client, tool: Tool, alice: User) -> None:
        logged_in(client, alice)
        response = client.post(EDIT, typed(client, EDIT, title="New", comment=""))
        assert response.status_code == 400
        assert "Say what you changed and why." in response.content.decode()
        assert 'value="New"' in response.content.decode()

    def test_it_saves_community_values(self, client: Client, tool: Tool, charlie: User) -> None:
        logged_in(client, charlie)
        data = typed(client, ANNOTATE, tasks=["editing", "citing"], deprecated="")
        client.post(ANNOTATE, data)
        notes = Tool.objects.get(pk=tool.pk).annotations
        assert sorted(notes.tasks) == ["citing", "editing"]
        assert not notes.deprecated
        assert notes.tool_type == "bot"

    def test_it_keeps_what_was_typed_when_the_session_ended(
        self, client: Client, tool: Tool, alice: User
    ) -> None:
        data = typed(logged_in(client, alice), EDIT, title="Typed with care")
        client.logout()
        response = client.post(EDIT, data)
        assert response.status_code == 401
        assert "Typed with care" in response.content.decode()
        assert Tool.objects.get(pk=tool.pk).title == "Citation Hunt"

    def test_it_offers_to_take_it_back(self, client: Client, tool: Tool, alice: User) -> None:
        logged_in(client, alice)
        page = client.post(EDIT, typed(client, EDIT, title="Oh no"), follow=True)
        undo = next(str(message.extra_tags) for message in page.context["messages"])
        client.post(undo)
        assert Tool.objects.get(pk=tool.pk).title == "Citation Hunt"


class TestPreview:
    def test_it_shows_what_will_change_and_saves_nothing(
        self, client: Client, tool: Tool, alice: User
    ) -> None:
        logged_in(client, alice)
        data = typed(client, EDIT, subtitle="Find what needs a source", comment="", preview="1")
        html = client.post(EDIT, data).content.decode()
        assert "Preview: 1 change, not saved yet" in html
        assert "<del>lacks</del>" in html
        assert "<ins>needs</ins>" in html
        assert 'value="Find what needs a source"' in html
        assert Tool.objects.get(pk=tool.pk).subtitle == "Find what lacks a source"

    def test_it_says_what_is_wrong_instead(self, client: Client, tool: Tool, alice: User) -> None:
        logged_in(client, alice)
        response = client.post(EDIT, typed(client, EDIT, license="my own", preview="1"))
        assert response.status_code == 400
        assert "not saved yet" not in response.content.decode()

    def test_it_says_when_nothing_changed(self, client: Client, tool: Tool, alice: User) -> None:
        logged_in(client, alice)
        html = client.post(EDIT, typed(client, EDIT, preview="1")).content.decode()
        assert "Preview: nothing is changed yet" in html


class TestConflict:
    def begun(self, client: Client, alice: User, **changed: Any) -> dict[str, Any]:
        """A form that was opened, while somebody else saved another title and other keywords."""
        data = typed(logged_in(client, alice), EDIT, **changed)
        stated = {"title": "Their title", "keywords": ["theirs"]}
        tool_update(actor=alice, name="citation-hunt", fields=stated, comment="first")
        return data

    def test_it_joins_edits_of_different_fields(
        self, client: Client, tool: Tool, alice: User
    ) -> None:
        client.post(EDIT, self.begun(client, alice, subtitle="My subtitle"))
        fresh = Tool.objects.get(pk=tool.pk)
        assert (fresh.title, fresh.subtitle) == ("Their title", "My subtitle")

    def test_it_shows_both_versions_and_keeps_mine(
        self, client: Client, tool: Tool, alice: User
    ) -> None:
        data = self.begun(client, alice, title="My title", subtitle="My subtitle")
        response = client.post(EDIT, data)
        html = response.content.decode()
        assert response.status_code == 409
        assert "Somebody else saved the same fields meanwhile" in html
        assert "<ins>Their</ins>" in html
        form = response.context["form"]
        assert form["title"].value() == "My title"
        assert form["subtitle"].value() == "My subtitle"
        assert form["keywords"].value() == "theirs"
        assert form["comment"].value() == "why"
        assert form["based_on"].value() == revision_newest_id(tool)
        assert [one.field for one in response.context["collisions"]] == ["title"]

    def resolved(self, client: Client, alice: User, **more: Any) -> Tool:
        response = client.post(EDIT, self.begun(client, alice, title="My title", subtitle="Mine"))
        newest = response.context["form"]["based_on"].value()
        data = typed(client, EDIT, title="My title", subtitle="Mine", based_on=newest, **more)
        client.post(EDIT, data)
        return Tool.objects.get(name="citation-hunt")

    def test_it_takes_mine_when_i_save_again(self, client: Client, tool: Tool, alice: User) -> None:
        fresh = self.resolved(client, alice)
        assert (fresh.title, fresh.subtitle, fresh.keywords) == ("My title", "Mine", ["theirs"])

    def test_it_leaves_theirs_where_i_say_so(self, client: Client, tool: Tool, alice: User) -> None:
        fresh = self.resolved(client, alice, take="title")
        assert (fresh.title, fresh.subtitle) == ("Their title", "Mine")

    @pytest.mark.parametrize("based_on", ["", "0", "x", "999999999999999999999"])
    def test_it_never_overwrites_what_it_does_not_know(
        self, client: Client, tool: Tool, alice: User, based_on: str
    ) -> None:
        data = self.begun(client, alice, title="My title")
        response = client.post(EDIT, data | {"based_on": based_on})
        assert response.status_code in (400, 409)
        assert "My title" in response.content.decode()
        assert Tool.objects.get(pk=tool.pk).title == "Their title"


class TestAdding:
    def test_missing_fields_lead_to_where_they_are_filled_in(
        self, client: Client, tool: Tool, alice: User
    ) -> None:
        tool_make("bare")
        links = Page(client, "/tools/bare").links()
        assert "/tools/bare/edit-annotations#id_tasks" in links
        assert "/tools/bare/edit#id_license" not in links
        assert (
            "/tools/bare/edit#id_license" in Page(logged_in(client, alice), "/tools/bare").links()
        )

    def test_it_adds_a_tool_and_asks_what_it_is_for(self, client: Client, charlie: User) -> None:
        logged_in(client, charlie)
        response = client.post(ADD, NEW | {"author-0-name": "Me", "license": "MIT"}, follow=True)
        assert response.redirect_chain == [("/tools/hunt/edit-annotations", 302)]
        tool = Tool.objects.get(name="hunt")
        assert tool.created_by == charlie
        assert tool.author == [{"name": "Me"}]

    def test_it_previews_first(self, client: Client, charlie: User) -> None:
        html = logged_in(client, charlie).post(ADD, NEW | {"preview": "1"}).content.decode()
        assert "Preview: 4 changes, not saved yet" in html
        assert not Tool.objects.exists()

    def test_it_refuses_a_taken_name_and_keeps_the_rest(
        self, client: Client, charlie: User
    ) -> None:
        tool_make("hunt")
        response = logged_in(client, charlie).post(ADD, NEW)
        assert response.status_code == 400
        assert "The name hunt is taken." in response.content.decode()
        assert 'value="https://h.example.org/"' in response.content.decode()

    def test_it_names_all_that_is_missing(self, client: Client, charlie: User) -> None:
        response = logged_in(client, charlie).post(ADD, {"title": "Hunt"})
        assert set(response.context["form"].errors) == {"name", "description", "url"}
        assert 'value="Hunt"' in response.content.decode()

    def test_it_refuses_who_is_nobody(self, client: Client) -> None:
        assert client.post(ADD, NEW).status_code == 400
        assert not Tool.objects.exists()

    def test_it_may_be_called_anything(self, client: Client, charlie: User) -> None:
        logged_in(client, charlie)
        client.post(ADD, NEW | {"name": "create"})
        Page(client, "/tools/create")


class TestDeleting:
    PATH = "/tools/citation-hunt/delete"

    def test_it_asks_first(self, client: Client, tool: Tool, alice: User) -> None:
        page = Page(logged_in(client, alice), self.PATH)
        assert "Delete Citation Hunt?" in page.text
        assert Tool.objects.listed().exists()

    def test_it_deletes_and_brings_back(self, client: Client, tool: Tool, alice: User) -> None:
        logged_in(client, alice)
        response = client.post(self.PATH, {"comment": "spam"}, follow=True)
        assert "Citation Hunt is deleted." in response.content.decode()
        assert not Tool.objects.listed().exists()
        client.post("/tools/citation-hunt/undelete")
        back = Tool.objects.listed().get()
        assert (back.created_by, back.title) == (alice, "Citation Hunt")
        Page(client, "/tools/citation-hunt")

    def test_it_refuses_a_stranger(self, client: Client, tool: Tool, charlie: User) -> None:
        assert logged_in(client, charlie).post(self.PATH).status_code == 403
        assert client.post("/tools/citation-hunt/undelete").status_code == 403
        assert "/tools/citation-hunt/delete" not in Page(client, "/tools/citation-hunt").links()

    def test_it_refuses_nobody(self, client: Client, tool: Tool) -> None:
        assert client.get(self.PATH).status_code == 302
        assert client.post(self.PATH).status_code == 401
        assert client.post("/tools/citation-hunt/undelete").status_code == 401
