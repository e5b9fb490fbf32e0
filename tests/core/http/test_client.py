from __future__ import annotations

import re

import pytest
import requests
from pytest_django import Settings

from tests.core.http.conftest import PATIENT, FakeDns, Serve, failure
from tests.core.http.hostile import Peer, answers, body, redirect
from toolhub.core.http import Limits, OutboundError, errors, get
from toolhub.core.http.client import DEFAULT_USER_AGENT
from toolhub.core.http.transport import CheckedAdapter


def test_it_returns_the_answer(serve: Serve) -> None:
    server = serve(answers(body(b"gone", b"ETag: W/1", b"X-A: 1", b"x-a: 2", status=b"410 Gone")))
    response = get(server.url("/a?b"), limits=PATIENT)
    assert (response.status, response.url, response.redirected) == (410, server.url("/a?b"), False)
    assert (response.headers["etag"], response.headers["X-A"]) == ("W/1", "1, 2")
    assert response.body == b"gone"
    assert 0 <= response.elapsed_ms < 500


def test_it_says_who_asks(serve: Serve, settings: Settings) -> None:
    server = serve(answers(body(b"fine")))
    settings.OUTBOUND_USER_AGENT = "Toolhub/9"
    get(server.url("/a?b"), headers={"If-None-Match": '"x"', "accept": "text/*"}, limits=PATIENT)
    head = server.requests[0].decode().split("\r\n")
    assert head[0] == "GET /a?b HTTP/1.1"
    assert {line.lower() for line in head[1:-2]} == {
        f"host: 127.0.0.1:{server.port}",
        "user-agent: toolhub/9",
        'if-none-match: "x"',
        "accept: text/*",
        "accept-encoding: gzip, identity",
        "connection: close",
    }


def test_it_has_a_user_agent_of_its_own(serve: Serve, settings: Settings) -> None:
    server = serve(answers(body(b"fine")))
    del settings.OUTBOUND_USER_AGENT
    get(server.url(), limits=PATIENT)
    assert DEFAULT_USER_AGENT.encode() in server.requests[0]


@pytest.mark.parametrize(
    ("header", "charset"),
    [
        (b"application/json", None),
        (b"application/json; charset=utf-8", "utf-8"),
        (b'text/html;a=b; CHARSET = "ISO-8859-1"', "ISO-8859-1"),
        (b"text/html; charset=", None),
        (b"text/html; charset=\xff", None),
        (b"charset=utf-8", None),
    ],
)
def test_it_reports_the_declared_charset(serve: Serve, header: bytes, charset: str | None) -> None:
    server = serve(answers(body(b"", b"Content-Type: " + header)))
    assert get(server.url(), limits=PATIENT).charset == charset


def test_f48_it_keeps_no_cookie_and_sends_no_credential(serve: Serve) -> None:
    tempting = (
        b"Set-Cookie: session=1; Path=/",
        b'WWW-Authenticate: Basic realm="x"',
        b"Refresh: 0; url=/refreshed",
        b"Link: </preloaded>; rel=preload",
    )

    def handle(peer: Peer) -> None:
        if b"GET /start " in peer.request:
            peer.send(redirect(b"/end", *tempting))
        else:
            peer.send(body(b"", *tempting, status=b"401 Unauthorized"))

    server = serve(handle)
    assert get(server.url("/start"), limits=PATIENT).status == 401
    assert get(server.url("/end"), limits=PATIENT).status == 401
    assert len(server.requests) == 3
    for request in server.requests:
        assert not re.search(rb"\r\n(cookie|authorization):", request.lower())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Cookie", "a=b"),
        ("authorization", "Bearer x"),
        ("Host", "evil.example"),
        ("Accept-Encoding", "br"),
        ("If-None-Match", "a\r\nX-A: b"),
        ("If-None-Match", "a\0"),
        ("If-None-Match", "\N{SNOWMAN}"),
        ("X A", "b"),
        ("", "b"),
    ],
)
def test_it_refuses_to_send_some_headers(serve: Serve, name: str, value: str) -> None:
    server = serve(answers(body(b"")))
    with pytest.raises(OutboundError) as caught:
        get(server.url(), headers={name: value}, limits=PATIENT)
    assert caught.value.code == "bad_request_header"
    assert server.accepted == 0


def test_an_unforeseen_failure_is_named_and_logged(
    dns: FakeDns, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> list[str]:
        raise RuntimeError("nobody thought of this")

    dns.names["feed.example.org"] = fail
    error = failure("https://feed.example.org/")
    assert (error.code, error.retryable) == ("unexpected", True)
    assert "nobody thought of this" in caplog.text


def test_errors_say_how_long_it_took(serve: Serve) -> None:
    server = serve(lambda peer: peer.wait())
    error = failure(server.url(), Limits(total_seconds=0.3))
    assert 250 <= error.elapsed_ms <= 1000


def test_an_error_shows_hostile_text_shortened_and_printable() -> None:
    error = OutboundError("bad_url", "\x1b[31m\r\n\u202e" + "x" * 9000)
    assert error.message.isprintable()
    assert len(error.message) < 400
    assert str(error).startswith("bad_url: The URL is not valid.")


def test_every_code_is_drawn_in_the_tree() -> None:
    drawn = re.findall(r"[├└]── (\w+)", errors.__doc__ or "")
    assert sorted(drawn) == sorted(errors.SENTENCES)
    assert set(drawn) >= errors._RETRYABLE


def test_the_adapter_sends_nothing_that_was_not_checked() -> None:
    request = requests.Request("GET", "http://127.0.0.1/").prepare()
    with pytest.raises(TypeError):
        CheckedAdapter().send(request)
