from __future__ import annotations

import itertools
import socket
import threading
from contextlib import ExitStack

import pytest
from pytest_django import Settings

from tests.core.http.conftest import PATIENT, SHORT, SHORT_MS, FakeDns, Serve, failure
from tests.core.http.hostile import OK, Handler, Peer, answers, body
from toolhub.core.http import Limits, OutboundError, get


def test_f01_it_names_a_refused_connection(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    settings.OUTBOUND_ALLOWED_HOSTS = {f"127.0.0.1:{port}"}
    error = failure(f"http://127.0.0.1:{port}/")
    assert (error.code, error.retryable) == ("connect_refused", True)


def test_f02_it_gives_up_connecting_to_a_black_hole(settings: Settings) -> None:
    with ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        address = listener.getsockname()
        # Linux drops further SYNs once the queue of a listener that never accepts is full.
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(address)
        settings.OUTBOUND_ALLOWED_HOSTS = {f"127.0.0.1:{address[1]}"}
        error = failure(f"http://127.0.0.1:{address[1]}/", SHORT)
    assert (error.code, error.retryable) == ("connect_timeout", True)
    assert 150 <= error.elapsed_ms <= SHORT_MS


def head_then_drip(head: bytes, piece: bytes) -> Handler:
    def handle(peer: Peer) -> None:
        peer.send(head)
        peer.drip(itertools.repeat(piece))

    return handle


DRIPPED = {
    "f03_no_answer": lambda peer: peer.wait(),
    "f04_status_line": head_then_drip(b"HTTP/1.1 200 ", b"O"),
    "f05_header": head_then_drip(OK + b"X-A: ", b"a"),
    "f05_headers": head_then_drip(OK, b"X-A: a\r\n"),
    "f06_body_with_length": head_then_drip(OK + b"Content-Length: 90000\r\n\r\n", b"a"),
    "f06_body_until_close": head_then_drip(OK + b"\r\n", b"a"),
    "f06_zipped_body": head_then_drip(
        OK + b"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x08\0\0\0\0\0\0", b"a"
    ),
    "f07_chunk_size": head_then_drip(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"0"),
    "f07_chunk_extension": head_then_drip(OK + b"Transfer-Encoding: chunked\r\n\r\n1;", b"a"),
    "f07_chunks": head_then_drip(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
    "f07_trailers": head_then_drip(
        OK + b"Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n", b"X-A: a\r\n"
    ),
    "f32_interim": head_then_drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
}


@pytest.mark.parametrize("handler", DRIPPED.values(), ids=DRIPPED.keys())
def test_f03_to_f07_it_keeps_the_deadline_whatever_is_dripped(
    serve: Serve, handler: Handler
) -> None:
    error = failure(serve(handler).url(), SHORT)
    assert (error.code, error.retryable) == ("deadline", True)
    assert 250 <= error.elapsed_ms <= SHORT_MS


def test_f06_the_deadline_spans_all_redirects(serve: Serve) -> None:
    def handle(peer: Peer) -> None:
        peer.wait(0.1)
        hop = len(server.requests)
        peer.send(body(b"", b"Location: /%d" % hop, status=b"302 Found"))

    server = serve(handle)
    error = failure(server.url(), SHORT)
    assert error.code == "deadline"
    assert error.elapsed_ms <= SHORT_MS


def reset_after(data: bytes) -> Handler:
    def handle(peer: Peer) -> None:
        peer.send(data)
        peer.wait(0.05)
        peer.reset()

    return handle


def test_f08_a_reset_in_the_body_truncates(serve: Serve) -> None:
    error = failure(serve(reset_after(OK + b"Content-Length: 100\r\n\r\nabc")).url())
    assert (error.code, error.retryable) == ("truncated", True)


def test_f08_a_reset_at_once_is_named(serve: Serve) -> None:
    server = serve(lambda peer: peer.reset(), reads_request=False)
    assert {failure(server.url()).code for _ in range(10)} == {"reset"}


def test_f08_a_reset_before_the_answer_is_named(serve: Serve) -> None:
    assert failure(serve(reset_after(b"")).url()).code == "reset"


@pytest.mark.parametrize(
    "data",
    [
        OK + b"Content-Length: 100\r\n\r\nabc",
        OK + b"Content-Length: 100\r\n\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nabc",
        OK + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\n",
        OK + b"Content-Ty",
        OK + b"Content-Type: text/plain\r\n",
        OK,
        b"HTTP/1.1 200 OK",
    ],
)
def test_f09_an_early_end_truncates(serve: Serve, data: bytes) -> None:
    error = failure(serve(answers(data)).url())
    assert (error.code, error.retryable) == ("truncated", True)


def test_f09_an_end_without_any_answer_is_a_reset(serve: Serve) -> None:
    error = failure(serve(answers()).url())
    assert (error.code, error.retryable) == ("reset", True)


def test_f14_it_falls_back_from_a_broken_address(serve: Serve, dns: FakeDns) -> None:
    dns.names["feed.example.org"] = ["::1", "127.0.0.1"]
    server = serve(answers(body(b"fine")), "feed.example.org")
    assert get(server.url(host="feed.example.org"), limits=PATIENT).body == b"fine"


@pytest.mark.allow_hosts(["127.0.0.1", "::2", "::3", "::4", "::5", "::6"])
def test_f14_it_reaches_the_other_family_second(serve: Serve, dns: FakeDns) -> None:
    dns.names["feed.example.org"] = ["::2", "::3", "::4", "::5", "::6", "127.0.0.1"]
    server = serve(answers(body(b"fine")), "feed.example.org")
    limits = Limits(connect_seconds=1, total_seconds=2)
    assert get(server.url(host="feed.example.org"), limits=limits).body == b"fine"


@pytest.mark.allow_hosts(["255.255.255.255"])
def test_it_names_an_unreachable_address(dns: FakeDns, settings: Settings) -> None:
    settings.OUTBOUND_ALLOWED_HOSTS = {"feed.example.org:80"}
    dns.names["feed.example.org"] = ["255.255.255.255"]
    error = failure("http://feed.example.org/")
    assert (error.code, error.retryable) == ("connect_failed", True)


def test_a_server_that_reads_nothing_keeps_the_deadline(serve: Serve) -> None:
    server = serve(lambda peer: peer.wait(), reads_request=False)
    with pytest.raises(OutboundError) as caught:
        get(server.url(), headers={"X-A": "a" * 20_000_000}, limits=SHORT)
    assert caught.value.code == "deadline"


def test_it_starts_nothing_after_the_deadline() -> None:
    assert failure("https://example.org/", Limits(total_seconds=0)).code == "deadline"


def test_f20_it_ignores_the_environment(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere")
    home = tmp_path_factory.mktemp("home")
    (home / ".netrc").write_text("machine 127.0.0.1 login alice password secret\n")
    monkeypatch.setenv("HOME", str(home))
    server = serve(answers(body(b"fine")))
    assert get(server.url(), limits=PATIENT).body == b"fine"
    assert b"authorization" not in server.requests[0].lower()


def test_it_serves_64_threads_at_once(serve: Serve) -> None:
    def echo(peer: Peer) -> None:
        peer.wait(0.1)
        peer.send(body(peer.request.split()[1]))

    server = serve(echo)
    found: dict[int, bytes] = {}

    def ask(number: int) -> None:
        limits = Limits(total_seconds=10)
        found[number] = get(server.url(f"/{number}"), limits=limits).body

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(64)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: b"/%d" % number for number in range(64)}


def test_f50_it_never_reuses_a_connection(serve: Serve) -> None:
    forged = body(b"forged")
    server = serve(answers(body(b"mine", b"Connection: keep-alive"), forged))
    assert [get(server.url(), limits=PATIENT).body for _ in range(3)] == [b"mine"] * 3
    assert server.accepted == 3
    assert b"Connection: close" in server.requests[0]
