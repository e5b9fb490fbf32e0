"""A whole toolinfo file: bytes in, records and findings out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain
from typing import Any, Final

from toolhub.catalog.toolinfo.decode import (
    UndecodableError,
    has_duplicate_keys,
    read_json,
    read_text,
)
from toolhub.catalog.toolinfo.findings import Finding, file_error, finding, pointer_token
from toolhub.catalog.toolinfo.positions import Positions, locate
from toolhub.catalog.toolinfo.record import ParsedRecord, read_record
from toolhub.catalog.toolinfo.text import describe, excerpt

MAX_RECORDS: Final = 5000
_KEY_CODES: Final = frozenset(
    {"unknown_key", "unknown_key_hint", "legacy_key", "legacy_key_ignored", "extra_too_large"}
)


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """`errors` are about the file as a whole; with one that is fatal there are no records."""

    records: tuple[ParsedRecord, ...] = ()
    errors: tuple[Finding, ...] = ()
    schema: str | None = None
    text: str = field(default="", repr=False, compare=False)

    def error(self, record: ParsedRecord, key: str, code: str, message: str) -> Finding:
        """A finding of somebody who knows more than the file, at the line and column of the record's key."""
        found = Finding(f"{record.prefix}/{pointer_token(key)}", code, message, "error")
        return _place(found, _locate_key(self.text, key, len(self.records) if record.prefix else 0))


def parse_file(
    body: bytes, *, charset: str | None = None, max_records: int = MAX_RECORDS
) -> ParsedFile:
    """Read a toolinfo file of any schema version. Never raises, whatever the bytes are.

    `charset` is what the server declared; UTF-8 that is valid wins over it. An entry that is bad
    never costs its siblings. Of entries with one name, the first that can be listed wins.
    """
    try:
        text = read_text(body, charset)
        value = read_json(text)
    except UndecodableError as error:
        return ParsedFile(errors=(error.finding,))
    if not isinstance(value, list | dict):
        return ParsedFile(errors=(file_error("top_level", 1, 1, what=describe(value)),))
    records = _read_records(value, max_records)
    errors = _file_errors(value, max_records)
    if errors or any(record.findings for record in records) or has_duplicate_keys(text):
        records, errors = _point(text, records, errors, in_array=isinstance(value, list))
    schemas = (record.fields.get("_schema") for record in records)
    return ParsedFile(tuple(records), tuple(errors), next(filter(None, schemas), None), text)


def parse_record(record: Mapping[str, Any]) -> ParsedRecord:
    """The same rules for one object that is already decoded; findings have no lines."""
    return read_record(record)


def _read_records(value: list[Any] | dict[str, Any], max_records: int) -> list[ParsedRecord]:
    if isinstance(value, dict):
        return [read_record(value)]
    records = [
        read_record(item, index=index, prefix=f"/{index}")
        for index, item in enumerate(value[:max_records])
    ]
    return _mark_duplicates(records)


def _mark_duplicates(records: list[ParsedRecord]) -> list[ParsedRecord]:
    taken: set[str] = set()
    marked = []
    for record in records:
        duplicate = record.name in taken
        marked.append(_as_duplicate(record) if duplicate else record)
        if record.accepted:
            taken.add(record.name)
    return marked


def _as_duplicate(record: ParsedRecord) -> ParsedRecord:
    pointer = f"/{record.index}/name"
    found = finding("error", pointer, "duplicate_name", name=excerpt(record.name))
    return replace(record, duplicate=True, findings=(*record.findings, found))


def _file_errors(value: list[Any] | dict[str, Any], max_records: int) -> list[Finding]:
    if not isinstance(value, list):
        return []
    if len(value) > max_records:
        count, pointer = len(value), f"/{max_records}"
        return [finding("error", pointer, "too_many_records", count=count, max=max_records)]
    return []


def _point(
    text: str, records: list[ParsedRecord], errors: list[Finding], *, in_array: bool
) -> tuple[list[ParsedRecord], list[Finding]]:
    """Give every finding its line and column, and add the keys written twice."""
    everything = chain(errors, *(record.findings for record in records))
    positions = locate(text, {found.pointer for found in everything})
    repeated = _repeated_keys(positions, in_array=in_array)
    records = [
        replace(
            record,
            findings=(
                *(_place(found, positions) for found in record.findings),
                *repeated.get(record.index, ()),
            ),
        )
        for record in records
    ]
    return records, [_place(found, positions) for found in errors]


def _repeated_keys(positions: Positions, *, in_array: bool) -> dict[int, list[Finding]]:
    by_record: dict[int, list[Finding]] = {}
    for pointer, key, (line, column) in positions.duplicates:
        found = finding("warning", pointer, "duplicate_key", key=excerpt(key))
        index = int(pointer.split("/")[1]) if in_array else 0
        by_record.setdefault(index, []).append(replace(found, line=line, column=column))
    return by_record


# Asked for one record after the other, so all of them are located in one pass.
@lru_cache(maxsize=4)
def _locate_key(text: str, key: str, records: int) -> Positions:
    prefixes = [f"/{index}" for index in range(records)] or [""]
    return locate(text, {f"{prefix}/{pointer_token(key)}" for prefix in prefixes})


def _place(found: Finding, positions: Positions) -> Finding:
    spot = positions.nearest(found.pointer)
    line, column = (found.code in _KEY_CODES and spot.key) or spot.value
    return replace(found, line=line, column=column)
