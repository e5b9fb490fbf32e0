"""Forms that narrow a list down. They are sent by GET, so that what they show has an address."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.http import QueryDict

from toolhub.core.web.forms import CodexForm


class DayField(forms.DateField):
    """A day, or the day of a point in time, as older links name it."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def to_python(self, value: Any) -> date | None:
        return super().to_python(value[:10] if isinstance(value, str) and "T" in value else value)


class FilterForm(CodexForm):
    """What cannot be understood is told at its field and does not narrow anything down."""

    def __init__(self, given: QueryDict) -> None:
        super().__init__(given)
        self.prepare()
        self.full_clean()

    def prepare(self) -> None:
        """Where a form finds the choices that it offers, before it looks at what was asked."""

    def is_narrowing(self) -> bool:
        return any(value not in ("", None, False, []) for value in self.cleaned_data.values())

    def first_moment(self, name: str) -> datetime | None:
        """The beginning of the day that was chosen."""
        day = self.cleaned_data.get(name)
        return datetime.combine(day, time(), UTC) if day else None

    def last_moment(self, name: str) -> datetime | None:
        """The end of the day that was chosen: it belongs to the span."""
        day = self.cleaned_data.get(name)
        return datetime.combine(day, time.max, UTC) if day else None
