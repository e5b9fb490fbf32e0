from __future__ import annotations

from typing import Any

import orjson
import pytest
from django.test import Client

from tests.factories import tool_make
from toolhub.accounts.models import User
from toolhub.audit.models import LogEntry
from toolhub.catalog.models import Favourite, ToolDocument
from toolhub.catalog.services.imports import tools_import_remove
from toolhub.core.models import Change

pytestmark = pytest.mark.django_db

PATH = "/api/user/favorites/"


@pytest.fixture
def api(alice: User) -> Client:
    client = Client(headers={"accept": "application/json"}, raise_request_exception=False)
    client.force_login(alice)
    return client


@pytest.fixture
def tools(alice: User) -> list[str]:
    names = ["one", "two", "three"]
    for name in names:
        tool_make(name, actor=alice)
    return names


def add(api: Client, name: str) -> Any:
    return api.post(PATH, {"name": name}, content_type="application/json")


def listed(api: Client, query: str = "") -> list[str]:
    page = orjson.loads(api.get(f"{PATH}{query}").content)
    assert page["count"] == len(page["results"])
    return [tool["name"] for tool in page["results"]]


def test_it_keeps_favourites_in_the_order_they_were_added(api: Client, tools: list[str]) -> None:
    assert listed(api) == []
    for name in ("two", "one", "three"):
        response = add(api, name)
        assert response.status_code == 201
        assert response.content == ToolDocument.objects.get(name=name).summary_body.encode()
    assert listed(api) == ["two", "one", "three"]
    assert listed(api, "?ordering=-name") == ["two", "three", "one"]
    assert api.get(f"{PATH}one/").status_code == 200
    assert api.delete(f"{PATH}one/").status_code == 204
    assert api.get(f"{PATH}one/").status_code == api.delete(f"{PATH}one/").status_code == 404
    assert listed(api) == ["two", "three"]


@pytest.mark.parametrize(
    ("body", "code"), [({"name": "one"}, 3001), ({"name": "none"}, 3208), ({}, 2002)]
)
def test_it_names_what_is_wrong(
    api: Client, tools: list[str], body: dict[str, str], code: int
) -> None:
    add(api, "one")
    response = api.post(PATH, body, content_type="application/json")
    assert response.status_code == 400
    error = orjson.loads(response.content)["errors"][0]
    assert (error["field"], error["code"]) == ("name", code)


def test_it_shows_favourites_to_their_owner_only(
    api: Client, tools: list[str], charlie: User
) -> None:
    entries, changes = LogEntry.objects.count(), Change.objects.count()
    add(api, "one")
    assert (LogEntry.objects.count(), Change.objects.count()) == (entries, changes)
    stranger = Client(headers={"accept": "application/json"})
    assert {stranger.get(PATH).status_code, add(stranger, "one").status_code} == {401}
    assert stranger.delete(f"{PATH}one/").status_code == 401
    stranger.force_login(charlie)
    assert listed(stranger) == []
    assert stranger.get(f"{PATH}one/").status_code == 404
    assert stranger.delete(f"{PATH}one/").status_code == 404
    assert Favourite.objects.count() == 1


def test_it_does_not_show_a_deleted_tool(api: Client, tools: list[str], alice: User) -> None:
    for name in tools:
        add(api, name)
    tools_import_remove(actor=alice, names=["two"], comment="")
    assert listed(api) == ["one", "three"]
    assert api.get(f"{PATH}two/").status_code == 404
    assert add(api, "two").status_code == 400
    tool_make("two", actor=alice)
    assert listed(api) == tools


def test_it_has_nothing_to_change(api: Client, tools: list[str]) -> None:
    add(api, "one")
    for method in ("put", "patch"):
        response = getattr(api, method)(f"{PATH}one/", b"{}", content_type="application/json")
        assert response.status_code == 405


@pytest.mark.parametrize("size", [1, 1000])
def test_it_needs_few_queries(
    api: Client, tools: list[str], size: int, django_assert_max_num_queries: Any
) -> None:
    for name in tools:
        add(api, name)
    with django_assert_max_num_queries(4):  # two of them are the session's
        api.get(f"{PATH}?page_size={size}")
