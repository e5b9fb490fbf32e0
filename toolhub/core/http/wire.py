"""Sockets that hold the deadline and the byte limits on every single read.

A timeout per read, as requests offers, lets a server that drips one byte a second hold a worker
for ever. These sockets shorten their timeout to what is left of the call before each read,
whichever library layer asks for the bytes.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Sequence
from typing import Any, Final

from toolhub.core.http.deadline import Deadline
from toolhub.core.http.errors import OutboundError

HEADER_BYTES: Final = 65_536
ADDRESSES_TRIED: Final = 4
# A body in small chunks costs more bytes on the wire than it holds.
CHUNKING_OVERHEAD: Final = 2


class ReadGuard:
    """Counts what one connection receives: first the headers, then the body."""

    def __init__(self, deadline: Deadline, body_bytes: int) -> None:
        self.deadline = deadline
        self.in_headers = True
        self.ended_in_headers = False
        self._received = 0
        self._most = HEADER_BYTES
        self._body_bytes = body_bytes

    def headers_done(self) -> None:
        self.in_headers = False
        self._most = 4 * HEADER_BYTES + CHUNKING_OVERHEAD * self._body_bytes

    def read(self, sock: socket.socket, receive: Callable[[], int]) -> int:
        """Raises OutboundError: deadline, headers_too_large or too_large."""
        sock.settimeout(self.deadline.remaining())
        try:
            count = receive()
        except TimeoutError as error:
            raise OutboundError("deadline") from error
        self._received += count
        if self._received > self._most:
            raise OutboundError("headers_too_large" if self.in_headers else "too_large")
        if count == 0 and self.in_headers:
            self.ended_in_headers = True
        return count


class GuardedSocket(socket.socket):
    """Its `guard` is set once it is connected, before anything is read."""

    guard: ReadGuard

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        receive = super().recv_into
        return self.guard.read(self, lambda: receive(*args, **kwargs))


class GuardedTLSSocket(ssl.SSLSocket):
    """OpenSSL's own reads below one call share the call's timeout, so dripped records end too."""

    guard: ReadGuard

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        receive = super().recv_into
        return self.guard.read(self, lambda: receive(*args, **kwargs))


def open_socket(
    addresses: Sequence[str], port: int, *, seconds: float, deadline: Deadline
) -> GuardedSocket:
    """Connect to the first of the checked addresses that answers.

    The attempts share `seconds` evenly, so that a silent address leaves time for the next.
    Raises OutboundError: connect_refused, connect_timeout, connect_failed, reset or deadline.
    """
    tried = addresses[:ADDRESSES_TRIED]
    ends = time.monotonic() + seconds
    failures: list[OutboundError] = []
    for index, address in enumerate(tried):
        share = max(ends - time.monotonic(), 0.001) / (len(tried) - index)
        try:
            return _connect(address, port, min(share, deadline.remaining()))
        except OSError as error:
            failures.append(_failure(error, address))
    raise min(failures, key=lambda failure: _TELLING.index(failure.code))


# A refusal says more than a missing route, which is often only this machine's lack of IPv6.
_TELLING: Final = ("reset", "connect_refused", "connect_timeout", "connect_failed")


def _failure(error: OSError, address: str) -> OutboundError:
    code = "connect_failed"
    if isinstance(error, TimeoutError):
        code = "connect_timeout"
    elif isinstance(error, ConnectionRefusedError):
        code = "connect_refused"
    elif isinstance(error, ConnectionResetError):
        code = "reset"
    failure = OutboundError(code, address)
    failure.__cause__ = error
    return failure


def _connect(address: str, port: int, seconds: float) -> GuardedSocket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    sock = GuardedSocket(family, socket.SOCK_STREAM)
    try:
        sock.settimeout(seconds)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.connect((address, port))
    except BaseException:
        sock.close()
        raise
    return sock
