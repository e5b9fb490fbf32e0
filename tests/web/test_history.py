from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import tool_make
from tests.web.pages import HOSTILE, Page
from toolhub.accounts.models import User
from toolhub.catalog.models import Revision, Tool, ToolList
from toolhub.catalog.services.annotations import annotations_update
from toolhub.catalog.services.oversight import revision_hide
from toolhub.catalog.services.toollists import toollist_create, toollist_update
from toolhub.catalog.services.tools import tool_update

pytestmark = pytest.mark.django_db

HISTORY = "/tools/a-tool/history"
REVISION = f"{HISTORY}/revision"


@pytest.fixture
def tool(alice: User, charlie: User) -> Tool:
    """Of four revisions: made, a new title, a task by somebody else, a new description."""
    made = tool_make(title="First title")
    tool_update(actor=alice, name="a-tool", fields={"title": "Second title"}, comment="retitled")
    annotations_update(
        actor=charlie, name="a-tool", fields={"tasks": ["citing"]}, comment="what it is for"
    )
    tool_update(
        actor=alice, name="a-tool", fields={"description": "Does two things."}, comment="more"
    )
    return Tool.objects.get(pk=made.pk)


@pytest.fixture
def ids(tool: Tool) -> list[int]:
    """Of its revisions, the oldest first."""
    return list(Revision.objects.filter(tool=tool).order_by("number").values_list("pk", flat=True))


def member(user: User, group: str) -> User:
    user.groups.add(Group.objects.get(name=group))
    return User.objects.get(pk=user.pk)


