from __future__ import annotations

from typing import Any

import orjson
import pytest
from django.contrib.auth.models import Group
from django.test import Client

from tests.factories import tool_make
from toolhub.accounts.groups import ADMINISTRATORS, OVERSIGHTERS
from toolhub.accounts.models import User
from toolhub.audit.models import LogEntry
from toolhub.audit.services import log_entry
from toolhub.catalog.models import Revision, ToolList
from toolhub.catalog.services.annotations import annotations_update
from toolhub.catalog.services.toollists import (
    toollist_create,
    toollist_delete,
    toollist_feature,
    toollist_update,
)

pytestmark = pytest.mark.django_db

PATH = "/api/auditlogs/"


def as_user(user: User | None = None) -> Client:
    client = Client(headers={"accept": "application/json"}, raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client


def entries(query: str = "", user: User | None = None) -> list[Any]:
    page = orjson.loads(as_user(user).get(f"{PATH}?page_size=100&{query}").content)
    assert page["count"] == len(page["results"])
    return list(page["results"])


def listed(user: User, title: str, **fields: Any) -> ToolList:
    return toollist_create(
        actor=user, fields={"title": title, "published": True, **fields}, comment=f"made {title}"
    )


def version_entry(revision: Revision, actor: User, action: LogEntry.Action) -> LogEntry:
    toollist = revision.toollist
    params: dict[str, Any] = (
        {"toollist": {"id": toollist.pk, "title": toollist.title}}
        if toollist
        else {"tool_name": revision.tool.name if revision.tool else ""}
    )
    row = log_entry(
        actor=actor,
        action=action,
        target_type=LogEntry.Target.VERSION,
        target_id=revision.pk,
        message="because",
        params=params,
    )
    row.save()
    return row


def test_it_shows_an_entry_in_the_known_shape(alice: User) -> None:
    tool_make("one", actor=alice)
    revision = Revision.objects.get(tool__name="one")
    shown = entries("target_type=tool")[0]
    assert shown["timestamp"].endswith("Z")
    assert {key: shown[key] for key in shown if key not in {"id", "timestamp"}} == {
        "user": {"id": alice.pk, "username": "Alice"},
        "target": {"type": "tool", "id": "one", "label": "one"},
        "action": "created",
        "params": {"revision": revision.pk, "suppressed": False, "patrolled": False},
        "message": "made for a test",
    }
    one = orjson.loads(as_user().get(f"{PATH}{shown['id']}/").content)
    assert one == shown
    assert as_user().get(f"{PATH}99999/").status_code == 404


def test_it_shows_numbers_for_what_has_one_and_null_for_no_message(alice: User) -> None:
    shown = entries("target_type=user")[0]
    assert shown["target"] == {"type": "user", "id": alice.pk, "label": "Alice"}
    assert (shown["params"], shown["message"]) == ({}, None)


def test_it_filters(alice: User, bob: User) -> None:
    for name in ("one", "two"):
        tool_make(name, actor=alice)
    listed(bob, "A list")
    moments = [one["timestamp"] for one in entries()]
    assert moments == sorted(moments, reverse=True)
    assert len(entries("action=1")) == 0
    assert len(entries("action=0&action=1")) == len(moments)
    assert [one["target"]["id"] for one in entries("target_type=tool")] == ["two", "one"]
    assert {one["user"]["username"] for one in entries("user=Bob")} == {"Bob"}
    assert entries("target_type=nonsense") == entries("user=Nobody") == []
    assert len(entries(f"after={moments[1]}")) == 2
    assert len(entries(f"before={moments[1]}")) == len(moments) - 1
    assert entries("before=2001-01-01") == []
    assert [one["timestamp"] for one in entries("ordering=timestamp")] == moments[::-1]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("action=99", 2081),
        ("action=x", 2081),
        ("after=yesterday", 2015),
        ("before=2026-13-01", 2015),
    ],
)
def test_it_names_a_filter_it_cannot_read(alice: User, query: str, code: int) -> None:
    response = as_user().get(f"{PATH}?{query}")
    assert response.status_code == 400
    error = orjson.loads(response.content)["errors"][0]
    assert (error["field"], error["code"]) == (query.partition("=")[0], code)


