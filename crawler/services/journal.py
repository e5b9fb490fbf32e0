from __future__ import annotations

from toolhub.catalog.toolinfo import Finding

LINES = 1000


class Journal:
    """The readable log of one address: `LEVEL: text` a line, as the API has always shown it."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    def info(self, text: str) -> None:
        self._add("INFO", text)

    def warning(self, text: str) -> None:
        self._add("WARNING", text)

    def error(self, text: str) -> None:
        self._add("ERROR", text)

    def finding(self, finding: Finding) -> None:
        where = f"line {finding.line}, column {finding.column}: " if finding.line else ""
        self._add(finding.severity.upper(), f"{where}{finding.pointer} {finding.message}")

    def text(self) -> str:
        dropped = len(self._lines) - LINES
        end = [f"INFO: {dropped} more lines"] if dropped > 0 else []
        return "\n".join(self._lines[:LINES] + end)

    def _add(self, level: str, text: str) -> None:
        line = "".join(sign if sign.isprintable() else " " for sign in text)
        self._lines.append(f"{level}: {line}")
