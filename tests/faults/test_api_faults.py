"""Faults F101 to F108 of the corpus: what odd, large or hostile requests to the API may cause. Never a 5xx."""

from __future__ import annotations

import time

import orjson
import pytest
from django.test import Client

from tests.factories import tool_make, user_make
from toolhub.core.models import Change

pytestmark = pytest.mark.django_db

LISTS = (
    "/api/tools/",
    "/api/search/tools/",
    "/api/search/lists/",
    "/api/lists/",
    "/api/recent/",
    "/api/auditlogs/",
    "/api/crawler/runs/",
    "/api/crawler/urls/",
    "/api/users/",
    "/api/groups/",
    "/api/oauth/applications/",
)
QUERIES = {
    "page below one": "page=-1",
    "page far away": "page=1000000000",
    "page that is no number": "page=abc",
    "page with NUL": "page=%00",
    "page of other digits": "page=%D9%A1",
    "page size of a text": "page_size=" + "9" * 4000,
    "long query": "q=" + "x" * 64_000,
    "invalid UTF-8": "q=%ff%fe&name=%c0%af&username=%ff&user=%ff",
    "NUL everywhere": "q=%00&name=%00&user=%00&username=%00&ordering=%00&url__contains=%00",
    "lone surrogate": "q=%ed%a0%80",
    "many filters": "&".join(f"keywords__term={number}" for number in range(900)),
    "unknown filters": "&".join(f"x{number}=1" for number in range(900)),
    "orderings": "ordering=" + ",".join(["-name", "id", "password", "created_by__password"] * 50),
    "odd dates": "after=0001-01-01T00:00:00%2B14:00&before=9999-12-31T23:59:59-14:00&date_created_after=x",
    "odd numbers": "id__gt=1e9&groups__id=%2D&limit=-5&since=-1",
    "injection": "q='%20OR%201=1--&name__contains=%25_%27&ordering=name;drop",
}


@pytest.fixture
def api() -> Client:
    return Client(headers={"accept": "application/json"}, raise_request_exception=False)


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
@pytest.mark.parametrize("path", LISTS)
def test_f103_it_answers_any_query_with_an_answer_or_a_reason(
    api: Client, path: str, query: str
) -> None:
    response = api.get(f"{path}?{query}")
    assert response.status_code in {200, 400, 404, 414}, response.content[:300]
    body = orjson.loads(response.content)
    if response.status_code != 200:
        assert body["status_code"] == response.status_code
        assert body["errors"][0]["message"]


def test_f103_it_is_quick_to_refuse(api: Client) -> None:
    api.get("/api/tools/?page=abc")
    start = time.process_time()
    for _ in range(20):
        assert api.get("/api/tools/?page=abc").status_code == 404
    assert time.process_time() - start < 20 * 0.02


@pytest.mark.parametrize(
    "raw",
    ["%00", "%ff", "..%2f..%2fetc%2fpasswd", "a" * 5000, "<script>", "%F0%9F%98%80", "x%0d%0aSet-Cookie:a=b"],
)  # fmt: skip
def test_f103_it_knows_no_tool_of_an_odd_name(api: Client, raw: str) -> None:
    for end in ("", "annotations/", "revisions/", "revisions/1/"):
        response = api.get(f"/api/tools/{raw}/{end}")
        assert response.status_code in {400, 404}
        assert orjson.loads(response.content)["status_code"] == response.status_code
        assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("number", ["0", "-1", "9" * 30, "1.5", "abc", "%00"])
def test_f103_it_knows_nothing_of_an_odd_number(api: Client, number: str) -> None:
    for base in ("lists", "users", "groups", "recent", "auditlogs", "crawler/urls", "crawler/runs"):
        assert api.get(f"/api/{base}/{number}/").status_code == 404


