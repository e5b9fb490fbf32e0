from __future__ import annotations

import pytest

from toolhub.core.http import is_public_address
from toolhub.core.http.addresses import SPLIT_HORIZON_SUFFIXES, is_split_horizon

UNSAFE = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.8.8.8",  # noqa: S104 - never bound to
    "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1",
    "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1",
    "239.255.255.250", "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1",
    "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1",
    "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254",
    "fe80::1", "fec0::1", "feef::1", "ff02::1", "2620:0:861:ed1a::1%eth0",
]  # fmt: skip

PUBLIC = [
    "91.198.174.192", "185.15.59.224", "208.80.154.224", "198.35.26.96", "8.8.8.8",
    "2620:0:861:ed1a::1", "2a02:ec80:300:ed1a::1", "2001:4860:4860::8888",
]  # fmt: skip


@pytest.mark.parametrize("ip", UNSAFE)
def test_f12_it_refuses_every_address_that_is_not_public(ip: str) -> None:
    assert not is_public_address(ip)


@pytest.mark.parametrize("ip", PUBLIC)
def test_it_accepts_public_addresses(ip: str) -> None:
    assert is_public_address(ip)


@pytest.mark.parametrize("ip", ["", "example.org", "0177.0.0.1", "127.1", "8.8.8.8 ", "[::1]"])
def test_it_refuses_what_is_not_an_address(ip: str) -> None:
    assert not is_public_address(ip)


def test_the_split_horizon_exempts_these_names_only() -> None:
    assert SPLIT_HORIZON_SUFFIXES == (".toolforge.org", ".wmcloud.org", ".wmflabs.org")


@pytest.mark.parametrize(
    ("ip", "scheme", "host", "port", "excused"),
    [
        ("172.16.1.2", "https", "hay.toolforge.org", 443, True),
        ("10.0.0.1", "https", "a.b.wmcloud.org", 443, True),
        ("172.16.1.2", "http", "hay.toolforge.org", 443, False),
        ("172.16.1.2", "https", "hay.toolforge.org", 80, False),
        ("172.16.1.2", "https", "toolforge.org", 443, False),
        ("172.16.1.2", "https", "eviltoolforge.org", 443, False),
        ("172.16.1.2", "https", "tools.wikimedia.cloud", 443, False),
        ("127.0.0.1", "https", "hay.toolforge.org", 443, False),
        ("169.254.169.254", "https", "hay.toolforge.org", 443, False),
        ("::1", "https", "hay.toolforge.org", 443, False),
        ("nonsense", "https", "hay.toolforge.org", 443, False),
    ],
)
def test_the_split_horizon_is_narrow(
    ip: str, scheme: str, host: str, port: int, excused: bool
) -> None:
    assert is_split_horizon(ip, scheme=scheme, host=host, port=port) is excused
