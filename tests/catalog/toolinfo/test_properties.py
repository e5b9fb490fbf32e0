from __future__ import annotations

import json
import string
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.catalog.toolinfo.shared import VALID, body_of
from tests.shared import SHARED, needs_shared
from toolhub.catalog.toolinfo import (
    normalise_language,
    normalise_name,
    parse_file,
    parse_record,
)
from toolhub.catalog.toolinfo.schema import ALIASES, FIELD_BY_NAME, FIELDS, TOOL_TYPES

TEXT = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("\x00\n\t ,*.-/:"), max_size=40
)
PLAUSIBLE = st.sampled_from(
    [
        *("", " ", "*", "en", "pt-BR", "x-foo", "e", "english", "en\n", "zh-min-nan", "simple"),
        *("true", "no", "A, B", "a@b.org", "https://example.org/x", "example.org/x", "//a.org"),
        *(
            "javascript:alert(1)",
            "http://[::1",
            "https://127.0.0.1/",
            "https://a b/",
            "HTTPS://A.ORG",
        ),
        *("enwiki", "en.wikipedia.org", "*.wikisource.org\n", "https://en.wikipedia.org/wiki/X"),
        *("File:A b.svg", "https://commons.wikimedia.org/wiki/File:A.svg", "/toolinfo/1.2.2"),
        *("x" * 255, "x" * 256, "x" * 33, "x" * 2048, "x," * 200, "x " * 1100, "\u202e", "🗺️", "Ⅷ"),
        *TOOL_TYPES,
    ]
)
SCALAR = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT | PLAUSIBLE
MEMBER = st.sampled_from(["name", "url", "language", "email", "wiki_username", "wiki"])
OBJECT = st.dictionaries(MEMBER | TEXT, SCALAR, max_size=4)
VALUE = SCALAR | OBJECT | st.lists(SCALAR | OBJECT | st.lists(SCALAR, max_size=2), max_size=4)
KEY = st.sampled_from([*FIELD_BY_NAME, *ALIASES, "comment", "tools"]) | TEXT
RECORD = st.dictionaries(KEY, VALUE, max_size=8) | st.dictionaries(KEY, VALUE, max_size=5).map(
    lambda record: VALID | record
)
ONE_FIELD = st.builds(
    lambda field, value: VALID | {field.name: value}, st.sampled_from(FIELDS), VALUE
)


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft7Validator:
    path = SHARED / "contract" / "toolinfo-schema" / "1.2.2.json"
    schema = json.loads(path.read_bytes())
    return jsonschema.Draft7Validator(
        {"$ref": "#/definitions/tool", "definitions": schema["definitions"]}
    )


@needs_shared
@settings(max_examples=400, deadline=None)
@given(record=RECORD | ONE_FIELD)
def test_it_judges_as_json_schema_does(
    validator: jsonschema.Draft7Validator, record: dict[str, Any]
) -> None:
    assert parse_record(record).valid == validator.is_valid(record)


@settings(max_examples=400, deadline=None)
@given(record=RECORD | ONE_FIELD)
def test_it_says_why_whatever_it_does_not_take(record: dict[str, Any]) -> None:
    parsed = parse_record(record)
    assert parsed.valid or parsed.errors
    assert parsed.accepted or parsed.errors
    assert all(finding.message and finding.line is None for finding in parsed.findings)


@settings(max_examples=300, deadline=None)
@given(record=RECORD | ONE_FIELD)
def test_what_it_keeps_is_stable(record: dict[str, Any]) -> None:
    once = parse_record(record).fields
    stated = {key: value for key, value in once.items() if value is not None}
    again = parse_record(stated).fields
    assert again == stated


@settings(max_examples=300, deadline=None)
@given(records=st.lists(RECORD | SCALAR, max_size=4))
def test_every_finding_in_a_file_has_its_place(records: list[Any]) -> None:
    text = json.dumps(records, ensure_ascii=False, indent=1)
    parsed = parse_file(text.encode())
    lines = text.split("\n")
    for finding in [*parsed.errors, *(f for record in parsed.records for f in record.findings)]:
        assert finding.line
        assert finding.column
        assert finding.column <= len(lines[finding.line - 1])


JSON_ISH = st.text(st.sampled_from('{}[]",:\\u0d8 \n\tntfae1-.+E\x00\ud7ff'), max_size=60)


@settings(max_examples=400, deadline=None)
@given(
    body=st.binary(max_size=200) | JSON_ISH.map(str.encode) | RECORD.map(body_of),
    charset=st.none()
    | st.sampled_from(["latin-1", "utf-16", "cp1257", "iso-8859-99", "zip"])
    | TEXT,
)
def test_no_bytes_make_it_raise(body: bytes, charset: str | None) -> None:
    parsed = parse_file(body, charset=charset)
    assert parsed.records or parsed.errors or body.strip(b" \t\r\n")[1:-1].strip() == b""


@settings(max_examples=300, deadline=None)
@given(raw=st.text(max_size=300))
def test_a_normalised_name_is_final(raw: str) -> None:
    name = normalise_name(raw)
    assert normalise_name(name) == name
    assert len(name) <= 255


@settings(deadline=None)
@given(code=TEXT | st.text(string.ascii_letters + "-_", max_size=12))
def test_a_normalised_language_is_final(code: str) -> None:
    known = normalise_language(code)
    assert known is None or normalise_language(known) == known
