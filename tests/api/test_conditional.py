from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from tests.factories import tool_make
from toolhub.accounts.models import User
from toolhub.catalog.services.annotations import annotations_update
from toolhub.catalog.services.imports import tools_import_remove
from toolhub.core.changes import newest_seq
from toolhub.core.web.conditional import ConditionalMiddleware

pytestmark = pytest.mark.django_db

TOOL = "/api/tools/a-tool/"


@pytest.fixture
def api() -> Client:
    return Client(headers={"accept": "application/json"}, raise_request_exception=False)


@pytest.fixture
def tag(api: Client, alice: User) -> str:
    tool_make("a-tool", actor=alice)
    return str(api.get(TOOL).headers["ETag"])


def edit(alice: User) -> None:
    annotations_update(actor=alice, name="a-tool", fields={"wikidata_qid": "Q42"}, comment="")


@pytest.mark.parametrize("path", [TOOL, "/api/tools/", "/api/tools/?page_size=5"])
def test_it_answers_304_with_one_query(
    api: Client, tag: str, path: str, django_assert_num_queries: Any
) -> None:
    tag = api.get(path).headers["ETag"]
    with django_assert_num_queries(1):
        response = api.get(path, headers={"if-none-match": tag})
    assert (response.status_code, response.content) == (304, b"")
    assert response.headers["ETag"] == tag
    assert "stale-if-error" in response.headers["Cache-Control"]
    assert "Content-Type" not in response.headers


def test_it_runs_neither_session_nor_login_for_a_304(api: Client, tag: str) -> None:
    response = api.get(TOOL, headers={"if-none-match": tag})
    assert not hasattr(response.wsgi_request, "session")
    assert not hasattr(response.wsgi_request, "user")


def test_it_sends_the_body_again_after_a_change(api: Client, tag: str, alice: User) -> None:
    edit(alice)
    response = api.get(TOOL, headers={"if-none-match": tag})
    assert response.status_code == 200
    assert response.headers["ETag"] != tag


def test_it_answers_304_when_something_else_changed(api: Client, tag: str, alice: User) -> None:
    tool_make("another", actor=alice)
    response = api.get(TOOL, headers={"if-none-match": tag})
    assert (response.status_code, response.content) == (304, b"")
    assert response.headers["ETag"] != tag


def test_it_does_not_answer_304_for_what_is_gone(api: Client, tag: str, alice: User) -> None:
    tools_import_remove(actor=alice, names=["a-tool"], comment="")
    assert api.get(TOOL, headers={"if-none-match": tag}).status_code == 404


@pytest.mark.parametrize("known", ["W/{}", '"other", {}', '{}, "other"', "W/{}, W/{}"])
def test_it_reads_lists_of_weak_tags(api: Client, tag: str, known: str) -> None:
    response = api.get(TOOL, headers={"if-none-match": known.replace("{}", tag)})
    assert response.status_code == 304


@pytest.mark.parametrize("known", ["", "nonsense", '"1-2"', '"', "\x00", '"' * 9999, "W/" * 5000])
def test_it_takes_no_harm_from_an_odd_tag(api: Client, tag: str, known: str) -> None:
    assert api.get(TOOL, headers={"if-none-match": known}).status_code == 200


def test_it_tags_the_same_for_head(api: Client, tag: str) -> None:
    response = api.head(TOOL)
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["ETag"] == tag
    assert api.head(TOOL, headers={"if-none-match": tag}).status_code == 304


def test_it_keeps_anonymous_reads_cacheable_and_others_private(
    api: Client, tag: str, alice: User
) -> None:
    anonymous = api.get(TOOL)
    assert anonymous.headers["Cache-Control"] == (
        "public, max-age=0, stale-while-revalidate=60, stale-if-error=86400"
    )
    assert {"Authorization", "Cookie"} <= set(re.split(", *", anonymous.headers["Vary"]))
    with_header = api.get(TOOL, headers={"authorization": "Bearer stale"})
    assert with_header.headers["Cache-Control"] == "private, no-store"
    api.force_login(alice)
    assert api.get(TOOL).headers["Cache-Control"] == "private, no-store"


def test_it_spares_a_logged_in_reader_the_same_bytes(api: Client, tag: str, alice: User) -> None:
    api.force_login(alice)
    response = api.get(TOOL, headers={"if-none-match": tag})
    assert (response.status_code, response.content) == (304, b"")
    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("path", ["/api/tools/none/", "/api/nothing/", "/api/tools/?page=0"])
def test_it_neither_tags_nor_keeps_errors(api: Client, alice: User, path: str) -> None:
    response = api.get(path)
    assert response.status_code == 404
    assert "ETag" not in response.headers
    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("path", ["/api/search/tools/", "/api/crawler/runs/", "/api/schema/"])
def test_it_tags_by_bytes_what_the_sequence_does_not_cover(
    api: Client, tag: str, path: str
) -> None:
    found = api.get(path, headers={"accept": "*/*"}).headers["ETag"]
    assert found.startswith('"0-')
    response = api.get(path, headers={"accept": "*/*", "if-none-match": found})
    assert (response.status_code, response.content) == (304, b"")


def test_it_leaves_pages_alone(client: Client, tag: str) -> None:
    assert "ETag" not in client.get("/").headers


def test_f107_it_never_gives_an_old_body_a_new_tag(tag: str, alice: User) -> None:
    """A write between reading the body and sending it must leave the older number in the tag."""
    before = newest_seq()

    def view(request: HttpRequest) -> HttpResponse:
        body = HttpResponse(b"old")
        edit(alice)
        return body

    request = RequestFactory().get(TOOL)
    with CaptureQueriesContext(connection) as queries:
        response = ConditionalMiddleware(view)(request)
    assert "core_change" in queries[0]["sql"]
    assert response.headers["ETag"].startswith(f'"{before}-')
    again = RequestFactory().get(TOOL, headers={"if-none-match": response.headers["ETag"]})
    assert ConditionalMiddleware(lambda _: HttpResponse(b"new"))(again).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"x-forwarded-host": "evil.example"},
        {"x-original-url": "/admin"},
        {"x-rewrite-url": "/admin"},
        {"x-forwarded-port": "1"},
        {"x-http-method-override": "DELETE"},
        {"accept-language": "ar"},
        {"accept": "application/problem+json"},
        {"origin": "https://evil.example"},
        {"user-agent": "<script>"},
    ],
)
def test_f108_it_sends_the_same_whatever_a_cache_does_not_key(
    api: Client, tag: str, headers: dict[str, str]
) -> None:
    path = "/api/tools/?page_size=1&utm=x"
    plain, other = api.get(path), api.get(path, headers=headers)
    assert plain.content == other.content
    assert plain.headers["ETag"] == other.headers["ETag"]
    assert plain.headers["Content-Type"] == other.headers["Content-Type"]


def test_f108_it_does_not_follow_a_double_slash(api: Client, tag: str) -> None:
    assert api.get("//evil.example/api/tools").headers.get("Location", "/").startswith("/")
    assert not api.get("//evil.example/api/tools").headers.get("Location", "").startswith("//")
