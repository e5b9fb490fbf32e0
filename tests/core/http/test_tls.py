from __future__ import annotations

import os
import ssl
import warnings
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

pytest.importorskip("cryptography", reason="the TLS tests make certificates with cryptography")

from tests.core.http.certificates import DAY, Authority
from tests.core.http.conftest import PATIENT, SHORT, SHORT_MS, FakeDns, Serve, failure
from tests.core.http.hostile import OK, Peer, answers, body, redirect
from toolhub.core.http import OutboundError, get

HOST = "feed.example.org"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority.create(tmp_path_factory.mktemp("authority"))


@pytest.fixture(autouse=True)
def _trusted(authority: Authority, settings: Settings, dns: FakeDns) -> None:
    settings.OUTBOUND_CA_BUNDLE = str(authority.bundle)
    dns.names[HOST] = ["127.0.0.1"]


def refusal(serve: Serve, context: ssl.SSLContext) -> OutboundError:
    server = serve(answers(body(b"secret")), HOST, context=context)
    error = failure(server.url(host=HOST))
    assert not error.retryable
    assert server.requests == []
    assert server.accepted == 1, "it must not be tried again, verified or not"
    return error


def test_it_fetches_over_verified_tls(serve: Serve, authority: Authority) -> None:
    context = authority.context(HOST)
    names: list[str | None] = []
    context.sni_callback = lambda _sock, name, _context: names.append(name)
    server = serve(answers(body(b"fine")), HOST, context=context)
    assert get(server.url(host=HOST), limits=PATIENT).body == b"fine"
    assert names == [HOST]


def test_f15_it_refuses_an_expired_certificate(serve: Serve, authority: Authority) -> None:
    context = authority.context(HOST, starts=-2 * DAY, ends=-DAY)
    assert refusal(serve, context).code == "tls_expired"


def test_f15_it_refuses_a_certificate_from_the_future(serve: Serve, authority: Authority) -> None:
    context = authority.context(HOST, starts=timedelta(hours=1))
    assert refusal(serve, context).code == "tls_not_yet_valid"


def test_f15_it_refuses_a_self_signed_certificate(serve: Serve, authority: Authority) -> None:
    assert refusal(serve, authority.context(HOST, self_signed=True)).code == "tls_self_signed"


def test_f15_it_refuses_a_certificate_for_another_host(serve: Serve, authority: Authority) -> None:
    assert refusal(serve, authority.context("other.example.org")).code == "tls_wrong_host"


def test_f15_it_refuses_an_unknown_authority(serve: Serve, tmp_path: Path) -> None:
    stranger = Authority.create(tmp_path, "Another authority")
    assert refusal(serve, stranger.context(HOST)).code == "tls_untrusted"


def test_f15_it_refuses_the_address_of_a_certified_name(serve: Serve, authority: Authority) -> None:
    server = serve(answers(body(b"fine")), context=authority.context(HOST))
    assert failure(server.url()).code == "tls_wrong_host"


def test_f16_a_stalled_handshake_keeps_the_deadline(serve: Serve) -> None:
    server = serve(lambda peer: peer.wait(), HOST, reads_request=False)
    error = failure(server.url(host=HOST).replace("http:", "https:"), SHORT)
    assert (error.code, error.retryable) == ("deadline", True)
    assert error.elapsed_ms <= SHORT_MS


def test_f16_a_dripped_handshake_keeps_the_deadline(serve: Serve) -> None:
    # The start of a record of type 22 (handshake) that promises 16 KB.
    record = b"\x16\x03\x03\x40\x00" + bytes(1000)
    server = serve(
        lambda peer: peer.drip(record[i : i + 1] for i in range(len(record))),
        HOST,
        reads_request=False,
    )
    error = failure(server.url(host=HOST).replace("http:", "https:"), SHORT)
    assert error.code == "deadline"
    assert error.elapsed_ms <= SHORT_MS


def test_f06_a_dripped_body_keeps_the_deadline_over_tls(serve: Serve, authority: Authority) -> None:
    def handle(peer: Peer) -> None:
        peer.send(OK + b"Content-Length: 9000\r\n\r\n")
        peer.drip([b"a"] * 9000)

    server = serve(handle, HOST, context=authority.context(HOST))
    error = failure(server.url(host=HOST), SHORT)
    assert error.code == "deadline"
    assert error.elapsed_ms <= SHORT_MS


@pytest.mark.parametrize("head", [b"", OK + b"Content-Length: 9000\r\n\r\nabc"])
def test_it_names_tls_that_breaks_later(serve: Serve, authority: Authority, head: bytes) -> None:
    def handle(peer: Peer) -> None:
        peer.send(head)
        peer.wait(0.05)
        os.write(peer.sock.fileno(), b"no TLS record at all")

    server = serve(handle, HOST, context=authority.context(HOST))
    assert failure(server.url(host=HOST)).code == "tls_failed"


def test_f17_it_refuses_outdated_tls(serve: Serve, authority: Authority) -> None:
    context = authority.context(HOST)
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1
    assert refusal(serve, context).code == "tls_too_old"


def test_it_names_plain_http_where_tls_was_due(serve: Serve) -> None:
    server = serve(answers(b"HTTP/1.1 400 Bad Request\r\n\r\n"), HOST, reads_request=False)
    assert failure(server.url(host=HOST).replace("http:", "https:")).code == "tls_failed"


def test_it_names_a_connection_closed_in_the_handshake(serve: Serve) -> None:
    def handle(peer: Peer) -> None:
        peer.wait(0.1)
        peer.reset()

    server = serve(handle, HOST, reads_request=False)
    assert failure(server.url(host=HOST).replace("http:", "https:")).code == "tls_failed"


def test_f23_it_refuses_a_redirect_from_https_to_http(serve: Serve, authority: Authority) -> None:
    plain = serve(answers(body(b"fine")))
    handler = answers(redirect(plain.url().encode()))
    secure = serve(handler, HOST, context=authority.context(HOST))
    assert failure(secure.url(host=HOST)).code == "redirect_refused"
    assert plain.accepted == 0


def test_it_follows_a_redirect_from_http_to_https(serve: Serve, authority: Authority) -> None:
    secure = serve(answers(body(b"fine")), HOST, context=authority.context(HOST))
    plain = serve(answers(redirect(secure.url(host=HOST).encode())))
    response = get(plain.url(), limits=PATIENT)
    assert (response.url, response.redirected) == (secure.url(host=HOST), True)


def test_f20_the_environment_chooses_no_authorities(
    serve: Serve, authority: Authority, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.OUTBOUND_CA_BUNDLE = ""
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"):
        monkeypatch.setenv(name, str(authority.bundle))
    assert refusal(serve, authority.context(HOST)).code == "tls_untrusted"


def test_it_says_when_our_own_bundle_is_missing(
    serve: Serve, authority: Authority, settings: Settings
) -> None:
    settings.OUTBOUND_CA_BUNDLE = "/nowhere/authorities.pem"
    server = serve(answers(body(b"fine")), HOST, context=authority.context(HOST))
    error = failure(server.url(host=HOST))
    assert (error.code, error.retryable) == ("misconfigured", True)
