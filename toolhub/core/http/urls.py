"""Which URLs are asked for at all, and the one form they are asked for in.

The standard library's `urlsplit` is not used on what comes from outside: it drops tabs and line
breaks silently, keeps user names, and leaves hosts such as `0177.1` to the C library, which reads
them as addresses. What this module did not understand is never sent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Final
from urllib.parse import quote

import idna
from django.conf import settings

from toolhub.core.http.addresses import is_public_address
from toolhub.core.http.errors import OutboundError

URL_CHARACTERS: Final = 4096
HOST_CHARACTERS: Final = 253
DEFAULT_PORTS: Final = {"http": 80, "https": 443}
# Special-use names (RFC 6761, 6762, 8375, 7686) and the suffix ICANN reserved for private use.
INTERNAL_SUFFIXES: Final = (".localhost", ".local", ".internal", ".home.arpa", ".onion")

_FORBIDDEN: Final = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029\ud800-\udfff]")
_SCHEME: Final = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_URL: Final = re.compile(
    r"[a-zA-Z]+://(?P<authority>[^/?#]*)(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#.*)?"
)
_AUTHORITY: Final = re.compile(r"(?P<host>\[[^\[\]]*\]|[^:\[\]]*)(?::(?P<port>[0-9]{0,5}))?")
_LABEL: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")
_STRAY_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class Target:
    """A URL that passed the checks: `host` in ASCII without brackets, `path` with its query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"

    @property
    def is_exempt(self) -> bool:
        """Whether the operator allowed this host and port whatever its address is."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}" in getattr(settings, "OUTBOUND_ALLOWED_HOSTS", ())


def check_url(url: str) -> str:
    """The URL in its normal form, after every check that needs no DNS.

    Raises OutboundError: bad_url, scheme_refused, port_refused or address_refused.
    """
    return parse(url).url


def parse(url: str) -> Target:
    """Raises OutboundError as `check_url` does."""
    if len(url) > URL_CHARACTERS:
        raise OutboundError("bad_url", f"longer than {URL_CHARACTERS} characters")
    if found := _FORBIDDEN.search(url):
        raise OutboundError("bad_url", f"character {found.group()!a} at {found.start()}")
    scheme = _scheme(url)
    parts = _URL.fullmatch(url)
    if parts is None:
        raise OutboundError("bad_url")
    host, port = _host_and_port(parts["authority"], scheme)
    path = _encoded(parts["path"], "/") or "/"
    if parts["query"] is not None:
        path += "?" + _encoded(parts["query"], "/?")
    target = Target(scheme=scheme, host=host, port=port, path=path)
    _check_policy(target)
    return target


def _scheme(url: str) -> str:
    found = _SCHEME.match(url)
    if found is None:
        raise OutboundError("bad_url", "it has no scheme")
    scheme = found[1].lower()
    if scheme not in DEFAULT_PORTS:
        raise OutboundError("scheme_refused", scheme)
    return scheme


def _host_and_port(authority: str, scheme: str) -> tuple[str, int]:
    if "@" in authority:
        raise OutboundError("bad_url", "it holds a user name")
    parts = _AUTHORITY.fullmatch(authority)
    if parts is None or not parts["host"]:
        raise OutboundError("bad_url", "it has no host, or not a valid port")
    port = int(parts["port"]) if parts["port"] else DEFAULT_PORTS[scheme]
    if not 0 < port < 65536:
        raise OutboundError("bad_url", f"port {port}")
    return normal_host(parts["host"]), port


def normal_host(host: str) -> str:
    """The host in lower-case ASCII: UTS 46, not transitional, no trailing dot, no brackets.

    Raises OutboundError("bad_url") for what is neither a DNS name nor an address in its one
    canonical form.
    """
    if host.startswith("["):
        return _v6(host[1:-1])
    name = host.removesuffix(".")
    if not 0 < len(name) <= HOST_CHARACTERS:
        raise OutboundError("bad_url", f"the host must have 1 to {HOST_CHARACTERS} characters")
    ascii_name = name.lower() if name.isascii() else _ascii(name)
    labels = ascii_name.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return _v4(ascii_name, written=name)
    if len(ascii_name) > HOST_CHARACTERS or not all(_is_label(label) for label in labels):
        raise OutboundError("bad_url", "the host is not a valid name")
    return ascii_name


def _ascii(name: str) -> str:
    try:
        return idna.encode(name, uts46=True, transitional=False).decode("ascii")
    except UnicodeError as error:
        raise OutboundError("bad_url", "the host is not a valid international name") from error


def _is_label(label: str) -> bool:
    if not _LABEL.fullmatch(label):
        return False
    if not label.startswith("xn--"):
        return True
    try:
        idna.ulabel(label)
    except UnicodeError:
        return False
    return True


def _v4(name: str, *, written: str) -> str:
    # Octal, hexadecimal, short and circled forms mean different addresses to different parsers.
    try:
        address = str(IPv4Address(name))
    except AddressValueError as error:
        raise OutboundError("bad_url", "the host is an unusual form of an address") from error
    if address != written:
        raise OutboundError("bad_url", "the host is an unusual form of an address")
    return address


def _v6(text: str) -> str:
    try:
        address = IPv6Address(text)
    except AddressValueError as error:
        raise OutboundError("bad_url", "the host is not a valid address") from error
    if address.scope_id is not None:
        raise OutboundError("bad_url", "the address has a zone")
    return str(address)


def _encoded(text: str, safe: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", text), safe=f"%:@!$&'()*+,;={safe}")


def _check_policy(target: Target) -> None:
    if target.is_exempt:
        return
    if target.port not in DEFAULT_PORTS.values():
        raise OutboundError("port_refused", f"port {target.port}")
    if is_literal(target.host):
        if not is_public_address(target.host):
            raise OutboundError("address_refused", target.host)
    elif "." not in target.host or target.host.endswith(INTERNAL_SUFFIXES):
        raise OutboundError("address_refused", target.host)


def is_literal(host: str) -> bool:
    """Whether a normal host is an address; no DNS name ends in a number."""
    return ":" in host or host.rpartition(".")[2].isdigit()
