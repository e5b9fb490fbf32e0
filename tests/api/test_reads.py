from __future__ import annotations

from typing import Any

import orjson
import pytest
from django.test import Client

from crawler.models import Run, RunUrl, Url
from tests.factories import tool_make
from toolhub.accounts.models import User
from toolhub.catalog.models import ToolDocument
from toolhub.catalog.services.imports import tools_import_remove

pytestmark = pytest.mark.django_db

QUERIES = 3


@pytest.fixture
def api() -> Client:
    return Client(headers={"accept": "application/json"}, raise_request_exception=False)


@pytest.fixture
def tools(alice: User) -> list[str]:
    names = [f"tool-{number:02}" for number in range(25)]
    for name in names:
        tool_make(name, actor=alice, keywords=["even" if int(name[-2:]) % 2 == 0 else "odd"])
    return names


@pytest.fixture
def run(alice: User) -> Run:
    url = Url.objects.create(url="https://example.org/toolinfo.json", created_by=alice)
    run = Run.objects.create(crawled_urls=1)
    RunUrl.objects.create(
        run=run, url=url, status_code=None, error_code="dns_not_found", log="ERROR: x"
    )
    return run


def get(api: Client, path: str) -> Any:
    return orjson.loads(api.get(path).content)


def test_it_sends_the_stored_bytes_of_a_tool(api: Client, tools: list[str]) -> None:
    response = api.get("/api/tools/tool-03/")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/json"
    assert response.content == ToolDocument.objects.get(name="tool-03").body.encode()


def test_it_lists_stored_bytes_newest_change_first(api: Client, tools: list[str]) -> None:
    page = get(api, "/api/tools/")
    assert page["count"] == 25
    assert [tool["name"] for tool in page["results"]] == tools[:-11:-1]
    assert page["previous"] is None
    assert page["next"] == "http://testserver/api/tools/?page=2"
    assert page["results"][0] == get(api, "/api/tools/tool-24/")


def test_it_turns_pages_both_ways(api: Client, tools: list[str]) -> None:
    page = get(api, "/api/tools/?page_size=10&page=2&ordering=name")
    assert [tool["name"] for tool in page["results"]] == tools[10:20]
    assert page["previous"] == "http://testserver/api/tools/?page_size=10&ordering=name"
    assert page["next"] == "http://testserver/api/tools/?page_size=10&ordering=name&page=3"
    assert get(api, page["next"])["next"] is None


@pytest.mark.parametrize("size", [1, 10, 25, 1000])
@pytest.mark.parametrize("path", ["/api/tools/?", "/api/search/tools/?q=tool&"])
def test_it_needs_few_queries_whatever_the_page_size(
    api: Client, tools: list[str], path: str, size: int, django_assert_max_num_queries: Any
) -> None:
    api.get(path)
    with django_assert_max_num_queries(QUERIES):
        api.get(f"{path}page_size={size}")


def test_it_needs_two_queries_for_a_tool(
    api: Client, tools: list[str], django_assert_num_queries: Any
) -> None:
    # The newest change for the tag, and the document.
    with django_assert_num_queries(2):
        api.get("/api/tools/tool-00/")


@pytest.mark.parametrize("raw", ["0", "-1", "abc", "", "9" * 30, "٣"])
def test_it_takes_an_odd_page_size_as_the_default(api: Client, tools: list[str], raw: str) -> None:
    assert len(get(api, f"/api/tools/?page_size={raw}")["results"]) in {10, 25}


@pytest.mark.parametrize("raw", ["0", "-1", "abc", "4", "9" * 30, "%00", "1.5"])
def test_it_says_that_there_is_no_such_page(api: Client, tools: list[str], raw: str) -> None:
    response = api.get(f"/api/tools/?page={raw}")
    assert response.status_code == 404
    body = orjson.loads(response.content)
    assert (body["code"], body["status_code"]) == (4004, 404)
    assert "page" in body["errors"][0]["message"]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("name=tool-01", 1),
        ("name__contains=ool-1", 10),
        ("name__startswith=tool-2", 5),
        ("name__endswith=4", 3),
    ],
)
def test_it_filters_by_name(api: Client, tools: list[str], query: str, count: int) -> None:
    assert get(api, f"/api/tools/?{query}")["count"] == count


@pytest.mark.parametrize(
    "path",
    [
        "/api/tools/none/",
        "/api/nothing/",
        "/api/crawler/runs/99/urls/",
        "/api/crawler/runs/x/urls/",
    ],
)
def test_it_answers_not_found_in_json(api: Client, db: None, path: str) -> None:
    response = api.get(path)
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/json"
    assert orjson.loads(response.content)["code"] == 4004


