"""One tool: from a decoded object to normalised fields and findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Final

import orjson

from toolhub.catalog.toolinfo.conform import conforms, record_conforms
from toolhub.catalog.toolinfo.context import DROPPED, Context
from toolhub.catalog.toolinfo.findings import Finding, Report, Severity, of_severity, pointer_token
from toolhub.catalog.toolinfo.lists import LISTS
from toolhub.catalog.toolinfo.scalars import SCALARS, Normaliser, record_language
from toolhub.catalog.toolinfo.schema import (
    ALIASES,
    COMMENT_KEYS,
    FIELD_BY_NAME,
    MAX_EXTRA_BYTES,
    REQUIRED,
    Field,
    Kind,
)
from toolhub.catalog.toolinfo.text import describe, excerpt

_NORMALISERS: Final[dict[Kind, Normaliser]] = SCALARS | LISTS
_UNKNOWN_KEYS: Final = "The record"
_WRAPPERS: Final = frozenset({"tools", "toolinfo", "data", "records"})


@dataclass(frozen=True, slots=True)
class ParsedRecord:
    """What one entry of a file says, and what is wrong with it.

    `valid`: it meets schema 1.2.2 as written, formats not asserted. `accepted`: it can be listed,
    because name, title, description and url are there. A tool can be either without the other.
    `fields` holds only keys present in the entry: None or [] clears a field, an absent key keeps it.
    """

    index: int
    name: str
    valid: bool
    accepted: bool
    fields: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    duplicate: bool = False
    prefix: str = ""

    @property
    def unread(self) -> frozenset[str]:
        """Fields that are there with a value nobody can read, so that what was known before may stay."""
        start = len(self.prefix) + 1
        named = {found.pointer[start:].split("/")[0] for found in self.errors}
        return frozenset(named & FIELD_BY_NAME.keys() - self.fields.keys())

    @property
    def errors(self) -> tuple[Finding, ...]:
        return of_severity(self.findings, "error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return of_severity(self.findings, "warning")


def read_record(record: Any, *, index: int = 0, prefix: str = "") -> ParsedRecord:
    report = Report()
    if not isinstance(record, Mapping):
        report.add("error", "", prefix, "record_not_object", what=describe(record))
        found = tuple(report.findings)
        return ParsedRecord(index, "", False, False, findings=found, prefix=prefix)
    reader = _Reader(record, prefix, report)
    reader.read()
    return ParsedRecord(
        index=index,
        name=reader.fields.get("name", ""),
        valid=record_conforms(record),
        accepted=all(reader.fields.get(name) for name in REQUIRED),
        fields=reader.fields,
        extra=reader.extra,
        findings=tuple(report.findings),
        prefix=prefix,
    )


class _Reader:
    def __init__(self, record: Mapping[str, Any], prefix: str, report: Report) -> None:
        self.record = record
        self.prefix = prefix
        self.report = report
        self.language = record_language(record)
        self.fields: dict[str, Any] = {}
        self.extra: dict[str, Any] = {}
        self.extra_bytes = 0

    def read(self) -> None:
        for key, value in self.record.items():
            name = ALIASES.get(key, key)
            if name not in FIELD_BY_NAME:
                self._keep_extra(str(key), value)
            elif key == name:
                self._read_field(FIELD_BY_NAME[name], value)
            else:
                self._read_alias(key, FIELD_BY_NAME[name], value)
        for name in REQUIRED:
            if name not in self.record:
                self._add("error", name, name, "required_missing", name=name)

    def _add(self, severity: Severity, group: str, at: str, code: str, **details: Any) -> None:
        pointer = f"{self.prefix}/{pointer_token(at)}"
        self.report.add(severity, group, pointer, code, **details)

    def _read_field(self, spec: Field, value: Any) -> None:
        ctx = Context(self.report, spec, f"{self.prefix}/{spec.name}", spec.name, self.language)
        read = self._normalise(ctx, value)
        if spec.required and (read is None or read is DROPPED):
            if not self.report.has_error(spec.name):
                ctx.error("required_empty")
        elif not self.report.has_error(spec.name) and not conforms(spec, value):
            ctx.error("not_as_written", read=excerpt(read))

    def _read_alias(self, key: str, spec: Field, value: Any) -> None:
        if spec.name in self.record:
            self._add("warning", key, key, "legacy_key_ignored", key=key, name=spec.name)
            return
        self._add("warning", key, key, "legacy_key", key=key, name=spec.name)
        pointer = f"{self.prefix}/{pointer_token(key)}"
        self._normalise(
            Context(self.report, spec, pointer, key, self.language, worst="warning"), value
        )

    def _normalise(self, ctx: Context, value: Any) -> Any:
        read = _NORMALISERS[ctx.field.kind](ctx, value)
        if read is not DROPPED and not (ctx.field.required and read is None):
            self.fields[ctx.field.name] = read
        return read

    def _keep_extra(self, key: str, value: Any) -> None:
        self.extra_bytes += len(key) + _json_size(value)
        if self.extra_bytes > MAX_EXTRA_BYTES:
            self._add("warning", _UNKNOWN_KEYS, key, "extra_too_large", key=excerpt(key))
            return
        self.extra[key] = value
        if key in _WRAPPERS and isinstance(value, list) and "name" not in self.record:
            self._add("error", key, key, "tools_wrapper", key=key)
        elif key not in COMMENT_KEYS:
            self._warn_unknown(key)

    def _warn_unknown(self, key: str) -> None:
        hints = get_close_matches(key, FIELD_BY_NAME, 1, 0.75) if len(key) <= 40 else []
        hints = hints or [name for name in FIELD_BY_NAME if name == f"{key}_url"]
        hint = next((name for name in hints if name not in self.record), None)
        code = "unknown_key_hint" if hint else "unknown_key"
        self._add("warning", _UNKNOWN_KEYS, key, code, key=excerpt(key), hint=hint)


def _json_size(value: Any) -> int:
    try:
        return len(orjson.dumps(value))
    except TypeError:
        # Deeper or larger than JSON that everyone can read back.
        return MAX_EXTRA_BYTES + 1
