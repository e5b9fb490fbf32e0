"""Token buckets: each holds `capacity` tokens and gets them back over `WINDOW_SECONDS`; a request takes one.

They live in Redis, where one script looks and takes in one step, so that no number of processes gives out a token
twice. Without Redis each process keeps its own.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

import redis

WINDOW_SECONDS = 60
TIMEOUT_SECONDS = 0.1
PAUSE_SECONDS = 5.0
MOST_KEPT = 50_000

# The clock is that of Redis: those of the web machines differ.
TAKE = """
local capacity = tonumber(ARGV[1])
local per_second = capacity / tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
local state = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens = tonumber(state[1]) or capacity
local at = tonumber(state[2]) or now
tokens = math.min(capacity, tokens + math.max(0, now - at) * per_second)
local taken = 0
if tokens >= 1 then
  tokens = tokens - 1
  taken = 1
end
redis.call('HSET', KEYS[1], 'tokens', string.format('%.6f', tokens), 'at', string.format('%.6f', now))
redis.call('EXPIRE', KEYS[1], tonumber(ARGV[2]) * 2)
return {taken, string.format('%.6f', tokens)}
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """Whether there was a token, and how many are left, in fractions."""

    is_allowed: bool
    left: float


class Buckets(Protocol):
    def take(self, key: str, capacity: int) -> Taken | None:
        """One token of the bucket; None when the buckets cannot be reached."""


class LocalBuckets:
    """The buckets of one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[float, float]] = {}

    def take(self, key: str, capacity: int) -> Taken:
        now = time.monotonic()
        with self._lock:
            tokens, at = self._kept.get(key, (float(capacity), now))
            tokens = min(capacity, tokens + (now - at) * capacity / WINDOW_SECONDS)
            is_allowed = tokens >= 1
            tokens -= is_allowed
            if len(self._kept) >= MOST_KEPT:
                self._forget(now)
            self._kept[key] = (tokens, now)
        return Taken(is_allowed, tokens)

    def _forget(self, now: float) -> None:
        """Those not used for a whole window are full again, which is what a new one is."""
        kept = {key: one for key, one in self._kept.items() if now - one[1] < WINDOW_SECONDS}
        self._kept = kept if len(kept) < MOST_KEPT else {}


class RedisBuckets:
    def __init__(self, url: str) -> None:
        client = redis.Redis.from_url(
            url, socket_timeout=TIMEOUT_SECONDS, socket_connect_timeout=TIMEOUT_SECONDS
        )
        self._take = client.register_script(TAKE)
        self._away_until = 0.0

    def take(self, key: str, capacity: int) -> Taken | None:
        """After a failure it is not asked again for some seconds: nobody waits for what is not there."""
        if time.monotonic() < self._away_until:
            return None
        try:
            found: Any = self._take(keys=[f"rate:{key}"], args=[capacity, WINDOW_SECONDS])
        except redis.RedisError:
            self._away_until = time.monotonic() + PAUSE_SECONDS
            return None
        return Taken(found[0] == 1, float(found[1]))


@cache
def local_buckets() -> LocalBuckets:
    return LocalBuckets()


@cache
def shared_buckets(url: str) -> Buckets:
    """Those that all processes share, where there is a Redis."""
    return RedisBuckets(url) if url else local_buckets()
