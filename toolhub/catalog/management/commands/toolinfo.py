"""`manage.py toolinfo check`: what a crawl would find in a toolinfo file, for people and for CI."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, NamedTuple

from django.core.management.base import BaseCommand, CommandError

from toolhub.catalog.toolinfo import Finding, ParsedFile, ParsedRecord, parse_file
from toolhub.catalog.toolinfo.text import clean

UNREADABLE = 2


class Source(NamedTuple):
    body: bytes
    charset: str | None = None


class Command(BaseCommand):
    help = "Work with toolinfo files. Exits with 0 when every tool is valid, 1 when not, 2 when the file cannot be read."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        check = actions.add_parser("check", help="Say what a crawl would find in a file.")
        check.add_argument(
            "source", metavar="FILE|URL|-", help="A path, an address, or - for stdin."
        )
        check.add_argument("--json", action="store_true", dest="as_json", help="Print JSON.")

    def handle(self, *args: Any, source: str, as_json: bool, **options: Any) -> None:
        content = read_source(source)
        parsed = parse_file(content.body, charset=content.charset)
        if as_json:
            self.stdout.write(json.dumps(as_document(parsed)))
        else:
            self._print(source, parsed)
        if not is_sound(parsed):
            raise SystemExit(1)

    def _print(self, source: str, parsed: ParsedFile) -> None:
        findings = [
            *parsed.errors,
            *(item for record in parsed.records for item in record.findings),
        ]
        for item in sorted(findings, key=lambda item: (item.line or 0, item.column or 0)):
            where = f"{source}:{item.line}:{item.column}"
            pointer = clean(item.pointer).text or "/"
            self.stdout.write(f"{where}  {item.severity}  {pointer}  {item.message} ({item.code})")
        self.stdout.write(summary(parsed, findings))


def read_source(source: str) -> Source:
    """Raises CommandError with exit code 2 when nothing can be read."""
    if source.startswith(("http://", "https://")):
        return fetch(source)
    try:
        return Source(sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes())
    except (OSError, ValueError) as error:
        raise CommandError(f"Cannot read {source}: {error}", returncode=UNREADABLE) from error


def fetch(url: str) -> Source:
    # Here, so that checking a file on disk needs no HTTP client.
    from toolhub.core import http  # noqa: PLC0415

    try:
        response = http.get(url)
    except http.OutboundError as error:
        message = f"Cannot read {url}: {error.message} ({error.code})"
        raise CommandError(message, returncode=UNREADABLE) from error
    if response.status != 200:
        message = f"Cannot read {url}: the server answered {response.status}."
        raise CommandError(message, returncode=UNREADABLE)
    return Source(response.body, response.charset)


def is_sound(parsed: ParsedFile) -> bool:
    return not parsed.errors and all(
        record.valid and record.accepted and not record.duplicate for record in parsed.records
    )


def as_document(parsed: ParsedFile) -> dict[str, Any]:
    return {
        "records": [_record_document(record) for record in parsed.records],
        "errors": [_finding_document(item) for item in parsed.errors],
    }


def _record_document(record: ParsedRecord) -> dict[str, Any]:
    return {
        "index": record.index,
        "name": record.name,
        "valid": record.valid,
        "accepted": record.accepted,
        "errors": [_finding_document(item) for item in record.errors],
        "warnings": [_finding_document(item) for item in record.warnings],
    }


def _finding_document(item: Finding) -> dict[str, Any]:
    return {
        "pointer": item.pointer,
        "code": item.code,
        "message": item.message,
        "line": item.line,
        "column": item.column,
    }


def summary(parsed: ParsedFile, findings: list[Finding]) -> str:
    listed = sum(record.accepted and not record.duplicate for record in parsed.records)
    errors = sum(item.severity == "error" for item in findings)
    return (
        f"{_count(len(parsed.records), 'tool')}, {listed} can be listed. "
        f"{_count(errors, 'error')}, {_count(len(findings) - errors, 'warning')}."
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
