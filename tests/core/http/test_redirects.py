from __future__ import annotations

import pytest

from tests.core.http.conftest import PATIENT, Serve, failure
from tests.core.http.hostile import Peer, answers, body, redirect
from toolhub.core.http import get


@pytest.mark.parametrize("status", [b"301 x", b"302 x", b"303 x", b"307 x", b"308 x"])
def test_it_follows_redirects(serve: Serve, status: bytes) -> None:
    end = serve(answers(body(b"fine")))
    start = serve(answers(redirect(end.url("/ä?b=c").encode(), status=status)))
    response = get(start.url(), limits=PATIENT)
    assert (response.body, response.redirected) == (b"fine", True)
    assert response.url == end.url("/%C3%A4?b=c")


def test_it_follows_relative_redirects(serve: Serve) -> None:
    def handle(peer: Peer) -> None:
        is_end = b"GET /b/d " in peer.request
        peer.send(body(b"fine") if is_end else redirect(b"../b/d"))

    server = serve(handle)
    assert get(server.url("/a/c"), limits=PATIENT).url == server.url("/b/d")


def test_f21_it_names_a_loop(serve: Serve) -> None:
    def handle(peer: Peer) -> None:
        peer.send(redirect(b"/b" if b"GET /a " in peer.request else b"/a"))

    server = serve(handle)
    error = failure(server.url("/a"))
    assert (error.code, error.retryable) == ("redirect_loop", False)
    assert server.accepted == 2


def test_f21_it_stops_after_five_redirects(serve: Serve) -> None:
    server = serve(lambda peer: peer.send(redirect(b"/%d" % len(server.requests))))
    assert failure(server.url()).code == "too_many_redirects"
    assert server.accepted == 6


@pytest.mark.parametrize(
    "location",
    [
        b"http://127.0.0.1/",
        b"http://10.0.0.1/",
        b"http://[::ffff:127.0.0.1]/",
        b"http://[::1]/",
        b"http://169.254.169.254/latest/meta-data/",
        b"http://metadata.google.internal/",
        b"//192.168.1.1/",
    ],
)
def test_f22_it_refuses_a_redirect_to_a_private_address(serve: Serve, location: bytes) -> None:
    assert failure(serve(answers(redirect(location))).url()).code == "address_refused"


@pytest.mark.parametrize(
    "location",
    [
        b"file:///etc/passwd",
        b"data:text/plain,x",
        b"gopher://example.org/",
        b"ftp://example.org/",
        b"javascript:alert(1)",
    ],
)
def test_f24_it_refuses_a_redirect_to_another_scheme(serve: Serve, location: bytes) -> None:
    assert failure(serve(answers(redirect(location))).url()).code == "scheme_refused"


@pytest.mark.parametrize("port", [22, 3306, 6379])
def test_f25_it_refuses_a_redirect_to_another_port(serve: Serve, port: int) -> None:
    location = b"http://example.org:%d/" % port
    assert failure(serve(answers(redirect(location))).url()).code == "port_refused"


@pytest.mark.parametrize(
    "answer",
    [
        body(b"", status=b"302 Found"),
        redirect(b""),
        redirect(b"   "),
        redirect(b"/" + b"x" * 50_000),
        redirect(b"/a", b"Location: /b"),
        redirect(b"http://example.org/\xff"),
        redirect(b"http://[::1"),
    ],
)
def test_f26_it_names_an_unusable_location(serve: Serve, answer: bytes) -> None:
    error = failure(serve(answers(answer)).url())
    assert (error.code, error.retryable) == ("bad_redirect", False)


def test_f26_a_location_of_100_kb_is_bounded(serve: Serve) -> None:
    server = serve(answers(redirect(b"/" + b"x" * 100_000)))
    assert failure(server.url()).code == "headers_too_large"


@pytest.mark.parametrize("location", [b"http://a@example.org/", b"\\\\evil.example", b"/a b"])
def test_f44_it_refuses_a_redirect_to_a_bad_url(serve: Serve, location: bytes) -> None:
    assert failure(serve(answers(redirect(location))).url()).code == "bad_url"


@pytest.mark.parametrize("status", [b"300 x", b"304 x", b"305 x"])
def test_it_follows_nothing_else(serve: Serve, status: bytes) -> None:
    response = get(serve(answers(redirect(b"/b", status=status))).url(), limits=PATIENT)
    assert (response.status, response.redirected) == (int(status[:3]), False)


def test_it_reads_no_body_of_a_redirect(serve: Serve) -> None:
    def handle(peer: Peer) -> None:
        if b"GET /end " in peer.request:
            peer.send(body(b"fine"))
            return
        peer.send(b"HTTP/1.1 302 Found\r\nLocation: /end\r\nContent-Length: 9000000\r\n\r\n")
        peer.wait()

    assert get(serve(handle).url(), limits=PATIENT).body == b"fine"
