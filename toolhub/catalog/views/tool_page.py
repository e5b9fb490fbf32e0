"""Arranges one tool's document for its page: which fields in which section, what each links to, and who stated it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext

from toolhub.catalog.fields import COMMUNITY_FIELDS, SHARED_FIELDS, attribute
from toolhub.catalog.models import Annotations, Tool
from toolhub.catalog.selectors.pages import Document, shown

Source = Literal["maintainer", "community"]

USING = (
    "url",
    "tool_type",
    "for_wikis",
    "available_ui_languages",
    "tasks",
    "audiences",
    "content_types",
    "subject_domains",
    "keywords",
    "url_alternates",
    "user_docs_url",
    "feedback_url",
    "privacy_policy_url",
)
CONTRIBUTING = (
    "repository",
    "bugtracker_url",
    "developer_docs_url",
    "translate_url",
    "api_url",
    "license",
    "technology_used",
)
MORE = (
    "sponsor",
    "bot_username",
    "wikidata_qid",
    "openhub_id",
    "icon",
    "experimental",
    "deprecated",
    "replaced_by",
)

FACETS = {
    "tool_type": "tool_type",
    "for_wikis": "wiki",
    "available_ui_languages": "ui_language",
    "tasks": "tasks",
    "audiences": "audiences",
    "content_types": "content_types",
    "subject_domains": "subject_domains",
    "keywords": "keywords",
    "license": "license",
}
"""Fields whose values lead to a search for all tools that share them."""

LINKS = {
    "wikidata_qid": "https://www.wikidata.org/wiki/{}",
    "openhub_id": "https://openhub.net/p/{}",
    "bot_username": "https://meta.wikimedia.org/wiki/User:{}",
}
"""Fields that hold an identifier of another site."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value: a facet's code, an address, an identifier with its link, or plain text."""

    text: str
    href: str = ""
    facet: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A field with what is shown of it."""

    field: str
    label: str
    source: Source
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """A field that both sides may state: what each says, and whose value is shown."""

    label: str
    used: Source
    maintainer: tuple[Value, ...]
    community: tuple[Value, ...]

    @property
    def is_maintainers(self) -> bool:
        return self.used == "maintainer"

    @property
    def is_communitys(self) -> bool:
        return self.used == "community"


@dataclass(frozen=True, slots=True)
class Section:
    slug: str
    title: str
    facts: list[Fact]


def sections(document: Document) -> list[Section]:
    """The groups of fields; a group of which nothing is stated is left out."""
    groups = (
        Section("using", gettext("Using it"), facts(document, USING)),
        Section("contributing", gettext("Contributing"), facts(document, CONTRIBUTING)),
        Section("more", gettext("More about it"), facts(document, MORE)),
    )
    return [group for group in groups if group.facts]


def facts(document: Document, fields: tuple[str, ...]) -> list[Fact]:
    """The stated ones of these fields, by the display rule."""
    return [
        Fact(field, field_label(field), _source(document, field), _values(field, value))
        for field in fields
        if (value := shown(document, field))
    ]


def origins(document: Document) -> list[Origin]:
    """The fields that the community states, beside what the maintainer says there."""
    annotations = document["annotations"]
    return [
        Origin(
            field_label(field),
            _source(document, field),
            _values(field, document.get(field)),
            _values(field, annotations[field]),
        )
        for field in SHARED_FIELDS
        if annotations.get(field)
    ]


def field_label(field: str) -> str:
    model = Annotations if field in COMMUNITY_FIELDS else Tool
    return str(getattr(model, attribute(field)).field.verbose_name)


def _source(document: Document, field: str) -> Source:
    if field in COMMUNITY_FIELDS or (field in SHARED_FIELDS and not document.get(field)):
        return "community"
    return "maintainer"


def _values(field: str, stated: Any) -> tuple[Value, ...]:
    if not stated:
        return ()
    items = stated if isinstance(stated, list) else [stated]
    return tuple(_value(field, item) for item in items)


def _value(field: str, item: Any) -> Value:
    if isinstance(item, dict):
        return Value(
            item.get("url", ""), href=item.get("url", ""), language=item.get("language", "")
        )
    text = str(item)
    if item is True:
        return Value(gettext("Yes"))
    if field in LINKS:
        return Value(text, href=LINKS[field].format(text.replace(" ", "_")))
    if field in FACETS:
        return Value(text, facet=FACETS[field])
    return Value(text, href=text if "://" in text else "")
