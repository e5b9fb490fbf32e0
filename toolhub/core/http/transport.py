"""The adapter below the requests session: one checked connection for one request, never reused.

Without reuse no answer can be taken for that of another request, and no shared state has to be
locked. A connection is asked for by name and opened by address: the name goes into Host, SNI and
the certificate check, the address comes from the answers that were checked.
"""

from __future__ import annotations

import http.client
from typing import Any

import requests
import urllib3.exceptions
from requests.adapters import BaseAdapter
from requests.cookies import RequestsCookieJar
from requests.structures import CaseInsensitiveDict
from urllib3.connection import HTTPConnection

from toolhub.core.http import failures
from toolhub.core.http.deadline import Deadline
from toolhub.core.http.errors import OutboundError
from toolhub.core.http.head import CheckedHead
from toolhub.core.http.model import Limits
from toolhub.core.http.resolve import checked_addresses
from toolhub.core.http.tls import shared_context
from toolhub.core.http.urls import Target
from toolhub.core.http.wire import GuardedSocket, GuardedTLSSocket, ReadGuard, open_socket


class Hop(requests.PreparedRequest):
    """One prepared GET, or POST of the content, with what the adapter must know beyond its URL and headers."""

    def __init__(
        self,
        target: Target,
        headers: dict[str, str],
        limits: Limits,
        deadline: Deadline,
        content: bytes | None = None,
    ) -> None:
        super().__init__()
        self.prepare_method("GET" if content is None else "POST")
        self.content = content
        # Not prepare_url, which would parse the URL a second time by other rules.
        self.url = target.url
        self.headers = CaseInsensitiveDict(headers, host=target.authority)
        self.target = target
        self.limits = limits
        self.deadline = deadline


class CheckedConnection(HTTPConnection):
    response_class = CheckedHead

    def __init__(self, hop: Hop) -> None:
        super().__init__(hop.target.host, hop.target.port, timeout=hop.deadline.remaining())
        self._hop = hop

    def connect(self) -> None:
        """Raises OutboundError: address_refused, dns_*, connect_*, tls_* or deadline."""
        hop = self._hop
        plain = open_socket(
            checked_addresses(hop.target, hop.deadline),
            hop.target.port,
            seconds=hop.limits.connect_seconds,
            deadline=hop.deadline,
        )
        sock = _secured(plain, hop) if hop.target.scheme == "https" else plain
        sock.guard = ReadGuard(hop.deadline, hop.limits.body_bytes)
        sock.settimeout(hop.deadline.remaining())
        self.sock = sock


def _secured(sock: GuardedSocket, hop: Hop) -> GuardedTLSSocket:
    try:
        sock.settimeout(hop.deadline.remaining())
        secured = shared_context().wrap_socket(sock, server_hostname=hop.target.host)
    except (OSError, ValueError) as error:
        raise failures.while_connecting(error) from error
    finally:
        # A wrapped socket has given its descriptor away, so this closes only one that failed.
        sock.close()
    assert isinstance(secured, GuardedTLSSocket)  # noqa: S101 - the context's sslsocket_class
    return secured


class CheckedResponse(requests.Response):
    def __init__(self, hop: Hop, connection: CheckedConnection) -> None:
        super().__init__()
        self.request = hop
        self.url = hop.target.url
        self._checked_connection = connection

    def close(self) -> None:
        self.raw.close()
        self._checked_connection.close()


class CheckedAdapter(BaseAdapter):
    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> CheckedResponse:
        """Raises OutboundError for everything up to the end of the headers."""
        if not isinstance(request, Hop):
            raise TypeError("only a Hop has been checked")
        connection = CheckedConnection(request)
        try:
            connection.connect()
            return _exchange(request, connection)
        except BaseException:
            connection.close()
            raise

    def close(self) -> None:
        """Nothing is kept."""


def _exchange(hop: Hop, connection: CheckedConnection) -> CheckedResponse:
    try:
        connection.request(
            str(hop.method),
            hop.target.path,
            body=hop.content,
            headers=hop.headers,
            preload_content=False,
            decode_content=False,
        )
        raw = connection.getresponse()
    except OutboundError:
        raise
    except (http.client.HTTPException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        raise failures.before_the_body(error) from error
    response = CheckedResponse(hop, connection)
    response.raw = raw
    response.status_code = raw.status
    response.headers = CaseInsensitiveDict(raw.headers)
    return response


class NoCookies(RequestsCookieJar):
    """Does not even parse what a server sets."""

    def extract_cookies(self, response: Any, request: Any) -> None:
        return


class CheckedSession(requests.Session):
    """Shared by all threads: it keeps no connection, cookie, credential or proxy."""

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False
        self.cookies = NoCookies()
        self.adapters.clear()
        for scheme in ("http://", "https://"):
            self.mount(scheme, CheckedAdapter())

    def get_redirect_target(self, resp: requests.Response) -> None:
        """None: requests would read the whole body before following; the client follows itself."""