def test_it_keeps_an_unpublished_list_to_its_creator(alice: User, bob: User, charlie: User) -> None:
    charlie.groups.add(Group.objects.get(name=ADMINISTRATORS))
    toollist = listed(alice, "Secret", published=False)
    row = version_entry(toollist.revisions.get(), charlie, LogEntry.Action.PATROLLED)
    for user in (None, bob, charlie):
        shown = orjson.dumps(entries("", user)).decode()
        assert "Secret" not in shown
        assert '"toollist"' not in shown
        assert as_user(user).get(f"{PATH}{row.pk}/").status_code == 404
    own = entries("", alice)
    assert [one["target"]["type"] for one in own[:2]] == ["version", "toollist"]
    assert own[0]["params"] == {"toollist": {"id": toollist.pk, "title": "Secret"}}
    toollist_update(actor=alice, toollist=toollist, fields={"published": True})
    assert "Secret" in orjson.dumps(entries()).decode()
    toollist_update(actor=alice, toollist=toollist, fields={"published": False})
    toollist_delete(actor=alice, toollist=toollist)
    assert "Secret" not in orjson.dumps(entries()).decode()


def test_it_hides_the_words_of_a_hidden_revision(alice: User, bob: User, charlie: User) -> None:
    bob.groups.add(Group.objects.get(name=OVERSIGHTERS))
    charlie.groups.add(Group.objects.get(name=ADMINISTRATORS))
    toollist = listed(alice, "Insult")
    toollist_feature(actor=charlie, toollist=toollist, comment="fine")
    toollist_update(actor=alice, toollist=toollist, fields={"title": "Polite"}, comment="better")
    first = toollist.revisions.get(number=1)
    Revision.objects.filter(pk=first.pk).update(suppressed=True)
    version_entry(first, bob, LogEntry.Action.HID)
    shown = entries("target_type=toollist")
    assert [one["target"]["label"] for one in shown] == ["Polite"] * 3
    assert [one["message"] for one in shown] == ["better", "fine", None]
    assert shown[-1]["user"] == {"id": -1, "username": "<suppressed>"}
    assert shown[-1]["params"]["suppressed"] is True
    hid = entries("target_type=version")[0]
    assert (hid["message"], hid["target"]["label"]) == ("because", "")
    assert "Insult" not in orjson.dumps(entries()).decode()
    seen = entries("target_type=toollist", bob)[-1]
    assert (seen["message"], seen["user"]["username"]) == ("made Insult", "Alice")


def test_it_does_not_tell_by_a_filter_who_wrote_a_hidden_revision(alice: User, bob: User) -> None:
    tool_make("one", actor=bob)
    annotations_update(actor=alice, name="one", fields={"tool_type": "bot"}, comment="an insult")
    assert len(entries("user=Alice&target_type=tool")) == 1
    Revision.objects.filter(tool__name="one", number=2).update(suppressed=True)
    assert entries("user=Alice&target_type=tool") == []
    assert "an insult" not in orjson.dumps(entries()).decode()
    assert [one["user"]["id"] == -1 for one in entries("target_type=tool")] == [True, False]
    assert len(entries("user=Alice")) == 1  # the entry of the account itself
    bob.groups.add(Group.objects.get(name=OVERSIGHTERS))
    assert len(entries("user=Alice&target_type=tool", bob)) == 1


@pytest.mark.parametrize("size", [1, 10, 1000])
def test_it_needs_few_queries_whatever_the_page_size(
    alice: User, bob: User, size: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        tool_make(f"tool-{number}", actor=alice)
        toollist = listed(bob, f"List {number}")
        version_entry(toollist.revisions.get(), alice, LogEntry.Action.PATROLLED)
    for query in ("", "user=Alice&action=0", "target_type=toollist"):
        with django_assert_max_num_queries(4):  # one of them is the ETag's
            as_user().get(f"{PATH}?page_size={size}&{query}")
