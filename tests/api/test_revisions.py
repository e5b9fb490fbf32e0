"""Reading history, of tools and of lists."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.client import Api, code, member
from tests.factories import tool_make
from toolhub.accounts.models import User
from toolhub.catalog.models import Revision, ToolList
from toolhub.catalog.services.toollists import toollist_create, toollist_delete, toollist_update
from toolhub.catalog.services.tools import tool_update

pytestmark = pytest.mark.django_db

TOOL = "/api/tools/a-tool/revisions/"


@pytest.fixture
def ids(alice: User) -> list[int]:
    """The revisions of a tool whose title was One, Two and Three."""
    tool_make("a-tool", actor=alice, title="One")
    for title in ("Two", "Three"):
        tool_update(actor=alice, name="a-tool", fields={"title": title}, comment=f"to {title}")
    return list(Revision.objects.order_by("number").values_list("pk", flat=True))


@pytest.fixture
def toollist(alice: User) -> ToolList:
    for name in ("first", "second"):
        tool_make(name, actor=alice)
    fields = {"title": "One", "tools": ["first"], "published": True}
    made = toollist_create(actor=alice, fields=fields, comment="made")
    fields = {"title": "Two", "tools": ["second", "first"]}
    return toollist_update(actor=alice, toollist=made, fields=fields, comment="more")


def list_ids(toollist: ToolList) -> list[int]:
    found = Revision.objects.filter(toollist=toollist).order_by("number")
    return list(found.values_list("pk", flat=True))


def hide(pk: int) -> None:
    Revision.objects.filter(pk=pk).update(suppressed=True)


def test_it_lists_the_versions_newest_first(alice: User, ids: list[int]) -> None:
    page = Api().get(TOOL)
    assert [row["id"] for row in page["results"]] == ids[::-1]
    assert [(row["parent_id"], row["child_id"]) for row in page["results"]] == [
        (ids[1], None),
        (ids[0], ids[2]),
        (None, ids[1]),
    ]
    newest = page["results"][0]
    assert newest == {
        "id": ids[2], "timestamp": newest["timestamp"], "user": {"id": alice.pk, "username": "Alice"},
        "comment": "to Three", "suppressed": False, "patrolled": False, "content_type": "tool",
        "content_id": "a-tool", "parent_id": ids[1], "child_id": None, "content_title": "Three",
    }  # fmt: skip
    assert newest["timestamp"].endswith("Z")


def test_it_turns_pages_and_orders(ids: list[int]) -> None:
    page = Api().get(f"{TOOL}?page_size=2&page=2")
    assert (page["count"], page["next"], len(page["results"])) == (3, None, 1)
    assert [row["id"] for row in Api().get(f"{TOOL}?ordering=id")["results"]] == ids
    assert [row["id"] for row in Api().get(f"{TOOL}?ordering=comment")["results"]] == ids[::-1]


def test_it_reads_a_version_of_a_tool(ids: list[int]) -> None:
    row = Api().get(f"{TOOL}{ids[1]}/")
    assert (row["toolinfo"]["title"], row["content_title"]) == ("Two", "Two")
    newest = Api().get(f"{TOOL}{ids[2]}/")
    assert newest["toolinfo"] == Api().get("/api/tools/a-tool/")


def test_it_reads_a_version_of_a_list(toollist: ToolList) -> None:
    first, second = list_ids(toollist)
    path = f"/api/lists/{toollist.pk}/revisions/"
    row = Api().get(f"{path}{second}/")
    assert (row["content_type"], row["content_id"]) == ("toollist", toollist.pk)
    assert (row["parent_id"], row["child_id"]) == (first, None)
    assert [tool["name"] for tool in row["toollist"]["tools"]] == ["second", "first"]
    assert row["toollist"]["tools"] == Api().get(f"/api/lists/{toollist.pk}/")["tools"]
    assert Api().get(f"{path}{first}/")["toollist"]["title"] == "One"


def test_it_compares_two_versions_of_a_tool(ids: list[int]) -> None:
    diff = Api().get(f"{TOOL}{ids[0]}/diff/{ids[2]}/")
    assert diff["operations"] == [{"op": "replace", "path": "/title", "value": "Three"}]
    assert (diff["original"]["id"], diff["result"]["id"]) == (ids[0], ids[2])
    assert Api().get(f"{TOOL}{ids[0]}/diff/{ids[0]}/")["operations"] == []


def test_it_compares_two_versions_of_a_list(toollist: ToolList) -> None:
    first, second = list_ids(toollist)
    diff = Api().get(f"/api/lists/{toollist.pk}/revisions/{first}/diff/{second}/")
    assert sorted(diff["operations"], key=lambda step: step["path"]) == [
        {"op": "replace", "path": "/title", "value": "Two"},
        {"op": "add", "path": "/tools/0", "value": "second"},
    ]


@pytest.mark.parametrize("end", ["", "99/", "99/diff/1/", "1/diff/99/"])
@pytest.mark.parametrize("base", ["/api/tools/none/revisions/", "/api/lists/99/revisions/"])
def test_it_finds_no_history_of_nothing(db: None, base: str, end: str) -> None:
    assert code(Api()("GET", base + end)) == (404, 4004)


def test_it_finds_no_version_of_something_else(
    alice: User, ids: list[int], toollist: ToolList
) -> None:
    tool_make("other", actor=alice)
    for base in ("/api/tools/other/revisions/", f"/api/lists/{toollist.pk}/revisions/"):
        assert code(Api()("GET", f"{base}{ids[0]}/")) == (404, 4004)
        assert code(Api(alice)("POST", f"{base}{ids[0]}/revert/")) == (404, 4004)
    assert code(Api()("GET", f"{TOOL}{10**30}/")) == (404, 4004)


def test_it_shows_no_history_of_a_deleted_tool(alice: User, ids: list[int]) -> None:
    assert Api(alice)("DELETE", "/api/tools/a-tool/")[0] == 204
    for end in ("", f"{ids[0]}/", f"{ids[0]}/diff/{ids[1]}/"):
        assert code(Api(alice)("GET", TOOL + end)) == (404, 4004)
    assert code(Api(alice)("POST", f"{TOOL}{ids[0]}/revert/")) == (404, 4004)


def test_it_shows_the_history_of_a_private_list_to_its_creator_alone(
    alice: User, charlie: User, toollist: ToolList
) -> None:
    first, second = list_ids(toollist)
    toollist_update(actor=alice, toollist=toollist, fields={"published": False}, comment="")
    base = f"/api/lists/{toollist.pk}/revisions/"
    ends = ("", f"{first}/", f"{first}/diff/{second}/")
    for api in (Api(), Api(charlie), Api(member("Administrators")), Api(member("Oversighters"))):
        assert {api("GET", base + end)[0] for end in ends} == {404}
    assert {Api(alice)("GET", base + end)[0] for end in ends} == {200}
    for verb in ("hide", "reveal", "patrol"):
        answer = Api(member("Administrators"))("PATCH", f"{base}{first}/{verb}/")
        assert code(answer) == (404, 4004)
    toollist_delete(actor=alice, toollist=toollist)
    assert code(Api(alice)("GET", base)) == (404, 4004)


def test_it_hides_all_of_a_suppressed_version_but_its_place(
    alice: User, charlie: User, ids: list[int]
) -> None:
    hide(ids[1])
    masked = {
        "user": {"id": -1, "username": "<suppressed>"}, "comment": "", "content_title": "",
        "suppressed": True, "parent_id": ids[0], "child_id": ids[2],
    }  # fmt: skip
    # Not even who wrote it sees it.
    for api in (Api(), Api(charlie), Api(alice), Api(member("Patrollers"))):
        row = api.get(TOOL)["results"][1]
        assert {key: row[key] for key in masked} == masked
        detail = api.get(f"{TOOL}{ids[1]}/")
        assert detail["toolinfo"] == {}
        assert "Two" not in str(detail)
        for ends in ((0, 1), (1, 2), (1, 1)):
            path = f"{TOOL}{ids[ends[0]]}/diff/{ids[ends[1]]}/"
            assert code(api("GET", path)) == (403, 4092)
        assert api("GET", f"{TOOL}{ids[0]}/diff/{ids[2]}/")[0] == 200


@pytest.mark.parametrize("group", ["Oversighters", "Administrators"])
def test_it_shows_a_suppressed_version_to_those_who_may(ids: list[int], group: str) -> None:
    hide(ids[1])
    api = Api(member(group))
    row = api.get(TOOL)["results"][1]
    assert (row["content_title"], row["comment"], row["user"]["username"]) == (
        "Two", "to Two", "Alice",
    )  # fmt: skip
    assert api.get(f"{TOOL}{ids[1]}/")["toolinfo"]["title"] == "Two"
    diff = api.get(f"{TOOL}{ids[0]}/diff/{ids[1]}/")
    assert diff["result"]["content_title"] == "Two"


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_it_needs_few_queries_whatever_the_page_size(
    ids: list[int], toollist: ToolList, size: int, django_assert_max_num_queries: Any
) -> None:
    # The newest change for the tag, the thing, the count, the ids of the page, its rows.
    for path in (TOOL, f"/api/lists/{toollist.pk}/revisions/"):
        with django_assert_max_num_queries(5):
            Api().get(f"{path}?page_size={size}")
