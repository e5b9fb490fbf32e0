from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from pytest_django import Settings

from tests.accounts.clients import by_token, client, read, sent
from toolhub.accounts.models import ApiToken, User
from toolhub.audit.models import LogEntry
from toolhub.core.changes import newest_seq
from toolhub.core.clock import now

pytestmark = pytest.mark.django_db

PATH = "/api/user/authtoken/"


def test_it_makes_one_token_and_shows_it_again(alice: User) -> None:
    session = client(alice)
    assert session.get(PATH).status_code == 404
    made = sent(session, "post", PATH)
    assert made.status_code == 200
    token = read(made)["token"]
    assert len(token) == 40
    assert read(made)["user"] == {"id": alice.pk, "username": "Alice"}
    assert read(session.get(PATH)) == read(made) == read(sent(session, "post", PATH))
    assert ApiToken.objects.count() == 1
    assert client(authorization=f"Token {token}").get(PATH).status_code == 200


def test_it_keeps_tokens_private(alice: User, charlie: User) -> None:
    sent(client(alice), "post", PATH)
    assert client(charlie).get(PATH).status_code == 404
    assert client(charlie).delete(PATH).status_code == 404
    for method in ("get", "post", "delete"):
        assert sent(client(), method, PATH).status_code == 401


def test_it_deletes_the_token(alice: User) -> None:
    session, program = client(alice), by_token(alice)
    assert program.get("/api/groups/").status_code == 200
    assert session.delete(PATH).status_code == 204
    assert program.get("/api/groups/").status_code == 401
    assert session.delete(PATH).status_code == 404


def test_it_stores_no_token_in_the_clear(alice: User) -> None:
    token = read(sent(client(alice), "post", PATH))["token"]
    row = ApiToken.objects.values().get()
    assert token not in str(row)
    assert token.startswith(row["prefix"])


def test_it_leaves_no_public_trace(alice: User) -> None:
    rows, seq = LogEntry.objects.count(), newest_seq()
    sent(client(alice), "post", PATH)
    client(alice).delete(PATH)
    assert (LogEntry.objects.count(), newest_seq()) == (rows, seq)


def test_it_reads_tokens_sealed_under_the_key_before(alice: User, settings: Settings) -> None:
    token = read(sent(client(alice), "post", PATH))["token"]
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert read(client(alice).get(PATH))["token"] == token


def test_it_replaces_a_token_that_cannot_be_shown_any_more(alice: User, settings: Settings) -> None:
    token = read(sent(client(alice), "post", PATH))["token"]
    settings.SECRET_KEY = "another"
    session = client(alice)
    assert client(authorization=f"Token {token}").get("/api/groups/").status_code == 200
    assert session.get(PATH).status_code == 404
    assert read(sent(session, "post", PATH))["token"] != token
    assert client(authorization=f"Token {token}").get("/api/groups/").status_code == 401


def test_it_notes_the_use_of_a_token_once_an_hour(alice: User) -> None:
    program = by_token(alice)
    program.get("/api/groups/")
    first = ApiToken.objects.get().last_used_at
    assert first is not None
    program.get("/api/groups/")
    assert ApiToken.objects.get().last_used_at == first
    ApiToken.objects.update(last_used_at=now() - timedelta(hours=2))
    program.get("/api/groups/")
    assert (ApiToken.objects.get().last_used_at or now()) >= first


@pytest.mark.django_db(transaction=True)
def test_it_makes_one_token_for_many_requests_at_once(alice: User) -> None:
    def ask(number: int) -> str:
        try:
            response = sent(client(alice), "post", PATH)
            return str(read(response).get("token"))
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        tokens = set(pool.map(ask, range(12)))
    assert len(tokens) == 1
    assert ApiToken.objects.count() == 1
