"""The people behind a tool: a row of inputs for each, and blank ones to add more without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

PARTS = {
    "name": _("Name"),
    "wiki_username": _("Wiki user name"),
    "developer_username": _("Developer account"),
    "email": _("E-mail address"),
    "url": _("Web page"),
}
BLANK_ROWS = 1
MOST = 100


class AuthorsWidget(forms.Widget):
    """Reads `author-0-name` and the like. It is drawn by `catalog/_form_authors.html`."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        numbers = re.compile(rf"{re.escape(name)}-(\d{{1,3}})-name")
        rows = sorted({int(found[1]) for key in data if (found := numbers.fullmatch(key))})
        return [
            {part: data.get(f"{name}-{row}-{part}", "") for part in PARTS} for row in rows[:MOST]
        ]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not self.value_from_datadict(data, files, name)


class AuthorsField(forms.Field):
    """Cleaned: what is filled in of each row, as toolinfo has it. A row without a name is wrong unless it is empty."""

    widget = AuthorsWidget

    def to_python(self, value: Any) -> list[dict[str, str]]:
        rows = [
            {part: str(row[part]).strip() for part in PARTS if str(row.get(part) or "").strip()}
            for row in value or ()
        ]
        return [row for row in rows if row]

    def validate(self, value: Any) -> None:
        if any("name" not in row for row in value):
            raise ValidationError(gettext("Write the name of each author."), code="required")

    def prepare_value(self, value: Any) -> list[dict[str, Any]]:
        return list(value or ())


def author_rows(value: Any) -> list[list[tuple[str, Any, str]]]:
    """The inputs of each author and of the blank rows: the part, its label, and what is in it."""
    rows = [*(value or ())]
    is_last_blank = bool(rows) and not any((rows[-1].get(part) or "").strip() for part in PARTS)
    rows += [{}] * (BLANK_ROWS - is_last_blank)
    return [[(part, label, row.get(part) or "") for part, label in PARTS.items()] for row in rows]
