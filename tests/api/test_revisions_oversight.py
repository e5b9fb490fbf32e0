"""Hide, reveal, patrol."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.api.client import Api, code, codes, member
from tests.factories import tool_make
from toolhub.accounts.models import User
from toolhub.audit.models import LogEntry
from toolhub.catalog.models import Revision
from toolhub.catalog.services.toollists import toollist_create, toollist_update
from toolhub.catalog.services.tools import tool_update
from toolhub.core.models import Change

pytestmark = pytest.mark.django_db

Made = tuple[str, int, int, dict[str, Any]]


def a_tool(user: User) -> Made:
    tool_make("a-tool", actor=user)
    tool_update(actor=user, name="a-tool", fields={"title": "Two"})
    first, second = Revision.objects.order_by("id").values_list("pk", flat=True)
    return "/api/tools/a-tool/revisions/", first, second, {"tool_name": "a-tool"}


def a_list(user: User) -> Made:
    fields = {"title": "One", "published": True, "tools": []}
    made = toollist_create(actor=user, fields=fields)
    toollist_update(actor=user, toollist=made, fields={"title": "Two"})
    first, second = Revision.objects.order_by("id").values_list("pk", flat=True)
    params: dict[str, Any] = {"toollist": {"id": made.pk, "title": "Two"}}
    return f"/api/lists/{made.pk}/revisions/", first, second, params


both = pytest.mark.parametrize("make", [a_tool, a_list])
Make = Callable[[User], Made]


def expect_trace(pk: int, action: str, params: object, message: str) -> None:
    """One audit row and one change, and no revision."""
    entry = LogEntry.objects.latest("id")
    assert (entry.target_type, entry.target_id) == ("version", str(pk))
    assert (entry.get_action_display(), entry.params) == (action, params)
    assert (entry.message, entry.target_label) == (message, "")
    change = Change.objects.latest("seq")
    assert (change.kind, change.key, change.action) == ("revision", str(pk), "put")
    assert Revision.objects.count() == 2


@both
@pytest.mark.parametrize("group", ["Oversighters", "Administrators"])
def test_it_hides_and_reveals(alice: User, make: Make, group: str) -> None:
    base, first, _, params = make(alice)
    api = Api(member(group))
    audits, changes = LogEntry.objects.count(), Change.objects.count()
    assert api("PATCH", f"{base}{first}/hide/", {"comment": "rude"}) == (204, None)
    assert (LogEntry.objects.count(), Change.objects.count()) == (audits + 1, changes + 1)
    expect_trace(first, "hid", params, "rude")
    assert Api().get(base)["results"][1]["content_title"] == ""
    assert code(api("PATCH", f"{base}{first}/hide/")) == (404, 4004)
    assert api("PATCH", f"{base}{first}/reveal/", {}) == (204, None)
    expect_trace(first, "revealed", params, "")
    assert Api().get(base)["results"][1]["content_title"] != ""
    assert code(api("PATCH", f"{base}{first}/reveal/")) == (404, 4004)


@both
def test_it_never_hides_the_newest(alice: User, make: Make) -> None:
    base, _, newest, _ = make(alice)
    answer = Api(member("Oversighters"))("PATCH", f"{base}{newest}/hide/")
    assert code(answer) == (403, 4091)
    assert not Revision.objects.filter(suppressed=True).exists()


@both
@pytest.mark.parametrize("group", ["Patrollers", "Administrators"])
def test_it_patrols_once(alice: User, make: Make, group: str) -> None:
    base, first, _, params = make(alice)
    api = Api(member(group))
    assert api("PATCH", f"{base}{first}/patrol/", {"comment": "fine"}) == (204, None)
    expect_trace(first, "patrolled", params, "fine")
    assert Api().get(f"{base}{first}/")["patrolled"] is True
    status, body = api("PATCH", f"{base}{first}/patrol/")
    assert (status, body["code"], body["status_code"]) == (400, 4093, 400)
    assert body["errors"] == [{"field": "detail", "message": body["message"]}]


@both
@pytest.mark.parametrize(
    ("verb", "strangers"),
    [
        ("hide", ("Patrollers", "Bureaucrats", "Alice", "Charlie")),
        ("reveal", ("Patrollers", "Bureaucrats", "Alice", "Charlie")),
        ("patrol", ("Oversighters", "Bureaucrats", "Alice", "Charlie")),
    ],
)
def test_it_refuses_others_before_it_reads_the_body(
    alice: User, charlie: User, make: Make, verb: str, strangers: tuple[str, ...]
) -> None:
    base, first, _, _ = make(alice)
    people = {"Alice": alice, "Charlie": charlie}
    path = f"{base}{first}/{verb}/"
    assert code(Api()("PATCH", path, {"comment": ""})) == (401, 4003)
    for name in strangers:
        api = Api(people.get(name) or member(name))
        assert code(api("PATCH", path, {"comment": ""})) == (403, 4005)
    allowed = Api(member("Administrators"))
    assert codes(allowed("PATCH", path, {"comment": ""})) == [("comment", 2031)]
    assert code(allowed("PATCH", f"{base}99/{verb}/")) == (404, 4004)
