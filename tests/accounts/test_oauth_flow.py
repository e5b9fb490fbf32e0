"""The OAuth server from the first redirect to the last revocation, as client programs meet it."""

from __future__ import annotations

import base64
import hashlib
import logging
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from oauth2_provider.models import AccessToken, Application, Grant, RefreshToken
from oauthlib.common import Request
from oauthlib.oauth2.rfc6749.errors import InvalidGrantError

from tests.accounts.clients import REDIRECT, application_make, by_token, client, read
from toolhub.accounts.models import User
from toolhub.accounts.oauth.validators import OAuthValidator
from toolhub.accounts.services.applications import NewApplication

pytestmark = pytest.mark.django_db

AUTHORIZE, TOKEN, REVOKE, INTROSPECT = (
    "/o/authorize/",
    "/o/token/",
    "/o/revoke_token/",
    "/o/introspect/",
)


@pytest.fixture
def application(alice: User) -> NewApplication:
    return application_make(alice, "Good <b>app</b>")


def query(application: NewApplication, **more: str) -> dict[str, str]:
    known = {
        "response_type": "code",
        "client_id": application.application.client_id,
        "redirect_uri": REDIRECT,
        "state": "st&te",
    }
    return known | more


def asked(browser: Client, application: NewApplication, **more: str) -> HttpResponse:
    return browser.get(f"{AUTHORIZE}?{urlencode(query(application, **more))}")  # type: ignore[return-value]


def decided(browser: Client, application: NewApplication, **more: str) -> HttpResponse:
    fields = {"scope": "read write", "allow": "Authorize"} | query(application, **more)
    return browser.post(AUTHORIZE, {name: text for name, text in fields.items() if text})  # type: ignore[return-value]


def answer(response: HttpResponse) -> dict[str, str]:
    assert response.status_code == 302, response.content
    location = response.headers["Location"]
    assert location.startswith(REDIRECT)
    parts = urlsplit(location)
    return {name: values[0] for name, values in parse_qs(parts.query or parts.fragment).items()}


def code(person: User, application: NewApplication, **more: str) -> str:
    return answer(decided(client(person), application, **more))["code"]


def credentials(application: NewApplication) -> dict[str, str]:
    return {
        "client_id": application.application.client_id,
        "client_secret": application.client_secret,
    }


def basic(application: NewApplication) -> str:
    both = f"{application.application.client_id}:{application.client_secret}"
    return "Basic " + base64.b64encode(both.encode()).decode()


def exchanged(application: NewApplication, made: str, **more: str) -> HttpResponse:
    body = {"grant_type": "authorization_code", "code": made, "redirect_uri": REDIRECT}
    return client().post(TOKEN, body | credentials(application) | more)  # type: ignore[return-value]


def tokens(person: User, application: NewApplication, **more: str) -> dict[str, Any]:
    response = exchanged(application, code(person, application, **more))
    assert response.status_code == 200, response.content
    found: dict[str, Any] = read(response)
    return found


def refreshed(application: NewApplication, refresh: str) -> HttpResponse:
    body = {"grant_type": "refresh_token", "refresh_token": refresh}
    return client().post(TOKEN, body | credentials(application))  # type: ignore[return-value]


def test_it_sends_nobody_to_the_login_and_back(application: NewApplication) -> None:
    response = asked(client(), application)
    assert response.status_code == 302
    address = urlsplit(response.headers["Location"])
    assert address.path == "/user/login/"
    assert parse_qs(address.query)["next"][0].startswith(f"{AUTHORIZE}?response_type=code")


