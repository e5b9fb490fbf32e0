from __future__ import annotations

from typing import Any

import orjson
import pytest
from django.test import Client

from tests.factories import tool_make
from toolhub.accounts.models import User
from toolhub.catalog.models import Tool, ToolList, ToolListItem
from toolhub.catalog.services.annotations import annotations_update
from toolhub.catalog.services.imports import ToolWrite, tools_import

pytestmark = pytest.mark.django_db


@pytest.fixture
def api() -> Client:
    return Client(headers={"accept": "application/json"}, raise_request_exception=False)


@pytest.fixture
def tools(alice: User) -> list[str]:
    names = [f"tool-{number:02}" for number in range(25)]
    stated = {"title": "T", "description": "D", "url": "https://e.org/"}
    tools_import(actor=alice, writes=[ToolWrite(name, stated) for name in names], comment="")
    return names


def get(api: Client, path: str) -> Any:
    response = api.get(path)
    assert response.status_code == 200, response.content
    return orjson.loads(response.content)


def names_of(page: Any) -> list[str]:
    return [tool["name"] for tool in page["results"]]


@pytest.mark.parametrize("joined", ["&name__in=", ","])
def test_it_looks_up_many_names_at_once(api: Client, tools: list[str], joined: str) -> None:
    page = get(api, "/api/tools/?name__in=" + joined.join([*tools, "none", tools[0]]))
    assert sorted(names_of(page)) == tools
    assert (page["count"], page["next"]) == (25, None)


def test_it_needs_three_queries_for_a_thousand_names(
    api: Client, tools: list[str], django_assert_max_num_queries: Any
) -> None:
    wanted = ",".join([*tools, *(f"none-{n}" for n in range(975))])
    with django_assert_max_num_queries(3):
        assert get(api, f"/api/tools/?name__in={wanted}")["count"] == 25


def test_it_refuses_more_than_a_thousand_names(api: Client, tools: list[str]) -> None:
    wanted = ",".join(f"none-{n}" for n in range(1001))
    response = api.get(f"/api/tools/?name__in={wanted}")
    assert response.status_code == 400
    assert orjson.loads(response.content)["errors"][0]["field"] == "name__in"


def test_it_sends_only_the_chosen_keys(api: Client, tools: list[str]) -> None:
    page = get(api, "/api/tools/?fields=name,annotations&fields=_schema")
    assert {tuple(tool) for tool in page["results"]} == {("name", "annotations", "_schema")}
    assert get(api, "/api/tools/tool-01/?fields=title") == {"title": "T"}


@pytest.mark.parametrize("path", ["/api/tools/", "/api/tools/tool-01/"])
@pytest.mark.parametrize("parameter", ["fields", "expand"])
def test_it_names_a_key_it_does_not_know(
    api: Client, tools: list[str], path: str, parameter: str
) -> None:
    response = api.get(f"{path}?{parameter}=secret")
    assert response.status_code == 400
    error = orjson.loads(response.content)["errors"][0]
    assert (error["field"], error["code"]) == (parameter, 2081)


def test_it_knows_every_key_of_the_document(api: Client, tools: list[str]) -> None:
    keys = get(api, "/api/tools/tool-01/")
    assert get(api, "/api/tools/tool-01/?fields=" + ",".join(keys)) == keys


def test_it_adds_published_lists_only(
    api: Client, tools: list[str], alice: User, django_assert_max_num_queries: Any
) -> None:
    for title, is_published in (("Seen", True), ("Private", False)):
        toollist = ToolList.objects.create(
            title=title, is_published=is_published, created_by=alice, modified_by=alice
        )
        ToolListItem.objects.create(
            toollist=toollist, tool=Tool.objects.get(name="tool-01"), position=0
        )
    with django_assert_max_num_queries(4):
        page = get(api, "/api/tools/?expand=lists&fields=name&page_size=25")
    lists = {tool["name"]: [one["title"] for one in tool["lists"]] for tool in page["results"]}
    assert lists["tool-01"] == ["Seen"]
    assert lists["tool-02"] == []


@pytest.mark.parametrize("size", [1, 7, 24, 25, 26])
def test_it_walks_through_all_tools_by_cursor(api: Client, tools: list[str], size: int) -> None:
    path, seen = f"/api/tools/?cursor=&page_size={size}&fields=name", []
    while path:
        response = api.get(path)
        page = orjson.loads(response.content)
        seen += names_of(page)
        path = page["next"] or ""
        assert page["count"] == 25
        assert response.headers.get("Link") == (f'<{path}>; rel="next"' if path else None)
    assert sorted(seen) == tools


def test_it_passes_nothing_over_when_tools_change_during_a_walk(
    api: Client, tools: list[str], alice: User
) -> None:
    page = get(api, "/api/tools/?cursor=&page_size=10")
    seen = names_of(page)
    annotations_update(actor=alice, name="tool-15", fields={"wikidata_qid": "Q1"}, comment="")
    tool_make("tool-99", actor=alice)
    while page["next"]:
        page = get(api, page["next"])
        seen += names_of(page)
    assert sorted(seen) == [*tools, "tool-99"]


@pytest.mark.parametrize(
    "cursor", ["x", "%00", "MjAyNg", "MjAyNi0wMS0wMSAx", "é", "a" * 5000, "===="]
)
def test_it_names_a_cursor_it_cannot_read(api: Client, tools: list[str], cursor: str) -> None:
    response = api.get(f"/api/tools/?cursor={cursor}")
    assert response.status_code == 400
    assert orjson.loads(response.content)["errors"][0]["field"] == "cursor"
