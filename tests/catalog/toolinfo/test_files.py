from __future__ import annotations

from typing import Any

import pytest

from tests.catalog.toolinfo.shared import VALID, body_of
from toolhub.catalog.toolinfo import Finding, normalise_language, parse_file


def only_error(body: bytes, **options: Any) -> Finding:
    parsed = parse_file(body, **options)
    assert parsed.records == ()
    [error] = parsed.errors
    return error


BROKEN = [
    (b"", "empty_file", 1, 1),
    (b"[1] [2]", "json_extra_content", 1, 5),
    (b'{"a":1}\n{"a":2}\n', "json_extra_content", 2, 1),
    (b'["\\ud800"]', "json_surrogate", 1, 3),
    (b"[-Infinity]", "json_nan", 1, 3),
    (b"[1e400]", "json_number", 1, 2),
    (b"[" + b"9" * 5000 + b"]", "json_number", 1, 2),
    (b"[01]", "json_number", 1, 2),
    (b'["\\x"]', "json_escape", 1, 3),
    (b'["\x01"]', "json_control_character", 1, 3),
    (b'{"a":1,}', "json_trailing_comma", 1, 7),
    (b"[1\n// two\n]", "json_comment", 2, 1),
    ("{“a”: 1}".encode(), "json_quotes", 1, 2),
    (b'{"a" 1}', "json_missing_colon", 1, 6),
    (b'{"a":1', "json_truncated", 1, 7),
    (b"[abc]", "json_invalid", 1, 2),
    (b"5", "top_level", 1, 1),
    (b"[" * 65 + b"]" * 65, "too_deep", 1, 1),
    (b'{"a":' * 200_000, "too_deep", None, None),
    (b"\xff\xfe[\x00]\x00", "encoding_utf16", 1, 1),
    (b"\xff\xfe\x00\x00[\x00\x00\x00", "encoding_utf16", 1, 1),
    ("[1]".encode("utf-16-be"), "encoding_utf16", 1, 1),
    ("[1]".encode("utf-32-le"), "encoding_utf16", 1, 1),
    (b'\xef\xbb\xbf[\n"\xc3\xa9\xe9"]', "encoding_invalid", 2, 3),
    (b'["\xc0\xaf"]', "encoding_invalid", 1, 3),
]


@pytest.mark.parametrize(("body", "code", "line", "column"), BROKEN)
def test_it_says_where_a_file_breaks(
    body: bytes, code: str, line: int | None, column: int | None
) -> None:
    error = only_error(body)
    assert error.code == code
    if line:
        assert (error.line, error.column) == (line, column)


def test_it_decodes_the_declared_charset_and_never_guesses() -> None:
    body = body_of(VALID | {"title": "Café’s"}).decode().encode("cp1252")
    assert only_error(body).code == "encoding_invalid"
    assert only_error(body, charset="no-such-charset").code == "encoding_invalid"
    assert only_error(body, charset="iso-8859-99").code == "encoding_invalid"
    for charset in ("latin-1", "ISO-8859-1", "windows-1252"):
        assert parse_file(body, charset=charset).records[0].fields["title"] == "Café’s"


def test_latin_1_keeps_the_bytes_that_windows_1252_lacks() -> None:
    body = body_of(VALID | {"title": "é\x81"}).decode().encode("latin-1")
    assert parse_file(body, charset="latin-1").records[0].fields["title"] == "é"


def test_utf_8_wins_over_a_wrong_declaration() -> None:
    body = body_of(VALID | {"title": "Café"})
    assert (
        parse_file(b"\xef\xbb\xbf" + body, charset="latin-1").records[0].fields["title"] == "Café"
    )


def test_a_bad_entry_costs_its_siblings_nothing() -> None:
    parsed = parse_file(body_of([{}, None, [1], VALID]))
    assert [record.accepted for record in parsed.records] == [False, False, False, True]
    assert [record.findings[0].pointer for record in parsed.records[:3]] == ["/0/name", "/1", "/2"]
    assert not parsed.errors


def test_an_empty_array_is_a_file_without_tools() -> None:
    assert parse_file(b"[]") == parse_file(b" [ ]\n")
    assert (parse_file(b"[]").records, parse_file(b"[]").errors) == ((), ())


def test_the_first_that_can_be_listed_keeps_the_name() -> None:
    parsed = parse_file(body_of([{"name": "my-tool"}, VALID, VALID | {"name": "My tool"}]))
    assert [record.duplicate for record in parsed.records] == [False, False, True]
    last = parsed.records[2]
    assert last.accepted
    assert [found.code for found in last.errors] == ["duplicate_name"]


