from __future__ import annotations

import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import orjson
import pytest
from django.test import Client, RequestFactory

from toolhub.accounts.models import User
from toolhub.core.rest import buckets
from toolhub.core.rest.buckets import LocalBuckets, RedisBuckets
from toolhub.core.rest.throttle import client_address

REDIS_URL = os.environ.get("REDIS_URL", "")
NOBODY = "redis://127.0.0.1:1/0"
TOOLS = "/api/tools/"
URLS = "/api/crawler/urls/"


@pytest.fixture(params=["local", "redis"])
def store(request: pytest.FixtureRequest) -> Any:
    if request.param == "local":
        return LocalBuckets()
    if not REDIS_URL:
        pytest.skip("needs a Redis")
    return RedisBuckets(REDIS_URL)


@pytest.fixture
def limited(settings: Any, db: None) -> Iterator[Client]:
    settings.RATE_LIMIT_READS, settings.RATE_LIMIT_WRITES, settings.REDIS_URL = 3, 2, ""
    buckets.local_buckets.cache_clear()
    buckets.shared_buckets.cache_clear()
    yield Client(headers={"accept": "application/json"}, raise_request_exception=False)
    buckets.local_buckets.cache_clear()
    buckets.shared_buckets.cache_clear()


def test_it_gives_out_what_there_is_and_no_more(store: Any) -> None:
    key = uuid4().hex
    taken = [store.take(key, 5) for _ in range(7)]
    assert [one.is_allowed for one in taken] == [True] * 5 + [False] * 2
    assert [int(one.left) for one in taken[:5]] == [4, 3, 2, 1, 0]
    assert store.take(uuid4().hex, 5).is_allowed


def test_it_gives_a_token_to_one_of_many_at_once(store: Any) -> None:
    key = uuid4().hex
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: store.take(key, 20).is_allowed, range(60)))
    assert taken.count(True) == 20


def test_it_fills_up_again(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    # A window so short that it passes between two calls.
    monkeypatch.setattr(buckets, "WINDOW_SECONDS", 0.001 if isinstance(store, LocalBuckets) else 1)
    key = uuid4().hex
    assert store.take(key, 500).is_allowed
    assert any(store.take(key, 500).left > 498 for _ in range(200))


def test_it_forgets_buckets_that_are_full_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buckets, "MOST_KEPT", 3)
    store = LocalBuckets()
    for number in range(10):
        store.take(str(number), 1)
    assert len(store._kept) <= 3


def test_it_says_how_much_is_left(limited: Client) -> None:
    response = limited.get(TOOLS)
    assert response.headers["RateLimit-Policy"] == '"reads";q=3;w=60'
    assert response.headers["RateLimit"] == '"reads";r=2;t=20'


def test_it_refuses_what_is_too_much(limited: Client) -> None:
    for _ in range(3):
        assert limited.get(TOOLS).status_code == 200
    response = limited.get(TOOLS)
    assert response.status_code == 429
    assert orjson.loads(response.content)["code"] == 4009
    assert 1 <= int(response.headers["Retry-After"]) <= 20
    assert response.headers["RateLimit"].startswith('"reads";r=0;')
    problem = limited.get(TOOLS, headers={"accept": "application/problem+json"})
    assert orjson.loads(problem.content)["status"] == 429


def test_it_does_not_count_a_304(limited: Client, alice: User) -> None:
    tag = limited.get(TOOLS).headers["ETag"]
    for _ in range(9):
        assert limited.get(TOOLS, headers={"if-none-match": tag}).status_code == 304


def test_it_counts_people_apart_and_writes_apart(limited: Client, alice: User, bob: User) -> None:
    limited.force_login(alice)
    for _ in range(2):
        assert limited.post(URLS, {}).status_code == 400
    assert limited.post(URLS, {}).status_code == 429
    assert limited.get(TOOLS).status_code == 200
    limited.force_login(bob)
    assert limited.post(URLS, {}).status_code == 400


def test_it_sets_no_limit_when_told_so(limited: Client, settings: Any) -> None:
    settings.RATE_LIMIT_READS = 0
    for _ in range(9):
        assert limited.get(TOOLS).status_code == 200
    assert "RateLimit" not in limited.get(TOOLS).headers


def test_it_lets_reads_pass_and_counts_writes_alone_when_redis_is_away(
    limited: Client, settings: Any, alice: User
) -> None:
    settings.REDIS_URL = NOBODY
    for _ in range(9):
        assert limited.get(TOOLS).status_code == 200
    limited.force_login(alice)
    statuses = [limited.post(URLS, {}).status_code for _ in range(3)]
    assert statuses == [400, 400, 429]


@pytest.mark.parametrize(
    ("hops", "forwarded", "address"),
    [
        (0, "1.1.1.1", "9.9.9.9"),
        (1, "1.1.1.1", "1.1.1.1"),
        (1, "6.6.6.6, 1.1.1.1", "1.1.1.1"),
        (2, "6.6.6.6, 1.1.1.1, 10.0.0.1", "1.1.1.1"),
        (2, "1.1.1.1", "9.9.9.9"),
        (1, "", "unknown"),
        (1, "evil", "unknown"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ],
)
def test_it_believes_only_proxies_of_ours(
    settings: Any, hops: int, forwarded: str, address: str
) -> None:
    settings.TRUSTED_PROXY_HOPS = hops
    request = RequestFactory().get(
        TOOLS, headers={"x-forwarded-for": forwarded}, REMOTE_ADDR="9.9.9.9"
    )
    assert client_address(request) == address


def test_it_uses_headers_that_parse_as_structured_fields(limited: Client) -> None:
    response = limited.get(TOOLS)
    assert re.fullmatch(r'"[a-z]+";r=\d+;t=\d+', response.headers["RateLimit"])
