"""Which addresses may be connected to.

`ipaddress` alone is unsafe: on Python 3.11 `is_global` is true for multicast, NAT64 and 6to4 forms
of loopback, site-local addresses and a cloud's metadata address. Addresses that wrap another one
are refused, not unwrapped.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

_V4_REFUSED: Final = (
    IPv4Network("192.0.0.0/24"),  # protocol assignments, among them a metadata address
    IPv4Network("192.88.99.0/24"),  # 6to4 relays
)
_V6_UNICAST: Final = IPv6Network("2000::/3")
_V6_REFUSED: Final = (
    IPv6Network("2001::/23"),  # protocol assignments, Teredo
    IPv6Network("2001:db8::/32"),  # documentation
    IPv6Network("2002::/16"),  # 6to4
    IPv6Network("3fff::/20"),  # documentation
)

# Wikimedia Cloud Services has a split horizon: inside the cluster these names resolve to private
# addresses of the same web proxies. Only https on 443, so that a certificate proves the name.
SPLIT_HORIZON_SUFFIXES: Final = (".toolforge.org", ".wmcloud.org", ".wmflabs.org")
_SPLIT_HORIZON_NETWORKS: Final = (
    IPv4Network("10.0.0.0/8"),
    IPv4Network("172.16.0.0/12"),
    IPv4Network("192.168.0.0/16"),
)


def is_public_address(ip: str) -> bool:
    """Whether the text is the canonical form of a unicast address of the public internet."""
    try:
        address = ip_address(ip)
    except ValueError:
        return False
    if isinstance(address, IPv4Address):
        return _is_public_v4(address)
    return _is_public_v6(address)


def is_split_horizon(ip: str, *, scheme: str, host: str, port: int) -> bool:
    """Whether a private address is excused because the host is one of the cloud's own names."""
    if (scheme, port) != ("https", 443) or not host.endswith(SPLIT_HORIZON_SUFFIXES):
        return False
    try:
        address = ip_address(ip)
    except ValueError:
        return False
    return isinstance(address, IPv4Address) and any(
        address in network for network in _SPLIT_HORIZON_NETWORKS
    )


def _is_public_v4(address: IPv4Address) -> bool:
    return (
        address.is_global
        and not address.is_multicast
        and not any(address in network for network in _V4_REFUSED)
    )


def _is_public_v6(address: IPv6Address) -> bool:
    return (
        address.scope_id is None
        and address in _V6_UNICAST
        and not any(address in network for network in _V6_REFUSED)
    )
