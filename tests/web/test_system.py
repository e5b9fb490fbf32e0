from __future__ import annotations

import json

import pytest
from django.test import Client

REPORT = {"csp-report": {"blocked-uri": "https://evil.example/", "line-number": "x"}}


def post(client: Client, body: bytes | str) -> int:
    return client.post("/csp-report", body, content_type="application/csp-report").status_code


def test_it_tells_that_it_is_alive(client: Client) -> None:
    response = client.get("/healthz")
    assert response.json() == {"status": "OK"}
    assert client.post("/healthz").status_code == 405


def test_it_has_an_icon_where_browsers_look(client: Client) -> None:
    response = client.get("/favicon.ico")
    assert response.status_code == 302
    assert response["Location"].endswith(".svg")


class TestCspReport:
    def test_it_logs_what_was_violated(
        self, client: Client, caplog: pytest.LogCaptureFixture
    ) -> None:
        assert post(client, json.dumps(REPORT)) == 204
        assert "https://evil.example/" in caplog.text

    def test_it_keeps_strangers_from_writing_lines(
        self, client: Client, caplog: pytest.LogCaptureFixture
    ) -> None:
        report = {"csp-report": {"blocked-uri": "a\nERROR all is lost", "other": "b"}}
        assert post(client, json.dumps(report)) == 204
        assert caplog.messages[0].count("\n") == 0
        assert "other" not in caplog.text

    def test_it_is_silent_about_extensions(
        self, client: Client, caplog: pytest.LogCaptureFixture
    ) -> None:
        report = {"csp-report": {"source-file": "moz-extension://1"}}
        assert post(client, json.dumps(report)) == 204
        assert not caplog.messages

    @pytest.mark.parametrize(
        "body", ["{", "5", "null", "[]", "{}", '{"csp-report": 1}', b"\xff\xfe", ""]
    )
    def test_it_refuses_what_is_no_report(self, client: Client, body: bytes | str) -> None:
        assert post(client, body) == 400

    def test_it_takes_an_empty_report(self, client: Client) -> None:
        assert post(client, '{"csp-report": {}}') == 204

    def test_it_refuses_what_is_too_long(self, client: Client) -> None:
        assert post(client, "x" * 8193) == 413

    def test_it_is_named_in_the_policy(self, client: Client) -> None:
        assert "report-uri /csp-report" in client.get("/about")["Content-Security-Policy"]