def test_it_does_not_show_a_deleted_tool(api: Client, tools: list[str], alice: User) -> None:
    tools_import_remove(actor=alice, names=["tool-00"], comment="")
    assert api.get("/api/tools/tool-00/").status_code == 404
    assert get(api, "/api/tools/")["count"] == 24
    assert get(api, "/api/search/tools/")["count"] == 24


def test_it_searches_with_facets_in_the_known_envelope(api: Client, tools: list[str]) -> None:
    page = get(api, "/api/search/tools/?q=tool&keywords__term=odd&page_size=5")
    assert page["count"] == 12
    assert {tool["keywords"][0] for tool in page["results"]} == {"odd"}
    facet = page["facets"]["_filter_keywords"]["keywords"]
    assert {"key": "odd", "doc_count": 12} in facet["buckets"]
    assert facet["meta"] == {
        "type": "terms", "param": "keywords__term", "missing_value": "--",
        "missing_param": "keywords__isnull", "multi": True,
    }  # fmt: skip
    licence = page["facets"]["_filter_license"]["license"]
    assert licence["buckets"] == [{"key": "--", "doc_count": 12}]
    assert list(page["results"][0]["author"]) == []


def test_it_leaves_out_what_is_excluded(api: Client, tools: list[str]) -> None:
    assert get(api, "/api/search/tools/?keywords__not=odd")["count"] == 13
    assert get(api, "/api/search/tools/?license__isnull=1")["count"] == 25
    assert get(api, "/api/search/tools/?license__isnull=0")["count"] == 0


def test_it_lists_runs_and_what_they_found(api: Client, run: Run) -> None:
    runs = get(api, "/api/crawler/runs/")
    assert set(runs["results"][0]) == {
        "id", "start_date", "end_date", "crawled_urls", "new_tools", "updated_tools", "total_tools",
    }  # fmt: skip
    row = get(api, f"/api/crawler/runs/{run.pk}/urls/")["results"][0]
    assert (row["run_id"], row["status_code"], row["valid"], row["logs"]) == (
        run.pk,
        999,
        False,
        "ERROR: x",
    )
    assert row["url"]["created_by"]["username"] == "Alice"


def test_it_names_a_filter_it_cannot_read(api: Client, run: Run) -> None:
    response = api.get("/api/crawler/runs/?start_date__date__gt=yesterday")
    assert response.status_code == 400
    body = orjson.loads(response.content)
    assert body["code"] == 1000
    assert body["errors"][0]["field"] == "start_date__date__gt"
    assert get(api, "/api/crawler/runs/?id__gt=0&start_date__date__gt=2000-01-01")["count"] == 1


def test_it_registers_an_address(api: Client, alice: User) -> None:
    address = {"url": "https://example.org/toolinfo.json"}
    assert api.post("/api/crawler/urls/", address).status_code == 401
    api.force_login(alice)
    response = api.post("/api/crawler/urls/", address, content_type="application/json")
    assert response.status_code == 201
    assert orjson.loads(response.content)["created_by"] == {"id": alice.pk, "username": "Alice"}
    again = api.post("/api/crawler/urls/", address, content_type="application/json")
    assert again.status_code == 400
    assert orjson.loads(again.content)["errors"][0]["code"] == 3001
    assert get(api, "/api/crawler/urls/?created_by__username=Alice")["count"] == 1


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, 2002),
        ({"url": ""}, 2031),
        ({"url": "nonsense"}, 2012),
        ({"url": "https://e.org/" + "x" * 300}, 2041),
    ],
)
def test_it_names_what_is_wrong_with_an_address(
    api: Client, alice: User, body: dict[str, str], code: int
) -> None:
    api.force_login(alice)
    response = api.post("/api/crawler/urls/", body, content_type="application/json")
    assert response.status_code == 400
    assert orjson.loads(response.content)["errors"][0]["code"] == code
    assert orjson.loads(response.content)["errors"][0]["field"] == "url"


@pytest.mark.parametrize("method", ["put", "patch", "delete", "post"])
def test_it_refuses_a_method_it_does_not_have(api: Client, tools: list[str], method: str) -> None:
    response = getattr(api, method)("/api/tools/tool-00/")
    assert response.status_code in {401, 403, 405}
    assert orjson.loads(response.content)["status_code"] == response.status_code


def test_it_describes_itself_in_yaml_and_json(api: Client, db: None) -> None:
    assert b"openapi: 3.1" in api.get("/api/schema/", headers={"accept": "*/*"}).content
    assert get(api, "/api/schema/?format=json")["openapi"].startswith("3.1")


def test_it_redirects_a_read_without_its_last_slash(api: Client, tools: list[str]) -> None:
    response = api.get("/api/tools?page_size=2")
    assert (response.status_code, response.headers["Location"]) == (301, "/api/tools/?page_size=2")
