"""Going back: revert and undo."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.client import Api, code, codes, member
from tests.factories import tool_make
from toolhub.accounts.models import User
from toolhub.audit.models import LogEntry
from toolhub.catalog.models import Revision, Tool
from toolhub.catalog.services.annotations import annotations_update
from toolhub.catalog.services.toollists import toollist_create, toollist_update
from toolhub.catalog.services.tools import tool_update
from toolhub.core.models import Change

pytestmark = pytest.mark.django_db

TOOL = "/api/tools/a-tool/revisions/"


def ids() -> list[int]:
    return list(Revision.objects.order_by("id").values_list("pk", flat=True))


def titles(user: User, *titles: str) -> list[int]:
    tool_make("a-tool", actor=user, title=titles[0])
    for title in titles[1:]:
        tool_update(actor=user, name="a-tool", fields={"title": title})
    return ids()


def noted(user: User, *values: list[str]) -> list[int]:
    tool_make("a-tool", actor=user)
    for value in values:
        annotations_update(actor=user, name="a-tool", fields={"tasks": value}, comment="")
    return ids()


def test_it_goes_back_to_a_version(alice: User) -> None:
    one, _, _ = titles(alice, "One", "Two", "Three")
    before = (Revision.objects.count(), LogEntry.objects.count(), Change.objects.count())
    status, tool = Api(alice)("POST", f"{TOOL}{one}/revert/", {"comment": "why"})
    assert (status, tool["title"]) == (200, "One")
    assert tool == Api().get("/api/tools/a-tool/")
    after = (Revision.objects.count(), LogEntry.objects.count(), Change.objects.count())
    assert after == tuple(count + 1 for count in before)
    newest = Revision.objects.latest("id")
    assert newest.comment.startswith(f"Revert to revision {one} dated ")
    assert newest.comment.endswith(" by Alice: why")
    assert LogEntry.objects.latest("id").params == {"revision": newest.pk}


def test_it_goes_back_without_a_body(alice: User) -> None:
    one, _ = titles(alice, "One", "Two")
    response = Api(alice).client.post(f"{TOOL}{one}/revert/")
    assert response.status_code == 200
    assert codes(Api(alice)("POST", f"{TOOL}{one}/revert/", {"comment": ""})) == [("comment", 2031)]


def test_it_writes_nothing_when_it_is_there_already(alice: User) -> None:
    _, two = titles(alice, "One", "Two")
    assert Api(alice)("POST", f"{TOOL}{two}/revert/")[0] == 200
    assert Api(alice)("POST", f"{TOOL}{two}/undo/{two}/")[0] == 200
    assert Revision.objects.count() == 2


def test_it_goes_back_in_both_halves_as_one_step(alice: User) -> None:
    one, _ = titles(alice, "One", "Two")
    annotations_update(actor=alice, name="a-tool", fields={"tasks": ["citing"]}, comment="")
    _, tool = Api(alice)("POST", f"{TOOL}{one}/revert/")
    assert (tool["title"], tool["annotations"]["tasks"]) == ("One", [])
    assert Revision.objects.count() == 4


@pytest.mark.parametrize("verb", ["{0}/revert/", "{1}/undo/{0}/"])
@pytest.mark.parametrize(
    ("group", "status"),
    [("Administrators", 200), ("Oversighters", 200), ("Patrollers", 403), ("Bureaucrats", 403)],
)
def test_it_needs_the_right_to_change_the_tool(
    alice: User, charlie: User, verb: str, group: str, status: int
) -> None:
    path = TOOL + verb.format(*titles(alice, "One", "Two"))
    assert code(Api()("POST", path)) == (401, 4003)
    assert code(Api(charlie)("POST", path)) == (403, 4005)
    assert Tool.objects.get().title == "Two"
    assert Api(member(group))("POST", path)[0] == status


@pytest.mark.parametrize("verb", ["{0}/revert/", "{1}/undo/{0}/"])
def test_it_lets_everybody_take_back_what_everybody_may_say(
    alice: User, charlie: User, verb: str
) -> None:
    path = TOOL + verb.format(*noted(alice, ["citing"]))
    status, tool = Api(charlie)("POST", path)
    assert (status, tool["annotations"]["tasks"]) == (200, [])


@pytest.mark.parametrize("verb", ["{0}/revert/", "{1}/undo/{0}/"])
def test_it_needs_the_right_to_change_the_list(alice: User, charlie: User, verb: str) -> None:
    tool_make("first", actor=alice)
    start = len(ids())
    fields = {"title": "One", "published": True, "tools": []}
    made = toollist_create(actor=alice, fields=fields)
    toollist_update(actor=alice, toollist=made, fields={"title": "Two", "tools": ["first"]})
    path = f"/api/lists/{made.pk}/revisions/" + verb.format(*ids()[start:])
    assert code(Api()("POST", path, {"id": 1})) == (401, 4003)
    assert code(Api(charlie)("POST", path, {"id": 1})) == (403, 4005)
    status, body = Api(alice)("POST", path, {"id": 1})
    assert (status, body["title"], body["tools"]) == (200, "One", [])
    assert body == Api().get(f"/api/lists/{made.pk}/")
    assert Revision.objects.count() == start + 3
    assert LogEntry.objects.latest("id").target_type == "toollist"


def test_it_undoes_one_change_and_keeps_later_ones(alice: User) -> None:
    one, two = titles(alice, "One", "Two")
    tool_update(actor=alice, name="a-tool", fields={"license": "MIT"})
    status, tool = Api(alice)("POST", f"{TOOL}{two}/undo/{one}/")
    assert (status, tool["title"], tool["license"]) == (200, "One", "MIT")
    assert Revision.objects.latest("id").comment == f"Undo revisions from {one} to {two}"


def test_it_never_undoes_over_a_later_change(alice: User) -> None:
    one, two, _ = titles(alice, "One", "Two", "Three")
    assert code(Api(alice)("POST", f"{TOOL}{two}/undo/{one}/")) == (409, 4090)
    assert Tool.objects.get().title == "Three"


@pytest.mark.parametrize(
    ("first", "second", "later", "expected"),
    [
        (["citing"], ["citing", "editing"], ["citing", "editing", "spam"], ["citing", "spam"]),
        (["citing"], ["citing", "editing"], ["spam", "citing", "editing"], None),
        (["citing", "spam"], ["spam", "citing"], ["editing", "citing"], ["citing", "editing"]),
        (["citing", "spam"], ["spam", "citing"], ["citing", "editing"], None),
        (["citing", "spam"], ["citing"], [], None),
    ],
)
def test_it_undoes_in_lists_only_what_is_still_there(
    alice: User, first: Any, second: Any, later: Any, expected: Any
) -> None:
    _, one, two, _ = noted(alice, first, second, later)
    answer = Api(alice)("POST", f"{TOOL}{two}/undo/{one}/")
    if expected is None:
        assert code(answer) == (409, 4090)
    else:
        assert answer[1]["annotations"]["tasks"] == expected


def test_it_holds_what_comes_back_to_the_rules_of_today(alice: User) -> None:
    tool_make("a-tool", actor=alice, license="Mine", title="One")
    tool_update(actor=alice, name="a-tool", fields={"title": "Two"})
    first = ids()[0]
    # The licence that a crawl brought is no SPDX identifier, but it does not change.
    assert Api(alice)("POST", f"{TOOL}{first}/revert/")[0] == 200
    tool_update(actor=alice, name="a-tool", fields={"license": "MIT"})
    assert codes(Api(alice)("POST", f"{TOOL}{first}/revert/")) == [("license", 3104)]


def test_it_gives_nothing_hidden_back_to_who_may_not_see_it(alice: User) -> None:
    one, two, _ = titles(alice, "One", "Two", "Three")
    Revision.objects.filter(pk=two).update(suppressed=True)
    for end in (f"{two}/revert/", f"{two}/undo/{one}/", f"{one}/undo/{two}/"):
        assert code(Api(alice)("POST", TOOL + end)) == (403, 4092)
    assert Api(member("Oversighters"))("POST", f"{TOOL}{two}/revert/")[0] == 200
    # The summary is public, so it names neither who wrote it nor when.
    assert Revision.objects.latest("id").comment == f"Revert to revision {two}"