def test_it_reads_so_many_records_and_no_more() -> None:
    body = body_of([VALID | {"name": f"tool-{number}"} for number in range(4)])
    parsed = parse_file(body, max_records=3)
    assert len(parsed.records) == 3
    [error] = parsed.errors
    assert (error.code, error.pointer) == ("too_many_records", "/3")
    assert error.column == body.index(b'{"name": "tool-3"') + 1


def test_the_schema_of_a_file_is_the_first_one_stated() -> None:
    parsed = parse_file(body_of([VALID, VALID | {"name": "b", "_schema": "/toolinfo/1.2.1"}]))
    assert parsed.schema == "/toolinfo/1.2.1"
    assert parse_file(body_of(VALID)).schema is None


PLACES = """[
  {
    "name": "a", "title": 7,
    "url": "https://a.org/\\u0041",\r
    "de\\"sc/~": [{"x": 1, "x": 2}],
    "caf\u00e9": 1, "cafe\u0301": 2,
    "author": [
      {"name": "Ada", "😀": "x", "email": "?"}
    ]
  }
]"""


def test_it_points_at_lines_and_columns() -> None:
    parsed = parse_file(PLACES.encode())
    places = {
        (found.pointer, found.code): (found.line, found.column)
        for found in parsed.records[0].findings
    }
    assert places == {
        ("/0/title", "number_for_text"): (3, 27),
        ('/0/de"sc~1~0', "unknown_key"): (5, 5),
        ('/0/de"sc~1~0/0/x', "duplicate_key"): (5, 27),
        ("/0/caf\u00e9", "unknown_key"): (6, 5),
        ("/0/cafe\u0301", "unknown_key"): (6, 16),
        ("/0/cafe\u0301", "duplicate_key"): (6, 16),
        ("/0/author/0/😀", "person_key"): (8, 28),
        ("/0/author/0/email", "email_unusable"): (8, 42),
        ("/0/description", "required_missing"): (2, 3),
    }


def test_a_single_object_has_no_index_in_its_pointers() -> None:
    [record] = parse_file(b'{"name": "a", "name": "b"}').records
    assert record.findings[0].pointer == "/title"
    assert record.findings[-1].pointer == "/name"
    assert record.warnings[0].code == "duplicate_key"
    assert record.name == "b"


def test_others_can_add_a_finding_at_its_place() -> None:
    parsed = parse_file(body_of([VALID | {"name": f"tool-{number}"} for number in range(5000)]))
    added = [parsed.error(record, "name", "name_taken", "Taken.") for record in parsed.records[1:]]
    assert len({(found.line, found.column) for found in added}) == 4999
    assert added[0].pointer == "/1/name"
    single = parse_file(body_of(VALID))
    found = single.error(single.records[0], "name", "name_taken", "Taken.")
    assert (found.pointer, found.line, found.column) == ("/name", 1, 10)


def test_it_sees_a_key_written_twice_in_two_normal_forms() -> None:
    body = body_of(VALID | {"comment": {"é": 1, "e\u0301": 2}})
    [record] = parse_file(body).records
    assert [found.pointer for found in record.findings] == ["/comment/e\u0301"]


def test_a_key_written_a_thousand_times_is_named_a_hundred_times() -> None:
    body = b'{"comment": {' + b",".join([b'"k": 1'] * 1000) + b"}}"
    [record] = parse_file(body).records
    assert len([found for found in record.findings if found.code == "duplicate_key"]) == 100


LANGUAGES = {
    "en": "en",
    "EN": "en",
    "en-US": "en",
    "pt_BR": "pt-br",
    "zh-Hant-TW": "zh-hant",
    "deu": "de",
    "iw": "he",
    "no": "no",
    "nb": "nb",
    "gsw": "gsw",
    **{code: code for code in ("als", "simple", "roa-tara", "be-tarask", "nds-nl", "mo", "sh")},
    **{code: code for code in ("zh-min-nan", "zh-classical", "be-x-old", "eml", "cbk-zam", "tl")},
    **dict.fromkeys(["zz", "qqq", "und", "english", "x-foo", "", "*", "e", "en--us", "🗺️"]),
}


@pytest.mark.parametrize(("code", "known"), LANGUAGES.items())
def test_it_knows_the_codes_wikimedia_uses(code: str, known: str | None) -> None:
    assert normalise_language(code) == known
