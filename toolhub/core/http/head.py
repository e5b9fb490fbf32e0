"""The status line and the headers, held to the grammar.

`http.client` reads leniently: it stops at a header line it cannot parse and takes the rest for
body, ignores a Content-Length that is not a number, and takes a closed connection for the end of
the headers. Each of those would let a broken answer pass for a whole one.
"""

from __future__ import annotations

import re
from email.errors import (
    FirstHeaderLineIsContinuationDefect,
    InvalidHeaderDefect,
    MissingHeaderBodySeparatorDefect,
)
from http.client import HTTPResponse
from typing import Any, Final

from toolhub.core.http.errors import OutboundError
from toolhub.core.http.wire import GuardedSocket, GuardedTLSSocket, ReadGuard

_CONTROL: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_FOLD: Final = re.compile(r"\r?\n[ \t]+")
_LENGTH: Final = re.compile(r"[0-9]{1,18}")
_BROKEN: Final = (
    FirstHeaderLineIsContinuationDefect,
    InvalidHeaderDefect,
    MissingHeaderBodySeparatorDefect,
)


class CheckedHead(HTTPResponse):
    """Raises OutboundError: truncated or bad_http, from `begin`, beside what it raised before."""

    def __init__(self, sock: GuardedSocket | GuardedTLSSocket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self._guard: ReadGuard = sock.guard

    def begin(self) -> None:
        super().begin()
        if self._guard.ended_in_headers:
            raise OutboundError("truncated", "it ended within the headers")
        self._guard.headers_done()
        if self.status < 200:
            raise OutboundError("bad_http", f"the final status is {self.status}")
        self._check_lines()
        self._check_framing()

    def _check_lines(self) -> None:
        if any(isinstance(defect, _BROKEN) for defect in self.msg.defects):
            raise OutboundError("bad_http", "a header line has no name or no colon")
        for name, value in self.msg.items():
            if _CONTROL.search(name) or _CONTROL.search(_FOLD.sub(" ", value)):
                raise OutboundError("bad_http", f"a control character in the header {name}")

    def _check_framing(self) -> None:
        """RFC 9112, section 6.3: whoever reads two lengths differently can be lied to."""
        lengths = {text.strip() for text in self.msg.get_all("content-length", [])}
        codings = [text.strip().lower() for text in self.msg.get_all("transfer-encoding", [])]
        if codings not in ([], ["chunked"]):
            raise OutboundError("bad_http", "Transfer-Encoding is not just chunked")
        if codings and lengths:
            raise OutboundError("bad_http", "both Content-Length and Transfer-Encoding")
        if len(lengths) > 1:
            raise OutboundError("bad_http", "two different Content-Length")
        if not all(_LENGTH.fullmatch(text) for text in lengths):
            raise OutboundError("bad_http", "Content-Length is not a number")
