from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest

from tests.api.client import Api, code, codes, member
from tests.factories import tool_make
from toolhub.accounts.models import User
from toolhub.catalog.models import Revision, ToolList
from toolhub.catalog.services.toollists import toollist_create, toollist_delete, toollist_update
from toolhub.catalog.services.tools import tool_delete, tool_update
from toolhub.core.clock import now

pytestmark = pytest.mark.django_db

PATH = "/api/recent/"


@pytest.fixture
def published(alice: User, bob: User) -> ToolList:
    """Two versions of a tool of Alice, one of Bob, one published list and one private of Bob."""
    tool_make("one", actor=alice, title="One")
    tool_update(actor=alice, name="one", fields={"title": "Two"}, comment="better")
    tool_make("other", actor=bob, title="Other")
    fields = {"title": "A list", "tools": ["one"], "published": True}
    made = toollist_create(actor=bob, fields=fields, comment="made")
    toollist_create(actor=bob, fields={"title": "Secret plan", "tools": []}, comment="secretly")
    return made


def titles(query: str = "", user: User | None = None) -> list[str]:
    page = Api(user).get(f"{PATH}?{query}")
    assert page["count"] == len(page["results"])
    return [row["content_title"] for row in page["results"]]


def test_it_shows_what_changed_newest_first(alice: User, published: ToolList) -> None:
    page = Api().get(PATH)
    assert [row["content_title"] for row in page["results"]] == ["A list", "Other", "Two", "One"]
    row = page["results"][0]
    assert (row["content_type"], row["content_id"]) == ("toollist", published.pk)
    assert (row["parent_id"], row["child_id"]) == (None, None)
    row = page["results"][2]
    assert (row["content_type"], row["content_id"], row["comment"]) == ("tool", "one", "better")
    assert row["parent_id"] == page["results"][3]["id"]
    assert Api().get(f"{PATH}{row['id']}/") == row


def test_it_counts_what_it_shows(published: ToolList) -> None:
    page = Api().get(f"{PATH}?page_size=3")
    assert (page["count"], len(page["results"])) == (4, 3)
    last = Api().get(page["next"].removeprefix("http://testserver"))
    assert (len(last["results"]), last["next"]) == (1, None)


def test_it_shows_nothing_private_or_deleted(alice: User, bob: User, published: ToolList) -> None:
    for user in (None, bob, member("Administrators")):
        assert "Secret plan" not in titles(user=user)
    secret = Revision.objects.latest("id").pk
    assert code(Api(bob)("GET", f"{PATH}{secret}/")) == (404, 4004)
    toollist_update(actor=bob, toollist=published, fields={"published": False})
    tool_delete(actor=alice, name="one")
    assert titles() == ["Other"]
    toollist_delete(actor=bob, toollist=published)
    assert titles() == ["Other"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("user=Alice", ["Two", "One"]),
        ("user=Nobody", []),
        ("target_type=tool", ["Other", "Two", "One"]),
        ("target_type=toollist", ["A list"]),
        ("patrolled=true", ["Other"]),
        ("patrolled=false", ["A list", "Two", "One"]),
        ("suppressed=false", ["A list", "Other", "Two", "One"]),
        ("suppressed=true", []),
        ("ordering=id", ["One", "Two", "Other", "A list"]),
        ("ordering=timestamp", ["One", "Two", "Other", "A list"]),
        ("ordering=comment", ["A list", "Other", "Two", "One"]),
        ("user=Alice&patrolled=true", []),
    ],
)
def test_it_filters_and_orders(published: ToolList, query: str, expected: list[str]) -> None:
    Revision.objects.filter(snapshot__title="Other").update(patrolled=True)
    assert titles(query) == expected


def test_it_filters_by_time(published: ToolList) -> None:
    Revision.objects.filter(snapshot__title="One").update(at=now() - timedelta(days=2))
    yesterday = quote((now() - timedelta(days=1)).isoformat())
    assert titles(f"date_created_before={yesterday}") == ["One"]
    assert titles(f"date_created_after={yesterday}") == ["A list", "Other", "Two"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("target_type=url", ("target_type", 2081)),
        ("patrolled=perhaps", ("patrolled", 2011)),
        ("suppressed=2", ("suppressed", 2011)),
        ("date_created_after=yesterday", ("date_created_after", 2015)),
        ("date_created_before=2026-13-01", ("date_created_before", 2015)),
    ],
)
def test_it_names_a_filter_it_cannot_read(db: None, query: str, expected: tuple[str, int]) -> None:
    assert codes(Api()("GET", f"{PATH}?{query}")) == [expected]


@pytest.mark.parametrize(
    "query", ["user=%00", "date_created_after=0001-01-01T00:00:00%2B14:00", "page=9999999"]
)
def test_it_survives_odd_filters(db: None, query: str) -> None:
    assert Api()("GET", f"{PATH}?{query}")[0] in {200, 400, 404}


def test_it_masks_what_is_hidden_and_finds_it_by_nobody(alice: User, published: ToolList) -> None:
    hidden = Revision.objects.get(snapshot__title="One")
    Revision.objects.filter(pk=hidden.pk).update(suppressed=True)
    row = Api(alice).get(PATH)["results"][-1]
    assert (row["id"], row["content_title"], row["comment"]) == (hidden.pk, "", "")
    assert row["user"] == {"id": -1, "username": "<suppressed>"}
    assert Api().get(f"{PATH}{hidden.pk}/") == row
    assert titles("user=Alice") == ["Two"]
    assert titles("suppressed=true") == [""]
    assert titles("user=Alice", member("Oversighters")) == ["Two", "One"]


@pytest.mark.parametrize("size", [1, 10, 1000])
def test_it_needs_few_queries_whatever_the_page_size(
    published: ToolList, size: int, django_assert_max_num_queries: Any
) -> None:
    # The newest change for the tag, the count, the ids of the page, its rows.
    with django_assert_max_num_queries(4):
        Api().get(f"{PATH}?page_size={size}")
