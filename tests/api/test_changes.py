from __future__ import annotations

from typing import Any

import orjson
import pytest
from django.test import Client

from tests.factories import tool_make
from toolhub.accounts.models import User
from toolhub.catalog.services.imports import tools_import_remove
from toolhub.catalog.services.toollists import toollist_create, toollist_update
from toolhub.core.changes import change_append, newest_seq, recording
from toolhub.core.models import Change

pytestmark = pytest.mark.django_db

CHANGES = "/api/changes/"


@pytest.fixture
def api() -> Client:
    return Client(headers={"accept": "application/json"}, raise_request_exception=False)


def get(api: Client, path: str) -> Any:
    response = api.get(path)
    assert response.status_code == 200, response.content
    return orjson.loads(response.content)


def test_it_tells_changes_in_order_with_tombstones(api: Client, alice: User) -> None:
    since = newest_seq()
    tool_make("café", actor=alice)
    tools_import_remove(actor=alice, names=["café"], comment="")
    page = get(api, f"{CHANGES}?since={since}")
    assert [(one["seq"], one["action"]) for one in page["results"]] == [
        (since + 1, "put"),
        (since + 2, "gone"),
    ]
    assert page["results"][0]["path"] == "/api/tools/caf%C3%A9/"
    assert page["results"][0]["at"].endswith("Z")
    assert (page["next_since"], page["newest"], page["has_more"]) == (since + 2, since + 2, False)


def test_it_goes_on_where_it_stopped(
    api: Client, alice: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(7):
        tool_make(f"tool-{number}", actor=alice)
    seen, since, more = [], 0, True
    while more:
        with django_assert_max_num_queries(3):
            page = get(api, f"{CHANGES}?since={since}&limit=3")
        seen += [one["key"] for one in page["results"]]
        assert page["next_since"] >= since
        since, more = page["next_since"], page["has_more"]
    assert seen == [f"tool-{number}" for number in range(7)]
    assert get(api, f"{CHANGES}?since={since}")["results"] == []


def test_it_tells_nothing_of_private_things(api: Client, alice: User) -> None:
    since = newest_seq()
    secret = toollist_create(actor=alice, fields={"title": "My secret list", "tools": []})
    with recording():
        change_append(kind="favourite", key=f"{alice.pk}", action=Change.Action.PUT)
    response = api.get(f"{CHANGES}?since={since}")
    page = orjson.loads(response.content)
    assert [(one["kind"], one["action"]) for one in page["results"]] == [("list", "gone")]
    assert b"secret" not in response.content
    assert page["next_since"] == newest_seq()
    toollist_update(actor=alice, toollist=secret, fields={"published": True})
    toollist_update(actor=alice, toollist=secret, fields={"published": False})
    page = get(api, f"{CHANGES}?since={page['next_since']}")
    assert [one["action"] for one in page["results"]] == ["put", "gone"]


def test_it_shows_one_kind(api: Client, alice: User) -> None:
    tool_make("a-tool", actor=alice)
    page = get(api, f"{CHANGES}?kind=list")
    assert page["results"] == []
    assert page["next_since"] == newest_seq()


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("since=-1", "since"),
        ("since=x", "since"),
        ("since=99999999999999999999", "since"),
        ("since=٣", "since"),
        ("limit=x", "limit"),
        ("kind=user", "kind"),
    ],
)
def test_it_names_a_parameter_it_cannot_read(api: Client, db: None, query: str, field: str) -> None:
    response = api.get(f"{CHANGES}?{query}")
    assert response.status_code == 400
    assert orjson.loads(response.content)["errors"][0]["field"] == field


@pytest.mark.parametrize("query", ["since=999999", "limit=0", "limit=999999", "since="])
def test_it_takes_odd_numbers_as_what_they_can_mean(api: Client, alice: User, query: str) -> None:
    page = get(api, f"{CHANGES}?{query}")
    assert page["next_since"] >= page["newest"]


def test_it_answers_304_until_something_changes(api: Client, alice: User) -> None:
    tag = api.get(CHANGES).headers["ETag"]
    assert api.get(CHANGES, headers={"if-none-match": tag}).status_code == 304
    tool_make("a-tool", actor=alice)
    assert api.get(CHANGES, headers={"if-none-match": tag}).status_code == 200
