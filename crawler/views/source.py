"""A file with what is wrong with it under its lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from toolhub.catalog.toolinfo import Finding

WHOLE_LINES = 400
"""A longer file is shown around its findings only."""
AROUND = 2
LINE_LENGTH = 1000


@dataclass(frozen=True, slots=True)
class Line:
    """`is_after_gap`: lines before it are left out. `severity` is the worst of its findings, or empty."""

    number: int
    text: str
    findings: tuple[Finding, ...]
    is_after_gap: bool

    @property
    def severity(self) -> str:
        found = {one.severity for one in self.findings}
        return "error" if "error" in found else "warning" if found else ""


def marked_lines(text: str, findings: Iterable[Finding]) -> list[Line]:
    by_line: defaultdict[int, list[Finding]] = defaultdict(list)
    for one in findings:
        by_line[one.line or 1].append(one)
    return list(_lines(text.split("\n"), by_line))


def _lines(texts: list[str], by_line: dict[int, list[Finding]]) -> Iterator[Line]:
    before = 0
    for number in _numbers(len(texts), by_line):
        text = texts[number - 1].rstrip("\r")
        # A file in one line is no reason to send all of it back.
        shown = text if len(text) <= LINE_LENGTH else f"{text[:LINE_LENGTH]}…"
        yield Line(number, shown, tuple(by_line.get(number, ())), number > before + 1)
        before = number


def _numbers(count: int, wanted: Iterable[int]) -> list[int]:
    if count <= WHOLE_LINES:
        return list(range(1, count + 1))
    near = {1, *(line + step for line in wanted for step in range(-AROUND, AROUND + 1))}
    return sorted(number for number in near if 1 <= number <= count)