BODIES = {
    "nothing": b"",
    "no JSON": b"{",
    "an array": b"[]",
    "a number": b"5",
    "null": b"null",
    "a string": b'"x"',
    "deep arrays": b"[" * 100_000,
    "deep objects": b'{"a":' * 100_000,
    "NaN": b'{"title": NaN}',
    "huge number": b'{"title": 1e400}',
    "many digits": b'{"title": ' + b"9" * 5000 + b"}",
    "invalid UTF-8": b'{"title": "\xff"}',
    "lone surrogate": b'{"title": "\\ud800"}',
    "NUL": b'{"title": "a\\u0000b", "name": "a\\u0000", "url": "https://e.org/\\u0000"}',
    "UTF-16": '{"title": "x"}'.encode("utf-16"),
    "wrong kinds": b'{"name": {}, "title": [], "description": 5, "url": {"a": 1}, "keywords": "x"}',
    "odd lists": b'{"title": "x", "tools": {"a": 1}, "author": [[1]], "for_wikis": [{}]}',
}
WRITES = (
    ("post", "/api/tools/"),
    ("put", "/api/tools/a-tool/"),
    ("patch", "/api/tools/a-tool/"),
    ("put", "/api/tools/a-tool/annotations/"),
    ("post", "/api/lists/"),
    ("post", "/api/crawler/urls/"),
    ("post", "/api/user/favorites/"),
    ("post", "/api/user/locale/"),
    ("post", "/api/oauth/applications/"),
)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize(("method", "path"), WRITES)
def test_f105_it_refuses_any_odd_body_with_a_reason(
    api: Client, method: str, path: str, body: bytes
) -> None:
    tool_make("a-tool")
    api.force_login(user_make())
    before = Change.objects.count()
    response = getattr(api, method)(path, body, content_type="application/json")
    assert Change.objects.count() == before
    if response.status_code == 200:
        assert method != "post"  # an edit that names no field is an edit that changes nothing
    else:
        assert response.status_code == 400
        assert orjson.loads(response.content)["errors"][0]["message"]


@pytest.mark.parametrize(
    "kind", ["text/xml", "text/plain", "application/x-yaml", "nonsense", "image/png"]
)
@pytest.mark.parametrize(("method", "path"), WRITES)
def test_f105_it_refuses_a_kind_of_body_it_does_not_read(
    api: Client, method: str, path: str, kind: str
) -> None:
    tool_make("a-tool")
    api.force_login(user_make())
    response = getattr(api, method)(path, b"<a/>", content_type=kind)
    assert response.status_code == 415
    assert orjson.loads(response.content)["code"] == 4008


def test_f105_it_refuses_a_body_that_is_too_large_unread(api: Client) -> None:
    api.force_login(user_make())
    response = api.post(
        "/api/tools/",
        b"{}",
        content_type="application/json",
        headers={"content-length": "1000000000"},
    )
    assert response.status_code == 413
    assert "bytes" in orjson.loads(response.content)["message"]


POISON = {
    "X-Forwarded-Host": "evil.example",
    "X-Original-URL": "/api/users/",
    "X-Rewrite-URL": "/api/users/",
    "X-HTTP-Method-Override": "DELETE",
    "X-Forwarded-Prefix": "/evil",
    "X-Forwarded-For": "127.0.0.1",
}


@pytest.mark.parametrize(("name", "value"), POISON.items())
def test_f108_it_does_not_let_a_header_that_no_cache_keys_on_change_a_body(
    api: Client, name: str, value: str
) -> None:
    for number in range(12):
        tool_make(f"t{number}")
    plain = api.get("/api/tools/")
    odd = api.get("/api/tools/", headers={name.lower(): value})
    assert odd.content == plain.content
    assert b"evil" not in odd.content


@pytest.mark.parametrize("path", ["//api/tools/", "/api//tools/", "/api/tools//", "/API/tools/"])
def test_f108_it_has_one_address_for_a_thing(api: Client, path: str) -> None:
    assert api.get(path).status_code in {301, 404}


def test_f108_it_keeps_unknown_parameters_out_of_the_body(api: Client) -> None:
    tool_make("a")
    plain = orjson.loads(api.get("/api/tools/").content)
    odd = orjson.loads(api.get("/api/tools/?utm_source=evil").content)
    assert plain["results"] == odd["results"]
