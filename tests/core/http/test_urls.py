from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from tests.core.http.conftest import failure
from toolhub.core.http import OutboundError, check_url


def refused(url: str) -> str:
    with pytest.raises(OutboundError) as caught:
        check_url(url)
    return caught.value.code


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "//example.org/",
        "http:/x",
        "http:x",
        "http://",
        "http:///x",
        "http://:8080",
        "https://example.org:99999/",
        "https://example.org:0/",
        "https://example.org:-1/",
        "https://example.org:8x/",
        "https://example.org:٤٤٣/",
        "https://a@example.org/",
        "https://a:b@example.org/",
        "https://example.org\\@evil.example/",
        " https://example.org/",
        "https://example.org/ ",
        "https://example.org/a b",
        "https://exa mple.org/",
        "https://example.org/\r\nHost: evil.example",
        "https://example.org/\t",
        "https://example.org/\x00",
        "https://example.org/\ud800",
        "https://" + "a" * 64 + ".org/",
        "https://" + "a." * 130 + "org/",
        "https://example..org/",
        "https://example.org../",
        "https://.example.org/",
        "https://-example.org/",
        "https://exam%70le.org/",
        "https://exam'ple.org/",
        "https://[::1/",
        "https://[fe80::1%25eth0]/",
        "https://[fe80::1%eth0]/",
        "https://[example.org]/",
        "https://example.org/" + "x" * 5000,
    ],
)
def test_f44_it_refuses_malformed_urls(url: str) -> None:
    assert refused(url) == "bad_url"


def test_f44_it_refuses_malformed_urls_when_fetching_too() -> None:
    assert failure("https://a@example.org/").code == "bad_url"


@pytest.mark.parametrize(
    "host",
    [
        "0177.1", "0x7f.1", "2130706433", "127.1", "0", "①②⑦.0.0.1", "①.①.①.①", "0177.0.0.1",
        "0x7f000001", "1.2.3.4.5", "256.1.1.1", "1.1.1.01", "1.1.1.0x1", "8.8.8.", "example.1",
        "127。0。0。1", "0x", "00000000000000000000000000000001",
    ],
)  # fmt: skip
def test_f45_it_refuses_unusual_forms_of_addresses(host: str) -> None:
    assert refused(f"http://{host}/") == "bad_url"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "10.1.2.3", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104
        "[::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "[fd00:ec2::254]", "127.0.0.1.",
        "localhost", "localhost.", "intranet", "db.local", "metadata.google.internal", "a.localhost",
    ],
)  # fmt: skip
def test_f45_it_refuses_hosts_that_are_not_public(host: str) -> None:
    assert refused(f"http://{host}/") == "address_refused"


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("HTTPS://Example.ORG", "https://example.org/"),
        ("https://example.org./x", "https://example.org/x"),
        ("https://example.org:443/x", "https://example.org/x"),
        ("https://example.org:/x", "https://example.org/x"),
        ("http://example.org:80", "http://example.org/"),
        ("http://example.org:443", "http://example.org:443/"),
        ("https://example.org?a=b#c", "https://example.org/?a=b"),
        ("https://example.org/a%20b/%zz/ä?q=ö", "https://example.org/a%20b/%25zz/%C3%A4?q=%C3%B6"),
        ("https://my_tool.example.org/~a/", "https://my_tool.example.org/~a/"),
        ("https://r3---sn.example.org/", "https://r3---sn.example.org/"),
        ("https://8.8.8.8/", "https://8.8.8.8/"),
        ("https://[2620:0:0861:ED1A::1]/", "https://[2620:0:861:ed1a::1]/"),
    ],
)
def test_it_normalises(url: str, normal: str) -> None:
    assert check_url(url) == normal
    assert check_url(normal) == normal


@pytest.mark.parametrize(
    ("host", "normal"),
    [
        ("bücher.example", "xn--bcher-kva.example"),
        ("BÜCHER.example", "xn--bcher-kva.example"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("faß.example", "xn--fa-hia.example"),
        ("βόλος.example", "xn--nxasmm1c.example"),
        ("пример.example", "xn--e1afmkfd.example"),
        ("p\N{CYRILLIC SMALL LETTER A}ypal.example", "xn--pypal-4ve.example"),
        ("example。org", "example.org"),
        ("ｅｘａｍｐｌｅ.org", "example.org"),
    ],
)
def test_f46_it_normalises_international_names_once(host: str, normal: str) -> None:
    assert check_url(f"https://{host}/") == f"https://{normal}/"


@pytest.mark.parametrize(
    "host",
    [
        "xn--a.example",
        "xn--.example",
        "xn--a-ecp.ru\N{ZERO WIDTH JOINER}",
        "a\u0338b..ü",
        "☃\u200d",
    ],
)
def test_f46_it_refuses_invalid_international_names(host: str) -> None:
    assert refused(f"https://{host}/") == "bad_url"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://example.org/",
    ],
)
def test_it_refuses_other_schemes(url: str) -> None:
    assert refused(url) == "scheme_refused"


@pytest.mark.parametrize("port", [22, 25, 3306, 6379, 8080, 65535])
def test_f25_it_refuses_other_ports(port: int) -> None:
    assert refused(f"https://example.org:{port}/") == "port_refused"


def test_an_exempt_host_and_port_pass_together_only(settings: Settings) -> None:
    settings.OUTBOUND_ALLOWED_HOSTS = {"127.0.0.1:8801", "[::1]:8801"}
    assert check_url("http://127.0.0.1:8801") == "http://127.0.0.1:8801/"
    assert check_url("http://[::1]:8801") == "http://[::1]:8801/"
    assert refused("http://127.0.0.1:8802") == "port_refused"
    assert refused("http://127.0.0.1/") == "address_refused"


@hypothesis_settings(deadline=None)
@given(st.text(alphabet=st.characters(codec=None), max_size=60))
def test_it_knows_only_named_refusals(text: str) -> None:
    for url in (text, f"https://{text}", f"https://example.org{text}"):
        try:
            normal = check_url(url)
        except OutboundError:
            continue
        assert normal.isascii()
        assert check_url(normal) == normal
