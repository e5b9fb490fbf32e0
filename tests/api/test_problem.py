from __future__ import annotations

import time
from typing import Any

import orjson
import pytest
from django.test import Client

from tests.factories import tool_make
from toolhub.accounts.models import User

pytestmark = pytest.mark.django_db

PROBLEM = {"accept": "application/problem+json"}
URLS = "/api/crawler/urls/"


@pytest.fixture
def api() -> Client:
    return Client(raise_request_exception=False)


def problem(response: Any) -> Any:
    assert response.headers["Content-Type"] == "application/problem+json"
    return orjson.loads(response.content)


def test_it_sends_a_problem_document_to_who_accepts_one(api: Client) -> None:
    body = problem(api.get("/api/tools/none/", headers=PROBLEM))
    assert body["type"] == "about:blank"
    assert (body["title"], body["status"], body["code"]) == ("Not Found", 404, 4004)
    assert "none" in body["detail"]


def test_it_names_broken_fields_in_a_problem_document(api: Client, alice: User) -> None:
    api.force_login(alice)
    response = api.post(URLS, {"url": ""}, content_type="application/json", headers=PROBLEM)
    body = problem(response)
    assert (body["status"], body["code"]) == (400, 1000)
    assert (body["errors"][0]["field"], body["errors"][0]["code"]) == ("url", 2031)


@pytest.mark.parametrize(
    "accept", ["application/json", "*/*", "", "application/problem+json;q=0, */*"]
)
def test_it_keeps_the_envelope_for_everybody_else(api: Client, alice: User, accept: str) -> None:
    response = api.get("/api/tools/none/", headers={"accept": accept})
    assert response.headers["Content-Type"] == "application/json"
    assert orjson.loads(response.content)["status_code"] == 404


@pytest.mark.parametrize(
    "accept", ["application/problem+json", "application/json, application/problem+json"]
)
def test_it_sends_data_as_json_all_the_same(api: Client, alice: User, accept: str) -> None:
    tool_make("a-tool", actor=alice)
    for path in ("/api/tools/a-tool/", "/api/crawler/runs/"):
        response = api.get(path, headers={"accept": accept})
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("accept", ["application/json", "application/problem+json", "text/html"])
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/", 404),
        ("/api/nothing", 404),
        ("/api/tools/%00/", 404),
        ("/api/tools/%ff/", 404),
        ("/api/tools/?page=-1", 404),
        ("/api/tools/?" + "&".join(f"a{n}=1" for n in range(10_000)), 400),
        ("/api/tools/none/?q=" + "x" * 65_536, 404),
        ("/api/tools/?name=%00%ff", 200),
    ],
)
def test_f103_it_never_answers_in_html_and_never_late(
    api: Client, db: None, path: str, status: int, accept: str
) -> None:
    api.get("/api/tools/")
    start = time.perf_counter()
    response = api.get(path, headers={"accept": accept}, follow=True)
    assert time.perf_counter() - start < 0.2
    if accept != "text/html" or status == 400:
        assert response.status_code == status
    assert "json" in response.headers["Content-Type"]


def test_it_answers_in_json_when_a_host_is_not_ours(api: Client) -> None:
    response = api.get("/api/tools/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert orjson.loads(response.content)["code"] == 4001


@pytest.mark.parametrize("headers", [{}, PROBLEM])
def test_it_answers_in_json_when_something_breaks(
    api: Client, alice: User, settings: Any, headers: dict[str, str]
) -> None:
    settings.ROOT_URLCONF = "tests.api.breaking_urls"
    response = api.get("/api/breaks/", headers=headers)
    assert response.status_code == 500
    assert b"secret" not in response.content
    body = orjson.loads(response.content)
    assert body.get("status") == 500 if headers else body["status_code"] == 500


BAD_BODIES = {
    "cut off": (b'{"url": ', "application/json", 400),
    "not utf-8": (b'{"url": "\xff"}', "application/json", 400),
    "lone surrogate": (rb'{"url": "\ud800"}', "application/json", 400),
    "nested without end": (b"[" * 200_000, "application/json", 400),
    "not a number": (b'{"url": NaN}', "application/json", 400),
    "a list": (b"[]", "application/json", 400),
    "a number": (b"5", "application/json", 400),
    "null": (b"null", "application/json", 400),
    "text": (b"url", "text/plain", 415),
    "xml": (b"<url/>", "application/xml", 415),
    "broken multipart": (b"--x\r\n", "multipart/form-data", 400),
    "no type": (b'{"url": 1}', "", 415),
}


@pytest.mark.parametrize("name", BAD_BODIES)
@pytest.mark.parametrize("headers", [{}, PROBLEM])
def test_f105_it_refuses_a_bad_body(
    api: Client, alice: User, name: str, headers: dict[str, str]
) -> None:
    body, content_type, status = BAD_BODIES[name]
    api.force_login(alice)
    response = api.generic("POST", URLS, body, content_type=content_type, headers=headers)
    assert response.status_code == status
    key = "status" if headers else "status_code"
    assert orjson.loads(response.content)[key] == status


def test_f105_it_refuses_a_huge_body_before_reading_it(api: Client, alice: User) -> None:
    api.force_login(alice)
    response = api.post(
        URLS, {"url": "x"}, content_type="application/json", CONTENT_LENGTH=str(10**9)
    )
    assert response.status_code == 413
    assert orjson.loads(response.content)["status_code"] == 413
