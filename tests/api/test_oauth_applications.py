from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.hashers import check_password
from oauth2_provider.models import AccessToken, Application, RefreshToken

from tests.accounts.clients import (
    REDIRECT,
    access_make,
    application_make,
    client,
    member,
    read,
    sent,
)
from toolhub.accounts import groups
from toolhub.accounts.models import User
from toolhub.accounts.services.applications import application_create
from toolhub.audit.models import LogEntry
from toolhub.core.changes import newest_seq
from toolhub.core.errors import InvalidInput

pytestmark = pytest.mark.django_db

APPS, MINE = "/api/oauth/applications/", "/api/oauth/authorized/"
BODY = {"name": "An app", "redirect_url": REDIRECT}
OTHER = "https://app.example.org/other?a=b"


def codes(response: Any) -> list[tuple[str, int]]:
    assert response.status_code == 400, response.content
    return [(error["field"], error["code"]) for error in read(response)["errors"]]


def test_it_shows_the_secret_of_a_new_application_once(alice: User) -> None:
    made = sent(client(alice), "post", APPS, BODY)
    assert made.status_code == 201
    shown = read(made)
    assert list(shown) == ["name", "redirect_url", "client_id", "client_secret", "user"]
    assert shown["user"] == {"id": alice.pk, "username": "Alice"}
    application = Application.objects.get()
    assert application.client_secret != shown["client_secret"]
    assert check_password(shown["client_secret"], application.client_secret)
    again = read(client(alice).get(f"{APPS}{shown['client_id']}/"))
    assert again == {key: shown[key] for key in ("name", "redirect_url", "client_id", "user")}


def test_it_lists_applications_to_everybody(alice: User, bob: User) -> None:
    for owner, name in ((alice, "B"), (bob, "A"), (alice, "C")):
        application_make(owner, name)
    page = read(client().get(APPS))
    assert [row["name"] for row in page["results"]] == ["B", "A", "C"]
    assert b"secret" not in client().get(APPS).content
    mine = read(client().get(f"{APPS}?user__username=Alice&ordering=-name"))
    assert [row["name"] for row in mine["results"]] == ["C", "B"]
    assert client().get(f"{APPS}?user__username=%00").status_code == 400


@pytest.mark.parametrize("size", [1, 20])
def test_it_needs_one_query_for_a_page(
    alice: User, size: int, django_assert_num_queries: Any
) -> None:
    for number in range(20):
        application_make(alice, f"App {number}")
    with django_assert_num_queries(1):
        client().get(f"{APPS}?page_size={size}")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"name": ""}, ("name", 2031)),
        ({"name": "x" * 256}, ("name", 2041)),
        ({"redirect_url": "nonsense"}, ("redirect_url", 2012)),
        ({"redirect_url": "javascript:alert(1)"}, ("redirect_url", 2012)),
        ({"redirect_url": "ftp://app.example.org/"}, ("redirect_url", 2012)),
        ({"redirect_url": "https://app.example.org/#part"}, ("redirect_url", 2012)),
        ({"redirect_url": "https://a.example.org/ https://b.example.org/"}, ("redirect_url", 2012)),
        ({"redirect_url": "https://e.org/" + "x" * 255}, ("redirect_url", 2041)),
    ],
)
def test_it_names_what_is_wrong(
    alice: User, change: dict[str, str], expected: tuple[str, int]
) -> None:
    assert codes(sent(client(alice), "post", APPS, BODY | change)) == [expected]
    assert not Application.objects.exists()


def test_it_takes_one_address_from_its_own_pages_too(alice: User) -> None:
    with pytest.raises(InvalidInput):
        application_create(actor=alice, name="An app", redirect_url=f"{REDIRECT} {REDIRECT}")


def test_it_wants_both_fields(alice: User) -> None:
    assert codes(sent(client(alice), "post", APPS)) == [("name", 2002), ("redirect_url", 2002)]


@pytest.mark.parametrize("body", [BODY, {}])
def test_it_registers_nothing_for_nobody(db: None, body: dict[str, str]) -> None:
    assert sent(client(), "post", APPS, body).status_code == 401


@pytest.mark.parametrize("method", ["put", "patch"])
@pytest.mark.parametrize("role", ["owner", groups.ADMINISTRATORS])
def test_it_changes_the_address_alone(alice: User, method: str, role: str) -> None:
    application = application_make(alice).application
    person = alice if role == "owner" else member("Boss", role)
    secret = application.client_secret
    before = newest_seq()
    body = {"redirect_url": OTHER, "name": "Stolen", "client_id": "x", "user": 1}
    response = sent(client(person), method, f"{APPS}{application.client_id}/", body)
    assert (response.status_code, read(response)["redirect_url"]) == (200, OTHER)
    kept = Application.objects.get(client_id=application.client_id)
    assert (kept.name, kept.user, kept.client_secret) == ("An app", alice, secret)
    assert newest_seq() == before + 1