def test_it_asks_with_the_fields_the_contract_names(bob: User, application: NewApplication) -> None:
    response = asked(
        client(bob), application, code_challenge="x" * 43, code_challenge_method="S256"
    )
    page = response.content.decode()
    assert response.status_code == 200
    for field in (
        "redirect_uri", "scope", "nonce", "client_id", "state", "response_type",
        "code_challenge", "code_challenge_method", "claims", "allow",
    ):  # fmt: skip
        assert f'name="{field}"' in page
    assert "Good &lt;b&gt;app&lt;/b&gt;" in page
    assert "Read what you may read" in page
    policy = response.headers["Content-Security-Policy"]
    assert "form-action 'self' https://app.example.org" in policy
    assert "no-store" in response.headers["Cache-Control"]


def test_it_sends_a_code_when_allowed(bob: User, application: NewApplication) -> None:
    given = answer(decided(client(bob), application))
    assert given["state"] == "st&te"
    assert Grant.objects.get().code == given["code"]


def test_it_says_when_it_was_refused(bob: User, application: NewApplication) -> None:
    given = answer(decided(client(bob), application, allow=""))
    assert given == {"error": "access_denied", "state": "st&te"}
    assert not Grant.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"client_id": "unknown"},
        {"client_id": "\x00"},
        {"redirect_uri": "https://evil.example.org/"},
        {"redirect_uri": f"{REDIRECT}/more"},
        {"redirect_uri": "javascript:alert(1)"},
    ],
)
@pytest.mark.parametrize("act", [asked, decided])
@pytest.mark.parametrize("allow", ["Authorize", ""])
def test_it_never_sends_people_where_it_should_not(
    bob: User, application: NewApplication, change: dict[str, str], act: Any, allow: str
) -> None:
    response = act(client(bob), application, **change, allow=allow)
    assert response.status_code == 400
    assert "Location" not in response.headers
    assert "evil.example.org" not in response.headers["Content-Security-Policy"]
    assert not Grant.objects.exists()


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"response_type": "token"}, "unauthorized_client"),
        ({"response_type": "nonsense"}, "unsupported_response_type"),
        ({"scope": "read admin"}, "invalid_scope"),
    ],
)
@pytest.mark.parametrize("act", [asked, decided])
def test_it_tells_the_application_what_it_does_wrong(
    bob: User, application: NewApplication, change: dict[str, str], error: str, act: Any
) -> None:
    assert answer(act(client(bob), application, **change))["error"] == error
    assert not Grant.objects.exists()


def test_it_wants_the_csrf_token_of_the_page(bob: User, application: NewApplication) -> None:
    browser = client(bob)
    browser.handler.enforce_csrf_checks = True
    assert decided(browser, application).status_code == 403


@pytest.mark.parametrize("way", ["post", "basic"])
def test_it_gives_tokens_for_a_code(bob: User, application: NewApplication, way: str) -> None:
    made = code(bob, application)
    if way == "post":
        response = exchanged(application, made)
    else:
        body = {"grant_type": "authorization_code", "code": made, "redirect_uri": REDIRECT}
        response = client(authorization=basic(application)).post(TOKEN, body)  # type: ignore[assignment]
    assert response.status_code == 200
    given = read(response)
    assert (given["expires_in"], given["token_type"]) == (36000, "Bearer")
    assert given["scope"] == "read write"
    assert "no-store" in response.headers["Cache-Control"]
    program = client(authorization=f"Bearer {given['access_token']}")
    assert read(program.get("/api/user/"))["username"] == "Bob"


def test_it_gives_the_scope_that_was_asked_for(bob: User, application: NewApplication) -> None:
    given = tokens(bob, application, scope="read")
    assert given["scope"] == "read"
    program = client(authorization=f"Bearer {given['access_token']}")
    assert program.get("/api/groups/").status_code == 200
    assert program.post("/api/crawler/urls/").status_code == 403


def test_it_stores_digests_only(bob: User, application: NewApplication) -> None:
    given = tokens(bob, application)
    stored = str([*AccessToken.objects.values(), *RefreshToken.objects.values()])
    stored += str([*Application.objects.values()])
    for secret in (given["access_token"], given["refresh_token"], application.client_secret):
        assert secret not in stored


