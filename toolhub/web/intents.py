"""What people come for, in their words, each a search by one facet value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from toolhub.catalog.search import Facet

FACET_SIZE = 30
"""Enough values that every one below is counted by the one query of the home page."""

INTENTS: tuple[tuple[str, str | Promise, str, str], ...] = (
    ("references", _("Add and repair citations"), "tasks", "citing"),
    ("upload", _("Upload photos and media"), "tasks", "uploading"),
    ("flag", _("Fight vandalism"), "tasks", "vandalism"),
    ("eye", _("Patrol recent edits"), "tasks", "patrolling"),
    ("language", _("Translate articles"), "tasks", "translating"),
    ("tag", _("Tidy up categories"), "tasks", "categorizing"),
    ("chartLine", _("Count edits and views"), "tasks", "analysis"),
    ("logo-Wikidata", _("Work with structured data"), "content_types", "data::structured"),
    ("userGroup", _("Run an edit-a-thon"), "audiences", "organizer"),
    ("settings", _("Customise how I edit"), "tool_type", "user script"),
    ("robot", _("Let a bot do it"), "tool_type", "bot"),
    ("code", _("Build a tool of my own"), "audiences", "developer"),
)
GAPS: tuple[tuple[str | Promise, str], ...] = (
    (_("Tools with no task"), "tasks"),
    (_("Tools with no license"), "license"),
    (_("Tools with no audience"), "audiences"),
    (_("Tools with no type"), "tool_type"),
)


@dataclass(frozen=True, slots=True)
class Intent:
    icon: str
    label: str | Promise
    query: str
    count: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Records that lack a field, so that somebody can fill it in."""

    label: str | Promise
    query: str
    count: int


def counted(facets: Iterable[Facet]) -> list[Intent]:
    counts = {(facet.name, value.value): value.count for facet in facets for value in facet.values}
    found = (
        Intent(icon, label, urlencode({f"{facet}__term": value}), counts.get((facet, value), 0))
        for icon, label, facet, value in INTENTS
    )
    return [intent for intent in found if intent.count]


def gaps(facets: Iterable[Facet]) -> list[Gap]:
    missing = {facet.name: facet.missing for facet in facets}
    found = (
        Gap(label, urlencode({f"{facet}__isnull": "1"}), missing.get(facet, 0))
        for label, facet in GAPS
    )
    return [gap for gap in found if gap.count]