def test_it_needs_an_address_to_put_and_none_to_patch(alice: User) -> None:
    path = f"{APPS}{application_make(alice).application.client_id}/"
    assert codes(sent(client(alice), "put", path)) == [("redirect_url", 2002)]
    before = newest_seq()
    assert sent(client(alice), "patch", path).status_code == 200
    assert newest_seq() == before
    assert codes(sent(client(alice), "patch", path, {"redirect_url": "x"})) == [
        ("redirect_url", 2012)
    ]


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_it_leaves_applications_to_their_owners(alice: User, charlie: User, method: str) -> None:
    path = f"{APPS}{application_make(alice).application.client_id}/"
    for role in (groups.BUREAUCRATS, groups.OVERSIGHTERS, groups.PATROLLERS):
        assert sent(client(member(f"One of {role}", role)), method, path).status_code == 403
    assert sent(client(charlie), method, path, {"redirect_url": "x"}).status_code == 403
    assert sent(client(), method, path).status_code == 401
    assert sent(client(), method, f"{APPS}none/").status_code == 401
    assert sent(client(charlie), method, f"{APPS}none/").status_code == 404
    assert Application.objects.get().redirect_uris == REDIRECT


def test_it_does_not_know_other_applications(alice: User) -> None:
    application = application_make(alice).application
    for key in ("none", "%00", "1", application.client_id.swapcase()):
        assert client().get(f"{APPS}{key}/").status_code == 404


@pytest.mark.parametrize("role", ["owner", groups.ADMINISTRATORS])
def test_it_deletes_an_application_with_its_tokens(alice: User, bob: User, role: str) -> None:
    application = application_make(alice)
    token, _ = access_make(bob, application)
    person = alice if role == "owner" else member("Boss", role)
    path = f"{APPS}{application.application.client_id}/"
    assert client(person).delete(path).status_code == 204
    assert client().get(path).status_code == 404
    assert not AccessToken.objects.exists()
    assert not RefreshToken.objects.exists()
    assert client(authorization=f"Bearer {token}").get(APPS).status_code == 401


def test_it_keeps_the_audit_log_as_the_contract_has_it(alice: User) -> None:
    rows = LogEntry.objects.count()
    before = newest_seq()
    made = read(sent(client(alice), "post", APPS, BODY))
    client(alice).delete(f"{APPS}{made['client_id']}/")
    assert LogEntry.objects.count() == rows
    assert newest_seq() == before + 2


def test_it_lists_what_one_allowed(alice: User, bob: User) -> None:
    application = application_make(alice)
    access_make(alice, application)
    _, token = access_make(bob, application)
    page = read(client(bob).get(MINE))
    assert page["count"] == 1
    row = page["results"][0]
    assert list(row) == ["id", "user", "application", "created", "updated", "expires"]
    assert (row["id"], row["user"]["username"]) == (token.pk, "Bob")
    assert row["application"]["user"]["username"] == "Alice"
    assert read(client(bob).get(f"{MINE}{token.pk}/")) == row
    assert read(client(bob).get(f"{MINE}?ordering=-created"))["count"] == 1


def test_it_shows_nobody_what_others_allowed(alice: User, bob: User) -> None:
    _, token = access_make(bob, application_make(alice))
    boss = member("Boss", groups.ADMINISTRATORS)
    for person in (alice, boss):
        for method in ("get", "delete"):
            assert sent(client(person), method, f"{MINE}{token.pk}/").status_code == 404
    for method, path in (("get", MINE), ("get", f"{MINE}1/"), ("delete", f"{MINE}1/")):
        assert sent(client(), method, path).status_code == 401
    assert AccessToken.objects.exists()


def test_it_takes_back_both_tokens(alice: User, bob: User) -> None:
    application = application_make(alice)
    text, token = access_make(bob, application)
    other, _ = access_make(alice, application)
    assert client(bob).delete(f"{MINE}{token.pk}/").status_code == 204
    assert client(authorization=f"Bearer {text}").get(APPS).status_code == 401
    assert client(authorization=f"Bearer {other}").get(APPS).status_code == 200
    assert RefreshToken.objects.get(user=bob).revoked is not None
    assert client(bob).delete(f"{MINE}{token.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("method", "path"), [("post", MINE), ("put", f"{MINE}1/"), ("patch", f"{MINE}1/")]
)
def test_it_lets_nobody_write_authorizations(alice: User, method: str, path: str) -> None:
    boss = member("Boss", groups.ADMINISTRATORS)
    assert sent(client(), method, path).status_code == 401
    assert [sent(client(one), method, path).status_code for one in (alice, boss)] == [403, 403]
