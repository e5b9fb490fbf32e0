"""What two people made of the same fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from toolhub.catalog.fields import is_same
from toolhub.catalog.forms.records import RecordForm
from toolhub.catalog.views.differences import difference, label
from toolhub.catalog.views.tool_page import Source
from toolhub.catalog.views.word_diff import Line


@dataclass(frozen=True, slots=True)
class Collision:
    """One field: what it was, and what of that each of both changed."""

    field: str
    label: str
    theirs: tuple[Line, ...]
    yours: tuple[Line, ...]


def collisions(
    edited: Mapping[str, Any],
    before: Mapping[str, Any],
    theirs: Mapping[str, Any],
    source: Source,
) -> list[Collision]:
    """The edited fields that somebody else changed to something else since `before`."""
    return [
        Collision(
            name,
            label(name, source),
            difference(name, before.get(name), theirs.get(name), source).after,
            difference(name, before.get(name), value, source).after,
        )
        for name, value in edited.items()
        if not is_same(before.get(name), theirs.get(name)) and not is_same(theirs.get(name), value)
    ]


def rebased(
    form: RecordForm, edited: Mapping[str, Any], stated: Mapping[str, Any]
) -> dict[str, Any]:
    """What a new form is filled with: this edit of another version than it began with."""
    kept = {name: edited.get(name, stated.get(name)) for name in form.record()}
    return {
        **kept,
        "comment": form.cleaned_data["comment"],
        "based_on": form.cleaned_data["based_on"],
    }
