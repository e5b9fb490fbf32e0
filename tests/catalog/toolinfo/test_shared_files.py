from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.catalog.toolinfo.shared import OPEN
from tests.shared import SHARED, needs_shared
from toolhub.catalog.toolinfo import ParsedFile, ParsedRecord, parse_file

pytestmark = needs_shared
EXPECTED = sorted(OPEN.rglob("*.expected.json"))


def fields_in_error(record: ParsedRecord, prefix: str) -> set[str]:
    return {found.pointer.removeprefix(prefix).lstrip("/").split("/")[0] for found in record.errors}


def check_record(record: ParsedRecord, expected: dict[str, Any], prefix: str) -> None:
    assert record.valid == expected["valid"]
    assert record.accepted == expected["required_present_and_nonempty"]
    assert record.name == (expected["slug"] or "")
    assert set(expected["failing_paths"]) <= fields_in_error(record, prefix)
    assert all(found.line and found.column for found in record.findings)


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: str(path.relative_to(OPEN)))
def test_it_agrees_with_the_verdicts_on_a_real_file(path: Path) -> None:
    expected = json.loads(path.read_bytes())
    parsed = parse_file(Path(str(path).replace(".expected.json", ".json")).read_bytes())
    if not expected["json"]["parses"]:
        assert not parsed.records
        assert [(error.line is not None, error.column is not None) for error in parsed.errors] == [
            (True, True)
        ]
        assert (
            f"line {parsed.errors[0].line} column {parsed.errors[0].column} "
            in (expected["json"]["error"])
        )
        return
    assert not parsed.errors
    assert len(parsed.records) == expected["records_total"]
    in_array = expected["json"]["top"] == "array"
    for record, wanted in zip(parsed.records, expected["records"], strict=True):
        check_record(record, wanted, f"/{wanted['index']}" if in_array else "")


def test_there_were_real_files_to_check() -> None:
    assert len(EXPECTED) > 100


def test_it_accepts_the_whole_small_catalogue() -> None:
    parsed = parse_file((SHARED / "toolinfo" / "real-346.json").read_bytes())
    assert len(parsed.records) == 346
    assert all(record.accepted and record.valid for record in parsed.records)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("catalogue")
    generator = SHARED / "toolinfo" / "make_catalogue.py"
    subprocess.run(
        [sys.executable, generator, "--out", folder, "--tools", "5000", "--invalid-rate", "0.1"],
        check=True,
    )
    return folder


def parse_all(folder: Path) -> list[tuple[dict[str, Any], ParsedFile]]:
    lines = (folder / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    expected = [json.loads(line) for line in lines]
    return [(one, parse_file((folder / one["file"]).read_bytes())) for one in expected]


NOT_ACCEPTED = {
    "missing_title",
    "missing_description",
    "missing_url",
    "missing_name",
    "description_is_null",
    "record_is_string",
    "record_is_null",
    "record_is_array",
    "title_empty_string",
    "name_empty_string",
    "all_required_empty",
}


def test_it_agrees_with_the_verdicts_on_a_generated_catalogue(catalogue: Path) -> None:
    kinds, total = set(), 0
    for expected, parsed in parse_all(catalogue):
        if "broken_kind" in expected:
            continue
        prefix = "/{}" if expected["file"].startswith("toolinfo") else ""
        invalid = {entry["index"]: entry for entry in expected["invalid"]}
        assert len(parsed.records) == expected["records"]
        for record in parsed.records:
            entry = invalid.get(record.index, {"kind": None, "layer": None, "paths": []})
            assert record.valid == (entry["layer"] != "schema"), entry
            assert record.accepted == (entry["kind"] not in NOT_ACCEPTED), entry
            found = fields_in_error(record, prefix.format(record.index))
            if entry["kind"] == "repository_empty_string":
                assert record.fields["repository"] is None
            else:
                assert found == set(entry["paths"]), entry
            kinds.add(entry["kind"])
            total += 1
    assert total == 5000
    assert len(kinds) > 30


BROKEN = {
    "empty_file": "empty_file",
    "whitespace_only": "empty_file",
    "html_page": "html_page",
    "trailing_comma": "json_trailing_comma",
    "missing_comma": "json_missing_comma",
    "block_comment": "json_comment",
    "hash_comment_crlf": "json_comment",
    "comma_separated_author_strings": "json_missing_colon",
    "raw_newline_in_string": "json_line_break",
    "truncated": "json_truncated",
    "utf16": "encoding_utf16",
    "latin1": "encoding_invalid",
    "nan_value": "json_nan",
    "single_quotes": "json_quotes",
    "top_level_string": "top_level",
    "top_level_null": "top_level",
    "empty_array": None,
    "deep_nesting": "too_deep",
    "tools_wrapper_object": "tools_wrapper",
    "array_of_arrays": "record_not_object",
    "duplicate_keys": "duplicate_key",
    "bom_then_valid": None,
}


def test_it_names_what_is_wrong_with_each_kind_of_broken_file(catalogue: Path) -> None:
    named = {}
    for expected, parsed in parse_all(catalogue):
        if "broken_kind" in expected:
            findings = [*parsed.errors, *(f for record in parsed.records for f in record.findings)]
            assert all(found.line and found.column for found in findings)
            named[expected["broken_kind"]] = findings[0].code if findings else None
    assert named == BROKEN


@pytest.mark.skipif(sys.gettrace() is not None, reason="a tracer makes everything slow")
def test_it_reads_five_thousand_tools_quickly(catalogue: Path) -> None:
    tools = [
        json.dumps(record.fields | {"_schema": "/toolinfo/1.2.2", "keywords": "a, b"})
        for _, parsed in parse_all(catalogue)
        for record in parsed.records
        if record.accepted
    ]
    body = f"[{','.join((tools * 2)[:5000])}]".encode()
    started = time.process_time()
    assert len(parse_file(body).records) == 5000
    assert time.process_time() - started < 1.5
