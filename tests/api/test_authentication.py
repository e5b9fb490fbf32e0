from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from oauth2_provider.models import AccessToken

from tests.accounts.clients import bearer, by_token, client, member, read, sent
from toolhub.accounts.models import ApiToken, User
from toolhub.core.clock import now

pytestmark = pytest.mark.django_db

CHALLENGE = 'Bearer realm="api"'
PUBLIC, OWN, URLS = "/api/groups/", "/api/user/favorites/", "/api/crawler/urls/"
ADDRESS = {"url": "https://example.org/toolinfo.json"}


def refused(response: Any, status: int, code: int) -> None:
    assert (response.status_code, read(response)["code"]) == (status, code)
    assert read(response)["status_code"] == status


@pytest.mark.parametrize("made", [bearer, by_token, client])
def test_it_lets_people_write_with_each_credential(alice: User, made: Any) -> None:
    response = sent(made(alice), "post", URLS, ADDRESS)
    assert response.status_code == 201
    assert read(response)["created_by"]["username"] == "Alice"


@pytest.mark.parametrize(
    "authorization",
    [
        "Token 0123456789012345678901234567890123456789",
        "Token",
        "Token a b",
        "Token \xe9",
        "Bearer unknown",
        "Bearer",
        "bearer a b",
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_it_refuses_a_token_it_does_not_know(db: None, authorization: str, method: str) -> None:
    response = sent(client(authorization=authorization), method, PUBLIC)
    refused(response, 401, 4002)
    assert response.headers["WWW-Authenticate"] == CHALLENGE


def test_it_challenges_who_has_no_login(db: None) -> None:
    response = sent(client(), "post", "/api/user/authtoken/")
    refused(response, 401, 4003)
    assert response.headers["WWW-Authenticate"] == CHALLENGE


def test_it_ignores_other_schemes(db: None) -> None:
    assert client(authorization="Basic YTpi").get(PUBLIC).status_code == 200


def test_it_takes_a_stale_bearer_token_for_nobody_when_it_reads(alice: User) -> None:
    stale = bearer(alice, seconds=-1)
    assert stale.get(PUBLIC).status_code == 200
    assert read(stale.get("/api/user/"))["is_anonymous"] is True
    refused(stale.get("/api/oauth/authorized/"), 401, 4003)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_refuses_a_stale_bearer_token_when_it_writes(alice: User, method: str) -> None:
    refused(sent(bearer(alice, seconds=-1), method, "/api/user/locale/"), 401, 4002)


def test_it_refuses_an_api_token_that_has_run_out(alice: User) -> None:
    token = by_token(alice)
    ApiToken.objects.update(expires_at=now() - timedelta(seconds=1))
    refused(token.get(PUBLIC), 401, 4002)


@pytest.mark.parametrize("made", [bearer, by_token])
def test_it_refuses_tokens_of_a_closed_account(alice: User, made: Any) -> None:
    token = made(alice)
    User.objects.update(is_active=False)
    refused(token.get(PUBLIC), 401, 4002)


def test_it_takes_the_session_of_a_closed_account_for_nobody(alice: User) -> None:
    session = client(alice)
    User.objects.update(is_active=False)
    refused(sent(session, "post", URLS, ADDRESS), 401, 4003)


def test_it_lets_a_reading_token_read_only(alice: User) -> None:
    reader = bearer(alice, "read")
    assert read(reader.get("/api/user/"))["username"] == "Alice"
    assert reader.head(PUBLIC).status_code == 200
    assert reader.options(PUBLIC).status_code == 200
    response = sent(reader, "post", URLS, ADDRESS)
    refused(response, 403, 4005)
    assert 'error="insufficient_scope", scope="write"' in response.headers["WWW-Authenticate"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["/api/tools/x/", "/api/user/authtoken/", "/api/nobody/knows/"])
def test_it_holds_every_write_to_the_scope(alice: User, method: str, path: str) -> None:
    assert sent(bearer(alice, "read"), method, path).status_code in {403, 404, 405}
    assert not ApiToken.objects.exists()


def test_it_lets_a_writing_token_read_and_write(alice: User) -> None:
    writer = bearer(alice, "write")
    assert writer.get(PUBLIC).status_code == 200
    assert sent(writer, "post", URLS, ADDRESS).status_code == 201


def test_it_refuses_a_token_without_scopes(alice: User) -> None:
    refused(bearer(alice, "").get(PUBLIC), 403, 4005)


def test_it_holds_an_api_token_to_its_scopes(alice: User) -> None:
    token = by_token(alice)
    ApiToken.objects.update(scopes="read")
    assert token.get(PUBLIC).status_code == 200
    refused(sent(token, "post", URLS, ADDRESS), 403, 4005)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/api/user/authtoken/"),
        ("post", "/api/user/authtoken/"),
        ("delete", "/api/user/authtoken/"),
        ("post", "/api/oauth/applications/"),
        ("put", "/api/groups/1/members/1/"),
        ("patch", "/api/groups/1/members/1/"),
        ("delete", "/api/groups/1/members/1/"),
    ],
)
def test_it_gives_no_lasting_rights_to_an_application(alice: User, method: str, path: str) -> None:
    member("Alice", "Administrators")
    refused(sent(bearer(alice), method, path), 403, 4005)


def test_it_refuses_a_bearer_token_made_for_another_resource(alice: User) -> None:
    other = bearer(alice)
    AccessToken.objects.update(resource=["https://elsewhere.example.org/"])
    refused(other.get(PUBLIC), 401, 4002)
    AccessToken.objects.update(resource=["http://testserver/api/"])
    assert other.get(PUBLIC).status_code == 200


def test_it_wants_the_csrf_token_of_a_session(alice: User) -> None:
    browser = Client(enforce_csrf_checks=True, headers={"accept": "application/json"})
    browser.force_login(alice)
    refused(sent(browser, "post", URLS, ADDRESS), 403, 4005)
    answer = browser.get("/api/user/")
    assert answer.cookies["csrftoken"]["httponly"]
    browser.defaults["HTTP_X_CSRFTOKEN"] = read(answer)["csrf_token"]
    assert sent(browser, "post", URLS, ADDRESS).status_code == 201


def test_it_wants_no_csrf_token_beside_an_api_token(alice: User) -> None:
    program = by_token(alice)
    program.handler.enforce_csrf_checks = True
    assert sent(program, "post", URLS, ADDRESS).status_code == 201


def test_it_judges_by_the_token_when_a_session_comes_along(alice: User, bob: User) -> None:
    both = bearer(alice, "read")
    both.force_login(bob)
    assert read(both.get("/api/user/"))["username"] == "Alice"
    refused(sent(both, "post", URLS, ADDRESS), 403, 4005)


@pytest.mark.parametrize(("made", "queries"), [(bearer, 1), (by_token, 2)])
def test_it_asks_little_to_know_who_it_is(
    alice: User, made: Any, queries: int, django_assert_num_queries: Any
) -> None:
    token = made(alice)
    anonymous = 1
    with django_assert_num_queries(anonymous + queries):
        token.get(PUBLIC)
    with django_assert_num_queries(anonymous + 1):
        token.get(PUBLIC)
