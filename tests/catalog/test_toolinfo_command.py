from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command

GOOD = {"name": "a", "title": "A", "description": "d", "url": "https://example.org/"}
BAD = '[\n {"name": "b", "title": "B", "description": "d", "url": "example.org", "keywords": ["x"]}\n]'


def check(source: object, *options: str) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("toolinfo", "check", str(source), *options, stdout=out)
    except SystemExit as stop:
        return int(stop.code or 0), out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    return tmp_path / "toolinfo.json"


def test_it_passes_a_valid_file(feed: Path) -> None:
    feed.write_text(json.dumps(GOOD))
    assert check(feed) == (0, "1 tool, 1 can be listed. 0 errors, 0 warnings.\n")


def test_it_prints_where_each_finding_is(feed: Path) -> None:
    feed.write_text(BAD)
    code, output = check(feed)
    assert code == 1
    url, keywords, total = output.splitlines()
    assert url == (
        f"{feed}:2:57  error  /0/url  Start the address with https://. "
        "It was read as “https://example.org”. (url_no_scheme)"
    )
    assert keywords == (
        f"{feed}:2:84  error  /0/keywords  keywords takes one text with commas. "
        "Write “x”. (keywords_list)"
    )
    assert total == "1 tool, 1 can be listed. 2 errors, 0 warnings."


def test_it_prints_json(feed: Path) -> None:
    feed.write_text(json.dumps([GOOD, GOOD | {"zzz": 1}]))
    code, output = check(feed, "--json")
    document = json.loads(output)
    assert code == 1
    assert document.keys() == {"records", "errors"}
    assert document["records"][0] == {
        "index": 0,
        "name": "a",
        "valid": True,
        "accepted": True,
        "errors": [],
        "warnings": [],
    }
    [error], [warning] = document["records"][1]["errors"], document["records"][1]["warnings"]
    assert error.keys() == {"pointer", "code", "message", "line", "column"}
    assert (error["code"], warning["pointer"]) == ("duplicate_name", "/1/zzz")


def test_it_fails_a_file_that_is_not_json(feed: Path) -> None:
    feed.write_text("[1,]")
    code, output = check(feed, "--json")
    document = json.loads(output)
    assert (code, document["records"]) == (1, [])
    assert document["errors"][0]["code"] == "json_trailing_comma"


def test_it_cannot_be_made_to_write_terminal_controls(feed: Path) -> None:
    feed.write_text(json.dumps(GOOD | {"\x1b[31m": 1}))
    assert "\x1b" not in check(feed)[1]


def test_it_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(json.dumps(GOOD).encode()))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert check("-")[0] == 0


def test_it_exits_with_two_when_there_is_nothing_to_read(tmp_path: Path) -> None:
    for source in (tmp_path / "missing.json", tmp_path, "\0"):
        with pytest.raises(CommandError) as caught:
            check(source)
        assert caught.value.returncode == 2


class OutboundError(Exception):
    code = "dns"
    message = "No such host."


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Stands in for the outbound client, which has its own tests and real servers."""
    given = SimpleNamespace(status=200, body=json.dumps(GOOD).encode(), charset=None, fails=False)

    def get(_url: str) -> Any:
        if given.fails:
            raise OutboundError
        return given

    client = ModuleType("toolhub.core.http")
    client.get = get  # type: ignore[attr-defined]
    client.OutboundError = OutboundError  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "toolhub.core.http", client)
    monkeypatch.setattr("toolhub.core.http", client, raising=False)
    return given


def test_it_fetches_an_address(answer: SimpleNamespace) -> None:
    answer.body = json.dumps(GOOD | {"title": "é"}, ensure_ascii=False).encode("latin-1")
    answer.charset = "latin-1"
    assert check("https://example.org/toolinfo.json")[0] == 0


@pytest.mark.parametrize(("change", "reason"), [({"status": 404}, "404"), ({"fails": True}, "dns")])
def test_it_exits_with_two_when_the_address_does_not_answer(
    answer: SimpleNamespace, change: dict[str, Any], reason: str
) -> None:
    vars(answer).update(change)
    with pytest.raises(CommandError, match=reason) as caught:
        check("https://example.org/toolinfo.json")
    assert caught.value.returncode == 2
