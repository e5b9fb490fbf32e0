from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The bounds of one call, all redirects together; `body_bytes` counts decoded bytes.

    `connect_seconds` bounds the connection attempts of one hop, all its addresses together.
    """

    connect_seconds: float = 5
    total_seconds: float = 20
    body_bytes: int = 2_000_000
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Response:
    """An answer of any status; `url` is the one that gave it, after `redirected`.

    `headers` ignores case. `charset` is the parameter of Content-Type as declared.
    """

    status: int
    url: str
    redirected: bool
    headers: Mapping[str, str]
    body: bytes
    elapsed_ms: int
    charset: str | None