class TestHistory:
    def test_it_lists_revisions_newest_first(self, client: Client, ids: list[int]) -> None:
        page = Page(client, HISTORY)
        assert page.text.index("more") < page.text.index("what it is for")
        assert "4 revisions" in page.text
        assert "1 field changed" in page.text
        assert {f"{REVISION}/{pk}" for pk in ids} <= page.links()
        assert page.title == "Second title: history – Toolhub"

    def test_it_shows_ten_a_page(self, client: Client, tool: Tool, alice: User) -> None:
        for number in range(8):
            fields = {"title": f"Title {number}"}
            tool_update(actor=alice, name="a-tool", fields=fields, comment="again")
        assert Page(client, HISTORY).text.count("Not patrolled") == 10
        assert Page(client, f"{HISTORY}?page=2").text.count("Not patrolled") == 2

    def test_it_leads_to_the_two_that_are_chosen(self, client: Client, ids: list[int]) -> None:
        response = client.get(HISTORY, {"from": ids[3], "to": ids[0]})
        assert response["Location"] == f"{REVISION}/{ids[0]}/diff/{ids[3]}"

    @pytest.mark.parametrize("to", ["", "x", "1", "9" * 30])
    def test_it_wants_two_revisions(self, client: Client, ids: list[int], to: str) -> None:
        response = client.get(HISTORY, {"from": "1", "to": to}, follow=True)
        assert "Choose two different revisions to compare." in response.content.decode()

    def test_it_shows_nobody_a_button(self, client: Client, ids: list[int]) -> None:
        assert not [one for one in Page(client, HISTORY).elements["button"] if "formaction" in one]

    def buttons(self, client: Client) -> set[str]:
        page = Page(client, HISTORY)
        found = {str(one["formaction"]) for one in page.elements["button"] if "formaction" in one}
        return found | {one for one in page.links() if one.endswith("/hide")}

    def test_it_shows_each_what_they_may_do(
        self, client: Client, ids: list[int], alice: User, bob: User, charlie: User
    ) -> None:
        first, second, third, fourth = ids
        client.force_login(charlie)
        assert self.buttons(client) == {
            f"{REVISION}/{third}/undo/{second}",
        }
        client.force_login(alice)
        assert {f"{REVISION}/{fourth}/undo/{third}", f"{REVISION}/{first}/restore"} <= self.buttons(
            client
        )
        assert f"{REVISION}/{fourth}/restore" not in self.buttons(client)
        client.force_login(member(bob, "Patrollers"))
        assert f"{REVISION}/{first}/patrol" in self.buttons(client)
        client.force_login(member(bob, "Oversighters"))
        assert f"{REVISION}/{first}/hide" in self.buttons(client)
        assert f"{REVISION}/{fourth}/hide" not in self.buttons(client)

    def test_it_asks_little_of_the_database(
        self, client: Client, ids: list[int], django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(7):
            client.get(HISTORY)


class TestRevision:
    def test_it_shows_the_tool_as_it_was(self, client: Client, ids: list[int]) -> None:
        text = Page(client, f"{REVISION}/{ids[0]}").text
        assert "First title" in text
        assert "Citing sources" not in text
        text = Page(client, f"{REVISION}/{ids[2]}").text
        assert "Citing sources" in text
        assert "Does one thing." in text

    def test_it_survives_fields_that_are_younger(self, client: Client, ids: list[int]) -> None:
        old = Revision.objects.get(pk=ids[0])
        del old.snapshot["subtitle"], old.snapshot["annotations"]["wikidata_qid"]
        old.save()
        Page(client, f"{REVISION}/{ids[0]}")
        Page(client, f"{REVISION}/{ids[0]}/diff/{ids[3]}")
        Page(client, HISTORY)

    def test_it_is_of_this_tool_only(self, client: Client, ids: list[int]) -> None:
        tool_make("other")
        other = Revision.objects.latest("pk").pk
        Page(client, f"{REVISION}/{other}", status=404)
        Page(client, f"{REVISION}/{ids[0]}/diff/{other}", status=404)

    def test_it_prints_hostile_text_as_text(self, client: Client, alice: User) -> None:
        tool_make("a-tool")
        fields = {"title": HOSTILE, "description": HOSTILE}
        tool_update(actor=alice, name="a-tool", fields=fields, comment=HOSTILE)
        newest = Revision.objects.latest("pk").pk
        for path in (HISTORY, f"{REVISION}/{newest}", f"{REVISION}/{newest - 1}/diff/{newest}"):
            page = Page(client, path)
            assert not page.elements["script"]
            assert not page.elements["img"]


class TestDifference:
    def test_it_marks_words(self, client: Client, ids: list[int]) -> None:
        html = Page(client, f"{REVISION}/{ids[0]}/diff/{ids[1]}").html
        assert "<del>First</del> title" in html
        assert "<ins>Second</ins> title" in html
        assert "1 field differs" in html

    def test_it_says_what_happened_in_words(self, client: Client, ids: list[int]) -> None:
        text = Page(client, f"{REVISION}/{ids[0]}/diff/{ids[3]}").text
        assert "3 fields differ" in text
        assert "Tasks C From the community Empty Citing sources Added" in text
        text = Page(client, f"{REVISION}/{ids[3]}/diff/{ids[0]}").text
        assert "Citing sources Empty Removed" in text

    def test_it_can_show_all_fields(self, client: Client, ids: list[int]) -> None:
        page = Page(client, f"{REVISION}/{ids[0]}/diff/{ids[1]}?all=1")
        assert page.text.count("Same") > 20
        assert "1 field differs" in page.text

    def test_it_says_when_there_is_none(self, client: Client, ids: list[int]) -> None:
        page = Page(client, f"{REVISION}/{ids[0]}/diff/{ids[0]}")
        assert "Both revisions say the same." in page.text


class TestActs:
    def test_it_undoes_and_offers_to_undo_that(
        self, client: Client, ids: list[int], tool: Tool, alice: User
    ) -> None:
        client.force_login(alice)
        response = client.post(f"{REVISION}/{ids[1]}/undo/{ids[0]}", {"comment": "no"}, follow=True)
        assert "The changes are undone." in response.content.decode()
        tool.refresh_from_db()
        assert (tool.title, tool.description) == ("First title", "Does two things.")
        client.post(next(str(one.extra_tags) for one in response.context["messages"]))
        tool.refresh_from_db()
        assert tool.title == "Second title"

    def test_it_says_when_that_was_changed_again(
        self, client: Client, ids: list[int], tool: Tool, alice: User
    ) -> None:
        tool_update(actor=alice, name="a-tool", fields={"title": "Third"}, comment="again")
        client.force_login(alice)
        response = client.post(f"{REVISION}/{ids[1]}/undo/{ids[0]}", follow=True)
        assert "was changed again since" in response.content.decode()
        tool.refresh_from_db()
        assert tool.title == "Third"

    def test_it_restores(self, client: Client, ids: list[int], tool: Tool, alice: User) -> None:
        client.force_login(alice)
        client.post(f"{REVISION}/{ids[0]}/restore")
        tool.refresh_from_db()
        assert (tool.title, tool.description) == ("First title", "Does one thing.")

    def test_it_patrols_once_and_returns(self, client: Client, ids: list[int], bob: User) -> None:
        client.force_login(member(bob, "Patrollers"))
        path = f"{REVISION}/{ids[1]}/patrol"
        response = client.post(path, {"next": "/recent"})
        assert response["Location"] == "/recent"
        assert Revision.objects.get(pk=ids[1]).patrolled
        html = client.post(
            path, {"next": "https://evil.example.org/"}, follow=True
        ).content.decode()
        assert "is patrolled already" in html

    def test_it_hides_and_shows_again(
        self, client: Client, ids: list[int], bob: User, charlie: User
    ) -> None:
        client.force_login(member(bob, "Oversighters"))
        assert "Hide this revision?" in Page(client, f"{REVISION}/{ids[1]}/hide").text
        client.post(f"{REVISION}/{ids[1]}/hide", {"comment": "private"})
        Page(client, f"{REVISION}/{ids[1]}")
        client.force_login(charlie)
        page = Page(client, HISTORY)
        assert "User name hidden" in page.text
        assert "retitled" not in page.text
        page = Page(client, f"{REVISION}/{ids[1]}", status=403)
        assert "shown to oversighters only" in page.text
        Page(client, f"{REVISION}/{ids[0]}/diff/{ids[1]}", status=403)
        client.force_login(bob)
        client.post(f"{REVISION}/{ids[1]}/reveal")
        assert "retitled" in Page(client, HISTORY).text

    def test_it_does_not_hide_the_newest(self, client: Client, ids: list[int], bob: User) -> None:
        client.force_login(member(bob, "Oversighters"))
        response = client.post(f"{REVISION}/{ids[3]}/hide", follow=True)
        assert "The newest revision cannot be hidden." in response.content.decode()

    @pytest.mark.parametrize("act", ["undo/{0}", "restore", "hide", "reveal", "patrol"])
    def test_it_refuses_who_may_not(
        self, client: Client, ids: list[int], act: str, charlie: User
    ) -> None:
        path = f"{REVISION}/{ids[1]}/{act.format(ids[0])}"
        assert client.post(path).status_code == 401
        assert client.get(path).status_code == 302
        client.force_login(charlie)
        assert client.post(path).status_code == 403
        assert Revision.objects.count() == 4


class TestLists:
    @pytest.fixture
    def mine(self, alice: User) -> ToolList:
        for name in ("one", "two", "three"):
            tool_make(name)
        made = toollist_create(
            actor=alice, fields={"title": "Mine", "tools": ["one", "two"], "published": True}
        )
        fields = {"title": "My list", "tools": ["two", "one", "three"]}
        return toollist_update(actor=alice, toollist=made, fields=fields, comment="more tools")

    def test_it_has_the_same_pages(self, client: Client, mine: ToolList) -> None:
        base = f"/lists/{mine.pk}/history"
        first, second = Revision.objects.filter(toollist=mine).order_by("number")
        assert "more tools" in Page(client, base).text
        assert "Mine" in Page(client, f"{base}/revision/{first.pk}").text
        html = Page(client, f"{base}/revision/{first.pk}/diff/{second.pk}").html
        assert "<ins>three</ins>" in html
        assert "2 fields differ" in html

    def test_it_restores(self, client: Client, mine: ToolList, alice: User) -> None:
        first = Revision.objects.filter(toollist=mine).order_by("number")[0]
        client.force_login(alice)
        client.post(f"/lists/{mine.pk}/history/revision/{first.pk}/restore")
        mine.refresh_from_db()
        assert mine.title == "Mine"

    def test_it_keeps_unpublished_lists_to_their_owner(
        self, client: Client, mine: ToolList, alice: User, charlie: User
    ) -> None:
        ToolList.objects.update(is_published=False)
        client.force_login(charlie)
        Page(client, f"/lists/{mine.pk}/history", status=404)
        client.force_login(alice)
        Page(client, f"/lists/{mine.pk}/history")


def test_a_hidden_revision_shows_its_neighbours_nothing(
    client: Client, ids: list[int], tool: Tool, bob: User
) -> None:
    revision_hide(actor=member(bob, "Oversighters"), thing=tool, revision_id=ids[0], comment="x")
    assert f"{REVISION}/{ids[0]}/diff/{ids[1]}" not in Page(client, HISTORY).links()
