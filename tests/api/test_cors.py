from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import tool_make
from toolhub.accounts.models import User

pytestmark = pytest.mark.django_db

ORIGIN = {"origin": "https://gadget.example"}
TOOL = "/api/tools/a-tool/"


@pytest.fixture
def api(alice: User) -> Client:
    tool_make("a-tool", actor=alice)
    return Client(headers={"accept": "application/json"}, raise_request_exception=False)


@pytest.mark.parametrize("path", [TOOL, "/api/nothing/"])
def test_it_lets_other_sites_read(api: Client, path: str) -> None:
    response = api.get(path, headers=ORIGIN)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    exposed = response.headers["Access-Control-Expose-Headers"]
    for name in ("ETag", "Link", "RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-ID"):
        assert name in exposed


def test_it_lets_other_sites_read_a_304(api: Client) -> None:
    tag = api.get(TOOL).headers["ETag"]
    response = api.get(TOOL, headers={**ORIGIN, "if-none-match": tag})
    assert (response.status_code, response.headers["Access-Control-Allow-Origin"]) == (304, "*")


def test_it_answers_a_preflight_without_credentials(api: Client) -> None:
    asked = {**ORIGIN, "access-control-request-method": "GET"}
    response = api.options(TOOL, headers=asked)
    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Authorization" not in response.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in response.headers


def test_it_never_opens_a_login_to_other_sites(api: Client, alice: User) -> None:
    token = api.get(TOOL, headers={**ORIGIN, "authorization": "Bearer x"})
    assert "Access-Control-Allow-Origin" not in token.headers
    api.force_login(alice)
    assert "Access-Control-Allow-Origin" not in api.get(TOOL, headers=ORIGIN).headers


def test_it_opens_no_write_and_no_page(api: Client) -> None:
    assert "Access-Control-Allow-Origin" not in api.post(TOOL, headers=ORIGIN).headers
    assert "Access-Control-Allow-Origin" not in api.get("/", headers=ORIGIN).headers
