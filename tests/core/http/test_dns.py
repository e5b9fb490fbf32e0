from __future__ import annotations

import socket
import threading

import pytest

from tests.core.http.conftest import PATIENT, SHORT, SHORT_MS, FakeDns, Serve, failure
from tests.core.http.hostile import answers, body, redirect
from toolhub.core.http import OutboundError, get, resolve, urls
from toolhub.core.http.deadline import Deadline
from toolhub.core.http.resolve import SystemResolver

URL = "https://feed.example.org/toolinfo.json"


@pytest.mark.parametrize(
    ("errno", "code", "retryable"),
    [
        (socket.EAI_NONAME, "dns_not_found", False),
        (socket.EAI_NODATA, "dns_not_found", False),
        (socket.EAI_AGAIN, "dns_failed", True),
        (socket.EAI_FAIL, "dns_failed", True),
    ],
)
def test_f10_it_tells_a_missing_name_from_a_failing_server(
    dns: FakeDns, errno: int, code: str, retryable: bool
) -> None:
    dns.names["feed.example.org"] = socket.gaierror(errno, "")
    error = failure(URL)
    assert (error.code, error.retryable) == (code, retryable)


def test_f10_a_name_without_addresses_is_not_found(dns: FakeDns) -> None:
    dns.names["feed.example.org"] = []
    assert failure(URL).code == "dns_not_found"


def test_f11_silent_name_servers_do_not_hold_up_others(dns: FakeDns, serve: Serve) -> None:
    released = threading.Event()

    def hang() -> list[str]:
        released.wait(10)
        return []

    dns.names["silent.example.org"] = hang
    dns.names["feed.example.org"] = ["127.0.0.1"]
    server = serve(answers(body(b"fine")), "feed.example.org")
    errors: list[OutboundError] = []
    threads = [
        threading.Thread(
            target=lambda: errors.append(failure("https://silent.example.org/", SHORT))
        )
        for _ in range(64)
    ]
    for thread in threads:
        thread.start()
    response = get(server.url(host="feed.example.org"), limits=PATIENT)
    for thread in threads:
        thread.join()
    released.set()
    assert response.body == b"fine"
    assert {error.code for error in errors} == {"dns_timeout"}
    assert len(errors) == 64
    assert max(error.elapsed_ms for error in errors) <= 2 * SHORT_MS


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "169.254.169.254", "::ffff:10.0.0.1"])
def test_f12_one_private_answer_refuses_the_host(dns: FakeDns, address: str) -> None:
    dns.names["feed.example.org"] = ["91.198.174.192", address]
    error = failure(URL)
    assert (error.code, error.retryable) == ("address_refused", False)
    assert address in error.message


def test_the_split_horizon_reaches_the_cloud_from_within(dns: FakeDns) -> None:
    dns.names["hay.toolforge.org"] = ["172.16.0.1"]
    inside = urls.parse("https://hay.toolforge.org/")
    assert resolve.checked_addresses(inside, Deadline(1)) == ["172.16.0.1"]
    assert failure("http://hay.toolforge.org/").code == "address_refused"


def test_f11_it_waits_in_vain_when_all_questions_are_stuck(
    dns: FakeDns, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resolve, "_slots", threading.BoundedSemaphore(1))
    released = threading.Event()

    def hang() -> list[str]:
        released.wait(10)
        return []

    dns.names["silent.example.org"] = hang
    codes = [failure("https://silent.example.org/", SHORT).code for _ in range(2)]
    released.set()
    assert codes == ["dns_timeout", "dns_timeout"]
    assert dns.asked == ["silent.example.org"]
    assert resolve._slots.acquire(timeout=5), "the late answer frees its place"


def test_f13_it_connects_to_the_address_that_was_checked(dns: FakeDns, serve: Serve) -> None:
    replies = iter([["127.0.0.1"], ["127.0.0.2"]])
    dns.names["feed.example.org"] = lambda: next(replies)
    server = serve(answers(body(b"fine")), "feed.example.org")
    assert get(server.url(host="feed.example.org"), limits=PATIENT).body == b"fine"
    assert dns.asked == ["feed.example.org"]
    assert f"host: feed.example.org:{server.port}".encode() in server.requests[0].lower()


def test_f13_it_checks_again_on_each_hop(dns: FakeDns, serve: Serve) -> None:
    dns.names["rebound.example.org"] = ["127.0.0.1"]
    server = serve(answers(redirect(b"http://rebound.example.org/")))
    assert failure(server.url()).code == "address_refused"
    assert server.accepted == 1


def test_it_asks_no_name_server_about_an_address(dns: FakeDns, serve: Serve) -> None:
    get(serve(answers(body(b"fine"))).url(), limits=PATIENT)
    assert dns.asked == []


def test_the_system_resolver_answers_with_addresses() -> None:
    assert SystemResolver().resolve("127.0.0.1", 443) == ["127.0.0.1"]