def test_it_logs_no_secret(
    bob: User, application: NewApplication, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    made = code(bob, application)
    given = read(exchanged(application, made))
    client().post(
        TOKEN, {"grant_type": "refresh_token", "refresh_token": "r", "client_secret": "s3"}
    )
    client(authorization=f"Bearer {given['access_token']}").get("/api/user/")
    own = by_token(bob)
    own.get("/api/user/authtoken/")
    own_token = str(own.defaults["HTTP_AUTHORIZATION"]).split()[1]
    for secret in (made, *given.values(), application.client_secret, own_token):
        if len(str(secret)) > 12:
            assert str(secret) not in caplog.text


def test_it_takes_a_code_once(bob: User, application: NewApplication) -> None:
    made = code(bob, application)
    assert exchanged(application, made).status_code == 200
    again = exchanged(application, made)
    assert (again.status_code, read(again)["error"]) == (400, "invalid_grant")


@pytest.mark.parametrize(
    ("change", "status", "error"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_secret": ""}, 401, "invalid_client"),
        ({"client_id": "unknown"}, 401, "invalid_client"),
        ({"code": "wrong"}, 400, "invalid_grant"),
        ({"code": "\x00"}, 400, "invalid_grant"),
        ({"redirect_uri": "https://evil.example.org/"}, 400, "invalid_request"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": "client_credentials"}, 400, "unsupported_grant_type"),
        (
            {"grant_type": "urn:ietf:params:oauth:grant-type:device_code"},
            400,
            "unsupported_grant_type",
        ),
        ({"grant_type": ""}, 400, "unsupported_grant_type"),
    ],
)
def test_it_refuses_a_wrong_exchange(
    bob: User, application: NewApplication, change: dict[str, str], status: int, error: str
) -> None:
    made = code(bob, application)
    response = exchanged(application, change.pop("code", made), **change)
    assert (response.status_code, read(response)["error"]) == (status, error)
    assert not AccessToken.objects.exists()


def test_it_keeps_codes_to_their_application(bob: User, application: NewApplication) -> None:
    other = application_make(bob)
    assert exchanged(other, code(bob, application)).status_code == 400


def test_it_renews_and_retires_the_token_before(bob: User, application: NewApplication) -> None:
    first = tokens(bob, application)
    second = read(refreshed(application, first["refresh_token"]))
    assert second["refresh_token"] != first["refresh_token"]
    assert (
        client(authorization=f"Bearer {second['access_token']}").get("/api/groups/").status_code
        == 200
    )
    assert (
        client(authorization=f"Bearer {first['access_token']}").get("/api/groups/").status_code
        == 401
    )


def test_it_ends_the_family_when_a_refresh_token_comes_twice(
    bob: User, application: NewApplication
) -> None:
    first = tokens(bob, application)
    second = read(refreshed(application, first["refresh_token"]))
    replayed = refreshed(application, first["refresh_token"])
    assert (replayed.status_code, read(replayed)["error"]) == (400, "invalid_grant")
    assert refreshed(application, second["refresh_token"]).status_code == 400
    assert (
        client(authorization=f"Bearer {second['access_token']}").get("/api/groups/").status_code
        == 401
    )


def test_it_gives_nothing_to_the_loser_of_two_refreshes(
    bob: User, application: NewApplication
) -> None:
    """Both found the refresh token in order; the other one then was the first to write."""
    first = tokens(bob, application)["refresh_token"]
    found = RefreshToken.objects.get()
    assert refreshed(application, first).status_code == 200
    request = Request(TOKEN, body={"grant_type": "refresh_token"})
    request.user, request.client = bob, application.application
    request.refresh_token_instance = found
    issued = {"access_token": "a", "refresh_token": "b", "scope": "read"}
    with pytest.raises(InvalidGrantError):
        OAuthValidator().save_bearer_token(issued, request)
    assert AccessToken.objects.count() == 1


def test_it_gives_no_tokens_for_a_closed_account(bob: User, application: NewApplication) -> None:
    refresh = tokens(bob, application)["refresh_token"]
    made = code(bob, application)
    User.objects.filter(pk=bob.pk).update(is_active=False)
    assert read(exchanged(application, made))["error"] == "invalid_grant"
    assert read(refreshed(application, refresh))["error"] == "invalid_grant"


def public(application: NewApplication) -> None:
    Application.objects.update(client_type=Application.CLIENT_PUBLIC)


def test_it_wants_pkce_of_public_applications(bob: User, application: NewApplication) -> None:
    public(application)
    assert answer(asked(client(bob), application))["error"] == "invalid_request"
    assert answer(decided(client(bob), application))["error"] == "invalid_request"


@pytest.mark.parametrize("is_public", [True, False])
@pytest.mark.parametrize("verifier", ["v" * 50, "w" * 50, ""])
def test_it_checks_pkce(
    bob: User, application: NewApplication, verifier: str, is_public: bool
) -> None:
    if is_public:
        public(application)
    digest = hashlib.sha256(b"v" * 50).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    made = code(bob, application, code_challenge=challenge, code_challenge_method="S256")
    more = {"client_secret": ""} if is_public else {}
    response = exchanged(application, made, code_verifier=verifier, **more)
    assert response.status_code == (200 if verifier == "v" * 50 else 400)


@pytest.mark.parametrize("kind", ["access_token", "refresh_token"])
def test_it_revokes_a_token(bob: User, application: NewApplication, kind: str) -> None:
    given = tokens(bob, application)
    stranger = application_make(bob)
    body = {"token": given[kind], "token_type_hint": kind}
    program = client(authorization=f"Bearer {given['access_token']}")
    assert client().post(REVOKE, body | credentials(stranger)).status_code == 200
    assert program.get("/api/groups/").status_code == 200
    assert client().post(REVOKE, body | credentials(application)).status_code == 200
    assert program.get("/api/groups/").status_code == 401
    assert refreshed(application, given["refresh_token"]).status_code == 400


@pytest.mark.parametrize("method", ["get", "post"])
def test_it_introspects_for_applications(
    bob: User, application: NewApplication, method: str
) -> None:
    given = tokens(bob, application)
    body = {"token": given["access_token"]}
    program = client(authorization=basic(application))
    facts = read(getattr(program, method)(INTROSPECT, body))
    assert facts.pop("exp") > 0
    assert facts == {
        "active": True,
        "scope": "read write",
        "client_id": application.application.client_id,
        "username": "Bob",
    }
    assert read(getattr(program, method)(INTROSPECT, {"token": "x"})) == {"active": False}
    assert getattr(client(), method)(INTROSPECT, body).status_code == 403
    bearer = client(authorization=f"Bearer {given['access_token']}")
    assert getattr(bearer, method)(INTROSPECT, body).status_code == 403


@pytest.mark.parametrize("path", [AUTHORIZE, TOKEN, REVOKE, INTROSPECT])
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "bad",
    ["?x=%zz", "?x=%00", "?client_id=%ff", "?prompt=create", "?prompt=none", "?access_token=x"],
)
def test_it_answers_nonsense_calmly(bob: User, path: str, method: str, bad: str) -> None:
    for person in (None, bob):
        response = getattr(client(person), method)(f"{path}{bad}")
        assert 200 <= response.status_code < 500, response.content


@pytest.mark.parametrize(
    "authorization",
    ["Basic", "Basic !!!", "Basic YQ==", "Basic \xe9", "Bearer x", "Basic AAA6AAA="],
)
def test_it_answers_odd_credentials_calmly(db: None, authorization: str) -> None:
    program = client(authorization=authorization)
    body = {"grant_type": "refresh_token", "refresh_token": "x"}
    assert program.post(TOKEN, body).status_code in {400, 401}
    assert program.post(INTROSPECT, {"token": "x"}).status_code in {400, 403}
