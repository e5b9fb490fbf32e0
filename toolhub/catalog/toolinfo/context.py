"""Where a normaliser is in the record, and how it reports what it saw."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from toolhub.catalog.toolinfo.findings import Report, Severity, pointer_token
from toolhub.catalog.toolinfo.schema import Field


class Dropped:
    """What a normaliser returns for a value it cannot keep. Not None: None clears a field."""


DROPPED: Final = Dropped()


@dataclass(frozen=True, slots=True)
class Context:
    report: Report
    field: Field
    pointer: str
    group: str
    language: str
    # Under an old spelling a key is unknown to the schema, so nothing there can break it.
    worst: Literal["error", "warning"] = "error"

    @property
    def name(self) -> str:
        return self.field.name

    def error(self, code: str, **details: Any) -> None:
        self._add(self.worst, code, details)

    def warn(self, code: str, **details: Any) -> None:
        self._add("warning", code, details)

    def _add(self, severity: Severity, code: str, details: dict[str, Any]) -> None:
        known = {"name": self.name, "max": self.field.max_length}
        self.report.add(severity, self.group, self.pointer, code, **(known | details))

    def below(self, token: object, field: Field | None = None) -> Context:
        pointer = f"{self.pointer}/{pointer_token(token)}"
        return replace(self, pointer=pointer, field=field or self.field)
