"""The policy for every address we store: http or https, to a host that everyone can reach."""

from __future__ import annotations

import ipaddress
import re
from typing import Final, NamedTuple
from urllib.parse import SplitResult, urlsplit

_ORDINARY: Final = re.compile(
    r"https?://(?:[a-z0-9_-]+\.)+(?!local\b|localhost\b|internal\b)[a-z]{2,}(?:[/?#][^\s\\]*)?",
)
_BARE_HOST: Final = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?::\d{1,5})?(?:[/?#].*)?", re.IGNORECASE)
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_PRIVATE_SUFFIXES: Final = (".local", ".localhost", ".internal")


class Address(NamedTuple):
    """`value` is None when the address may not be stored; `problem` is a finding's code."""

    value: str | None
    problem: str | None = None


def read_address(text: str) -> Address:
    """Judge an address that `text.clean` has been over."""
    if _ORDINARY.fullmatch(text):
        return Address(text)
    if text.startswith("//") and _BARE_HOST.fullmatch(text[2:]):
        return _read_guess("https:" + text)
    if _BARE_HOST.fullmatch(text):
        return _read_guess("https://" + text)
    scheme, separator, rest = text.partition("://")
    if separator and scheme.lower() in {"http", "https"}:
        return _read_web(f"{scheme.lower()}://{rest}")
    return Address(None, "url_scheme" if _SCHEME.match(text) else "url_unusable")


def _read_guess(text: str) -> Address:
    value, problem = _read_web(text)
    return Address(value, "url_no_scheme") if value else Address(None, problem)


def _read_web(text: str) -> Address:
    parts = _split(text)
    if parts is None or "\\" in parts.netloc or re.search(r"\s", parts.netloc):
        return Address(None, "url_unusable")
    if _is_private(parts.hostname or ""):
        return Address(None, "url_private")
    spaced = re.sub(r"\s", "%20", text)
    return Address(spaced, "url_spaces" if spaced != text else None)


def _split(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return None
    host = (parts.hostname or "").strip(".")
    return parts if host and ".." not in host else None


def _is_private(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host.rstrip(".") or host.rstrip(".").endswith(_PRIVATE_SUFFIXES)
