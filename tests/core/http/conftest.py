from __future__ import annotations

import socket
from collections.abc import Callable, Generator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Protocol

import pytest
from pytest_django import Settings

from tests.core.http.hostile import Handler, Server, hostile
from toolhub.core.http import Limits, OutboundError, get, use_resolver

PATIENT = Limits(connect_seconds=5, total_seconds=10, body_bytes=100_000)
# For what is expected to end by its limit, and what a busy machine may add to that.
SHORT = Limits(connect_seconds=0.2, total_seconds=0.3, body_bytes=100_000)
SHORT_MS = 1500


class Serve(Protocol):
    """Starts a server and exempts it, under each of the names, from the address and port rule."""

    def __call__(self, handler: Handler, *names: str, **options: object) -> Server: ...


@pytest.fixture
def serve(settings: Settings) -> Generator[Serve]:
    settings.OUTBOUND_ALLOWED_HOSTS = set()
    with ExitStack() as stack:

        def start(handler: Handler, *names: str, **options: object) -> Server:
            server = stack.enter_context(hostile(handler, **options))  # type: ignore[arg-type]
            for name in names or ("127.0.0.1",):
                settings.OUTBOUND_ALLOWED_HOSTS.add(f"{name}:{server.port}")
            return server

        yield start


@dataclass
class FakeDns:
    """Answers from `names`: a list of addresses, an error to raise, or a function to call."""

    names: dict[str, list[str] | OSError | Callable[[], list[str]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def resolve(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        answer = self.names.get(host, socket.gaierror(socket.EAI_NONAME, "unknown"))
        if isinstance(answer, OSError):
            raise answer
        return answer if isinstance(answer, list) else answer()


@pytest.fixture
def dns() -> Generator[FakeDns]:
    resolver = FakeDns()
    with use_resolver(resolver):
        yield resolver


def failure(url: str, limits: Limits = PATIENT) -> OutboundError:
    """The error that asking for the URL ends in; fails the test when it does not end in one."""
    with pytest.raises(OutboundError) as caught:
        get(url, limits=limits)
    return caught.value
