"""Two versions of a tool or a list, field by field, as people read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from toolhub.catalog.fields import ANNOTATION_FIELDS, TOOLINFO_FIELDS, is_same
from toolhub.catalog.templatetags.labels import value_label
from toolhub.catalog.views.tool_page import FACETS, Source, field_label
from toolhub.catalog.views.word_diff import Line, items_compared

Snapshot = Mapping[str, Any]

LIST_LABELS: dict[str, str | Promise] = {
    "title": _("Title"),
    "description": _("Description"),
    "icon": _("Icon"),
    "published": _("Published"),
    "tools": _("Tools"),
}
AUTHOR_PARTS = ("name", "wiki_username", "developer_username", "email", "url")


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of both versions. `source` is empty where nobody has to tell maintainer and community apart."""

    field: str
    label: str
    source: Source | None
    before: tuple[Line, ...]
    after: tuple[Line, ...]
    change: str
    """What happened, in a word; empty when nothing did."""


@dataclass(frozen=True, slots=True)
class Touched:
    """The names of the fields that differ, by who states them. Of a list all are the creator's."""

    core: tuple[str, ...]
    community: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.core) + len(self.community)


def touched(before: Snapshot, after: Snapshot) -> Touched:
    """What differs of that which people state."""
    core = _part(before, after, _core_names(after))
    community: tuple[str, ...] = ()
    if "annotations" in after:
        notes = before.get("annotations") or {}
        community = _part(notes, after["annotations"], ANNOTATION_FIELDS)
    return Touched(core, community)


def differences(before: Snapshot, after: Snapshot, *, with_same: bool = False) -> list[Difference]:
    """The fields that differ, in the order of the document; with the others, if asked."""
    return [one for one in _rows(before, after) if one.change or with_same]


def difference(field: str, before: Any, after: Any, source: Source | None = None) -> Difference:
    old, new = items_compared(items(field, before), items(field, after))
    change = "" if is_same(before, after) else _change(before, after)
    return Difference(field, label(field, source), source, old, new, change)


def label(field: str, source: Source | None) -> str:
    return str(LIST_LABELS[field]) if source is None else field_label(field)


def items(field: str, value: Any) -> list[str]:
    """The value as lines of text; an empty one has none."""
    if not value:
        return []
    return [_item(field, one) for one in (value if isinstance(value, list) else [value])]


def _rows(before: Snapshot, after: Snapshot) -> Iterator[Difference]:
    if "annotations" not in after:
        for name in LIST_LABELS:
            yield difference(name, before.get(name), after.get(name))
        return
    for name in _core_names(after):
        yield difference(name, before.get(name), after.get(name), "maintainer")
    notes = before.get("annotations") or {}
    for name in ANNOTATION_FIELDS:
        yield difference(name, notes.get(name), after["annotations"].get(name), "community")


def _core_names(snapshot: Snapshot) -> tuple[str, ...]:
    if "annotations" not in snapshot:
        return tuple(LIST_LABELS)
    return tuple(name for name in TOOLINFO_FIELDS if name != "name")


def _part(before: Snapshot, after: Snapshot, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if not is_same(before.get(name), after.get(name)))


def _item(field: str, one: Any) -> str:
    if one is True:
        return gettext("Yes")
    if isinstance(one, dict):
        if "name" in one:
            return ", ".join(str(one[part]) for part in AUTHOR_PARTS if one.get(part))
        return f"{one.get('language') or ''} {one.get('url') or ''}".strip()
    return value_label(str(one), FACETS[field]) if field in FACETS else str(one)


def _change(before: Any, after: Any) -> str:
    if not before:
        return pgettext("what happened to a field", "Added")
    if not after:
        return pgettext("what happened to a field", "Removed")
    is_moved = isinstance(before, list) and isinstance(after, list)
    if is_moved and sorted(map(repr, before)) == sorted(map(repr, after)):
        return pgettext("what happened to a field", "Reordered")
    return pgettext("what happened to a field", "Changed")
