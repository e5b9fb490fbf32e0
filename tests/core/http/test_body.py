from __future__ import annotations

import resource
import time
import zlib

import pytest

from tests.core.http.conftest import PATIENT, Serve, failure
from tests.core.http.hostile import OK, Handler, Peer, answers, body, zipped
from toolhub.core.http import Limits, get

CONTENT = b'{"name": "tool"}' * 100
GZIP = b"Content-Encoding: gzip"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


def endless(head: bytes, piece: bytes) -> Handler:
    def handle(peer: Peer) -> None:
        peer.send(head)
        while True:
            peer.send(piece)

    return handle


@pytest.mark.parametrize(
    "handler",
    [
        answers(OK + b"Content-Length: 10000000000\r\n\r\n"),
        endless(OK + b"\r\n", b"a" * 65_536),
    ],
)
def test_f38_it_cuts_a_huge_body(serve: Serve, handler: Handler) -> None:
    server = serve(handler)
    started = time.thread_time()
    error = failure(server.url())
    assert (error.code, error.retryable) == ("too_large", False)
    assert time.thread_time() - started < 0.1


def test_f38_a_body_of_exactly_the_limit_passes(serve: Serve) -> None:
    server = serve(answers(body(b"a" * 100_000)))
    assert len(get(server.url(), limits=PATIENT).body) == 100_000


def test_f38_one_byte_more_does_not(serve: Serve) -> None:
    assert failure(serve(answers(OK, b"\r\n", b"a" * 100_001)).url()).code == "too_large"


def test_f39_it_cuts_an_endless_chunked_body(serve: Serve) -> None:
    server = serve(endless(CHUNKED, b"1000\r\n" + b"a" * 4096 + b"\r\n"))
    assert failure(server.url()).code == "too_large"


def test_f39_it_cuts_an_endless_chunk(serve: Serve) -> None:
    assert failure(serve(endless(CHUNKED + b"-1\r\n", b"a" * 4096)).url()).code == "too_large"


@pytest.mark.parametrize("head", [b"1;" + b"x" * 60_000 + b"\r\na\r\n", b"0\r\n"])
def test_f39_it_cuts_what_is_not_body_too(serve: Serve, head: bytes) -> None:
    repeated = head if head[0:1] == b"1" else b"X-A: " + b"a" * 4096 + b"\r\n"
    assert failure(serve(endless(CHUNKED + head, repeated)).url()).code == "too_large"


def test_f39_it_gives_up_on_tiny_chunks(serve: Serve) -> None:
    server = serve(endless(CHUNKED, b"1\r\na\r\n" * 10_000))
    limits = Limits(total_seconds=10, body_bytes=1_000_000)
    assert failure(server.url(), limits).code == "bad_http"


def test_f40_it_cuts_a_gzip_bomb_with_flat_memory(serve: Serve) -> None:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    first, megabyte = (
        squeeze.compress(bytes(1_000_000)) + squeeze.flush(zlib.Z_FULL_FLUSH) for _ in range(2)
    )
    bomb = first + megabyte * 511
    server = serve(answers(body(bomb, GZIP)))
    before_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    error = failure(server.url(), Limits(total_seconds=5))
    grown_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kb
    assert (error.code, error.retryable) == ("too_large", False)
    assert grown_kb < 20_000


def test_f41_it_decodes_one_layer_only(serve: Serve) -> None:
    nested = CONTENT
    for _ in range(10):
        nested = zipped(nested)
    response = get(serve(answers(body(nested, GZIP))).url(), limits=PATIENT)
    assert response.body[:2] == b"\x1f\x8b"


@pytest.mark.parametrize(
    "header",
    [
        b"br",
        b"zstd",
        b"bogus",
        b"compress",
        b"gzip, gzip",
        b"gzip, br",
        b", ".join([b"gzip"] * 200),
        b"gzip\r\nContent-Encoding: gzip",
    ],
)
def test_f42_it_refuses_other_encodings(serve: Serve, header: bytes) -> None:
    server = serve(answers(body(zipped(CONTENT), b"Content-Encoding: " + header)))
    error = failure(server.url())
    assert (error.code, error.retryable) == ("bad_encoding", False)
    assert b"Accept-Encoding: gzip, identity" in server.requests[0]


@pytest.mark.parametrize(
    "data",
    [
        b"\x1f\x8b" + b"\xff" * 50,
        b"not gzip at all",
        zipped(CONTENT)[:-9],
        zipped(CONTENT)[:-1],
        zipped(CONTENT)[:-8] + bytes(8),
        zipped(CONTENT) + b"junk",
        zipped(CONTENT) + zipped(CONTENT),
        zipped(CONTENT)[:5],
    ],
)
def test_f43_it_names_broken_gzip(serve: Serve, data: bytes) -> None:
    assert failure(serve(answers(body(data, GZIP))).url()).code == "bad_encoding"


def bare_deflate(content: bytes) -> bytes:
    squeeze = zlib.compressobj(wbits=-15)
    return squeeze.compress(content) + squeeze.flush()


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        (b"gzip", zipped(CONTENT)),
        (b"X-GZIP", zipped(CONTENT)),
        (b"identity, gzip", zipped(CONTENT)),
        (b"deflate", zlib.compress(CONTENT)),
        (b"deflate", bare_deflate(CONTENT)),
        (b"identity", CONTENT),
        (b"", CONTENT),
    ],
)
def test_it_decodes(serve: Serve, encoding: bytes, data: bytes) -> None:
    server = serve(answers(body(data, b"Content-Encoding: " + encoding)))
    assert get(server.url(), limits=PATIENT).body == CONTENT


def test_it_decodes_gzip_that_arrives_in_pieces(serve: Serve) -> None:
    data = zipped(CONTENT)
    chunks = b"".join(b"1\r\n%b\r\n" % data[i : i + 1] for i in range(len(data)))
    head = OK + GZIP + b"\r\nTransfer-Encoding: chunked\r\n\r\n"
    server = serve(answers(head, chunks, b"0\r\n\r\n"))
    assert get(server.url(), limits=PATIENT).body == CONTENT


def test_no_body_at_all_is_no_broken_gzip(serve: Serve) -> None:
    assert get(serve(answers(body(b"", GZIP))).url(), limits=PATIENT).body == b""
