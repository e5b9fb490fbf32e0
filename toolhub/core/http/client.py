from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from contextlib import closing
from typing import Final
from urllib.parse import urljoin

import requests
import urllib3.exceptions
from django.conf import settings

from toolhub.core.http import failures
from toolhub.core.http.body import read_body
from toolhub.core.http.deadline import Deadline
from toolhub.core.http.errors import OutboundError
from toolhub.core.http.model import Limits, Response
from toolhub.core.http.transport import CheckedSession, Hop
from toolhub.core.http.urls import URL_CHARACTERS, Target, parse

DEFAULT_USER_AGENT: Final = (
    "Toolhub/2.0 (https://meta.wikimedia.org/wiki/Toolhub; toolhub.crawler@toolforge.org)"
)
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
# The door speaks for Toolhub, never for a person, and frames its own messages.
RESERVED_HEADERS: Final = frozenset(
    {
        "accept-encoding",
        "authorization",
        "connection",
        "content-length",
        "cookie",
        "host",
        "proxy-authorization",
        "transfer-encoding",
        "upgrade",
    }
)

_NAME: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_VALUE: Final = re.compile(r"[\x20-\x7e\x80-\xff\t]*")
_CHARSET: Final = re.compile(r""";\s*charset\s*=\s*["']?([A-Za-z0-9_.:+-]{1,40})""", re.IGNORECASE)

_DEFAULT_LIMITS: Final = Limits()

logger = logging.getLogger(__name__)
_session = CheckedSession()


def get(
    url: str, *, headers: Mapping[str, str] | None = None, limits: Limits = _DEFAULT_LIMITS
) -> Response:
    """The answer, whatever its status, after following redirects.

    Raises OutboundError for everything else, and nothing else.
    """
    return _guarded(
        url,
        limits,
        lambda deadline: _follow(parse(url), _request_headers(headers or {}), limits, deadline),
    )


def post(
    url: str,
    content: bytes,
    *,
    headers: Mapping[str, str] | None = None,
    limits: Limits = _DEFAULT_LIMITS,
) -> Response:
    """The answer, whatever its status. A redirect is an answer: what is sent is for this URL alone.

    Raises OutboundError for everything else, and nothing else.
    """

    def send(deadline: Deadline) -> Response:
        hop = Hop(parse(url), _request_headers(headers or {}), limits, deadline, content)
        with closing(_session.send(hop, stream=True, allow_redirects=False)) as answer:
            return _response(answer, limits, deadline, redirected=False)

    return _guarded(url, limits, send)


def _guarded(url: str, limits: Limits, call: Callable[[Deadline], Response]) -> Response:
    deadline = Deadline(limits.total_seconds)
    try:
        return call(deadline)
    except OutboundError as error:
        error.elapsed_ms = deadline.elapsed_ms()
        raise
    except Exception as error:
        # One hostile answer must not end the work on another URL.
        logger.exception("An outbound request failed in an unforeseen way: %s", ascii(url)[:200])
        raise OutboundError(
            "unexpected", type(error).__name__, elapsed_ms=deadline.elapsed_ms()
        ) from error


def _follow(
    target: Target, headers: dict[str, str], limits: Limits, deadline: Deadline
) -> Response:
    seen = [target]
    while True:
        hop = Hop(target, headers, limits, deadline)
        answer = _session.send(hop, stream=True, allow_redirects=False)
        with closing(answer):
            if answer.status_code not in REDIRECTS:
                return _response(answer, limits, deadline, redirected=len(seen) > 1)
            target = _next(answer, target)
        if target in seen:
            raise OutboundError("redirect_loop", target.url)
        if len(seen) > limits.redirects:
            raise OutboundError("too_many_redirects", f"more than {limits.redirects}")
        seen.append(target)


def _next(answer: requests.Response, here: Target) -> Target:
    locations = answer.raw.headers.getlist("location")
    if len(locations) != 1:
        raise OutboundError("bad_redirect", f"{len(locations)} Location headers")
    if not 0 < len(locations[0]) <= URL_CHARACTERS:
        raise OutboundError("bad_redirect", f"a Location of {len(locations[0])} characters")
    try:
        # Header bytes arrive as Latin-1; those beyond ASCII are UTF-8 in practice.
        location = locations[0].encode("latin-1").decode()
        joined = urljoin(here.url, location)
    except ValueError as error:
        raise OutboundError("bad_redirect", locations[0]) from error
    target = parse(joined)
    if here.scheme == "https" and target.scheme == "http":
        raise OutboundError("redirect_refused", target.url)
    return target


def _response(
    answer: requests.Response, limits: Limits, deadline: Deadline, *, redirected: bool
) -> Response:
    try:
        body = read_body(answer.raw, limits.body_bytes)
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        raise failures.in_the_body(error) from error
    found = _CHARSET.search(answer.headers.get("content-type", ""))
    return Response(
        status=answer.status_code,
        url=str(answer.url),
        redirected=redirected,
        headers=answer.headers,
        body=body,
        elapsed_ms=deadline.elapsed_ms(),
        charset=found[1] if found else None,
    )


def _request_headers(wanted: Mapping[str, str]) -> dict[str, str]:
    for name, value in wanted.items():
        if name.lower() in RESERVED_HEADERS or not _NAME.fullmatch(name):
            raise OutboundError("bad_request_header", name)
        if not _VALUE.fullmatch(value):
            raise OutboundError("bad_request_header", name)
    return {
        "User-Agent": getattr(settings, "OUTBOUND_USER_AGENT", DEFAULT_USER_AGENT),
        "Accept": "*/*",
        **wanted,
        "Accept-Encoding": "gzip, identity",
        "Connection": "close",
    }
