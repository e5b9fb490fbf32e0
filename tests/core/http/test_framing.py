from __future__ import annotations

import pytest

from tests.core.http.conftest import PATIENT, Serve, failure
from tests.core.http.hostile import OK, Peer, answers, body
from toolhub.core.http import get


@pytest.mark.parametrize("status", [b"204 x", b"206 x", b"304 x", b"404 x", b"503 x", b"999 x"])
def test_f32_any_final_status_is_an_answer(serve: Serve, status: bytes) -> None:
    response = get(serve(answers(body(b"", status=status))).url(), limits=PATIENT)
    assert response.status == int(status[:3])


def test_f32_the_length_of_an_unsent_body_is_no_body(serve: Serve) -> None:
    head = b"HTTP/1.1 304 Not Modified\r\nContent-Length: 9000000\r\n\r\n"
    response = get(serve(answers(head)).url(), limits=PATIENT)
    assert (response.status, response.body) == (304, b"")


def test_f32_it_passes_over_an_interim_answer(serve: Serve) -> None:
    server = serve(answers(b"HTTP/1.1 100 Continue\r\n\r\n", body(b"fine")))
    assert get(server.url(), limits=PATIENT).body == b"fine"


def test_f32_it_bounds_a_flood_of_interim_answers(serve: Serve) -> None:
    server = serve(answers(b"HTTP/1.1 100 Continue\r\n\r\n" * 10_000, body(b"fine")))
    assert failure(server.url()).code == "headers_too_large"


@pytest.mark.parametrize(
    "headers",
    [
        b"X-A: a\r\n" * 1000,
        b"X-A: " + b"a" * 1_000_000 + b"\r\n",
        b"X-A: " + b"a" * 70_000 + b"\r\n",
        (b"X-A: " + b"a" * 1000 + b"\r\n") * 90,
    ],
)
def test_f36_it_bounds_the_headers(serve: Serve, headers: bytes) -> None:
    server = serve(answers(OK, headers, b"Content-Length: 0\r\n\r\n"))
    assert failure(server.url()).code == "headers_too_large"


def test_f36_it_bounds_endless_headers(serve: Serve) -> None:
    def handle(peer: Peer) -> None:
        peer.send(OK + b"X-A: ")
        while True:
            peer.send(b"a" * 65_536)

    assert failure(serve(handle).url()).code == "headers_too_large"


@pytest.mark.parametrize(
    "line", [b"X-A: a\0b", b"X-A: a\x1bb", b"no colon", b": nameless", b" folded from nothing"]
)
def test_f36_it_names_a_broken_header(serve: Serve, line: bytes) -> None:
    server = serve(answers(OK, line, b"\r\nContent-Length: 0\r\n\r\n"))
    assert failure(server.url()).code == "bad_http"


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: -1",
        b"Content-Length: 1e9",
        b"Content-Length: +4",
        b"Content-Length: 4_0",
        b"Content-Length: 0x4",
        b"Content-Length:",
        b"Content-Length: " + b"9" * 5000,
        b"Content-Length: 4\r\nContent-Length: 5",
        b"Content-Length: 4, 5",
        b"Content-Length: 4\r\nTransfer-Encoding: chunked",
        b"Transfer-Encoding: gzip, chunked",
        b"Transfer-Encoding: identity",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        b"Transfer-Encoding: xchunked",
    ],
)
def test_f37_it_names_contradictory_lengths(serve: Serve, headers: bytes) -> None:
    error = failure(serve(answers(OK, headers, b"\r\n\r\n4\r\nbody\r\n0\r\n\r\n")).url())
    assert (error.code, error.retryable) == ("bad_http", False)


def test_f37_a_repeated_equal_length_is_harmless(serve: Serve) -> None:
    server = serve(answers(body(b"fine", b"Content-Length: 4")))
    assert get(server.url(), limits=PATIENT).body == b"fine"


@pytest.mark.parametrize("size", [b"x", b"-5", b"4 4", b"", b"0x", b"\xff"])
def test_f37_it_names_a_bad_chunk_size(serve: Serve, size: bytes) -> None:
    head = OK + b"Transfer-Encoding: chunked\r\n\r\n"
    error = failure(serve(answers(head, size, b"\r\nbody\r\n0\r\n\r\n")).url())
    assert error.code == "bad_http"


def test_it_reads_a_chunked_body(serve: Serve) -> None:
    head = OK + b"Transfer-Encoding: Chunked\r\n\r\n"
    server = serve(answers(head, b"2\r\nfi\r\n2;x=y\r\nne\r\n0\r\nX-A: a\r\n\r\n"))
    assert get(server.url(), limits=PATIENT).body == b"fine"


@pytest.mark.parametrize(
    "data",
    [
        b"<html>hello</html>",
        b"<html>\n<body>hello</body>\n</html>\n",
        b"ICY 200 OK\r\n\r\nmusic",
        b"HTTP/2.0 200 OK\r\n\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 42 OK\r\n\r\n",
        b"HTTP/1.1\r\n\r\n",
        b"\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"\x00\xff\xfe\x80" * 500,
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\n\r\n",
        b"HTTP/1.1 103 Early Hints\r\n\r\n" + OK + b"\r\n",
    ],
)
def test_f49_it_names_what_is_not_http(serve: Serve, data: bytes) -> None:
    error = failure(serve(answers(data)).url())
    assert (error.code, error.retryable) == ("bad_http", False)


def test_f49_it_bounds_endless_garbage(serve: Serve) -> None:
    def handle(peer: Peer) -> None:
        while True:
            peer.send(b"\xff" * 65_536)

    assert failure(serve(handle).url()).code == "headers_too_large"
