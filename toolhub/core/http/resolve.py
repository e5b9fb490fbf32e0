"""DNS with a bound, and the check of every answer.

`getaddrinfo` cannot be interrupted and may block for half a minute, so each question runs in a
thread of its own that is left behind when it is late. A shared pool would let a few dead name
servers hold up every other host.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Generator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Final, Protocol

from toolhub.core.http.addresses import is_public_address, is_split_horizon
from toolhub.core.http.deadline import Deadline
from toolhub.core.http.errors import OutboundError
from toolhub.core.http.urls import Target, is_literal

DNS_SECONDS: Final = 3.0
QUESTIONS_IN_FLIGHT: Final = 512

_NOT_FOUND: Final = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", -5)})


class Resolver(Protocol):
    """The seam where tests put their own DNS answers."""

    def resolve(self, host: str, port: int) -> list[str]:
        """All addresses of the host, best first. Raises socket.gaierror."""
        ...


class SystemResolver:
    def resolve(self, host: str, port: int) -> list[str]:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return [str(answer[4][0]) for answer in answers]


_slots = threading.BoundedSemaphore(QUESTIONS_IN_FLIGHT)
_active: Resolver = SystemResolver()


@contextmanager
def use_resolver(resolver: Resolver) -> Generator[None]:
    """Answer every DNS question of this process from the given resolver; for tests."""
    global _active  # noqa: PLW0603 - one process-wide seam, so that threads see it too
    previous, _active = _active, resolver
    try:
        yield
    finally:
        _active = previous


def checked_addresses(target: Target, deadline: Deadline) -> list[str]:
    """The addresses to connect to, in the order to try them; every one of them passed the rule.

    Raises OutboundError: dns_*, address_refused or deadline.
    """
    if is_literal(target.host):
        return [target.host]
    addresses = list(dict.fromkeys(_ask(target, deadline)))
    if not addresses:
        raise OutboundError("dns_not_found", target.host)
    if not target.is_exempt:
        for address in addresses:
            _check(address, target)
    return _alternating(addresses)


def _check(address: str, target: Target) -> None:
    excused = is_split_horizon(address, scheme=target.scheme, host=target.host, port=target.port)
    if not excused and not is_public_address(address):
        raise OutboundError("address_refused", f"{target.host} resolves to {address}")


def _ask(target: Target, deadline: Deadline) -> list[str]:
    seconds = min(DNS_SECONDS, deadline.remaining())
    if not _slots.acquire(timeout=seconds):
        raise OutboundError("dns_timeout", "too many name servers are silent")
    answer: Future[list[str]] = Future()
    thread = threading.Thread(
        target=_answer, args=(answer, _active, target), name="outbound-dns", daemon=True
    )
    try:
        thread.start()
    except RuntimeError:
        _slots.release()
        raise
    try:
        return answer.result(timeout=min(seconds, deadline.remaining()))
    except TimeoutError as error:
        raise OutboundError("dns_timeout", target.host) from error
    except socket.gaierror as error:
        code = "dns_not_found" if error.errno in _NOT_FOUND else "dns_failed"
        raise OutboundError(code, target.host) from error


def _answer(answer: Future[list[str]], resolver: Resolver, target: Target) -> None:
    try:
        answer.set_result(resolver.resolve(target.host, target.port))
    except Exception as error:
        answer.set_exception(error)
    finally:
        _slots.release()


def _alternating(addresses: list[str]) -> list[str]:
    """The resolver's order, but the second is of the other family, so that one broken family
    costs one attempt (RFC 8305, section 4)."""
    first_is_v6 = ":" in addresses[0]
    other = next((a for a in addresses if (":" in a) != first_is_v6), None)
    if other is None:
        return addresses
    return [addresses[0], other, *(a for a in addresses[1:] if a != other)]
