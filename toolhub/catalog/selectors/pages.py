"""What pages show of tools, read from the stored public documents: one query for a list, one for a tool."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from toolhub.catalog.fields import COMMUNITY_FIELDS, SHARED_FIELDS
from toolhub.catalog.models import ToolDocument
from toolhub.catalog.selectors.tools import tool_document_get

Document = dict[str, Any]

COMPLETENESS_FIELDS = (
    "tool_type",
    "author",
    "license",
    "for_wikis",
    "available_ui_languages",
    "tasks",
    "audiences",
    "content_types",
    "icon",
    "repository",
    "user_docs_url",
    "bugtracker_url",
    "feedback_url",
    "privacy_policy_url",
)
"""What a reader looks for in a record. Completeness is the share of these that somebody filled in."""


@dataclass(frozen=True, slots=True)
class ToolRow:
    """One tool in a list. `language` is the language of its texts; `completeness` is in percent."""

    name: str
    title: str
    description: str
    language: str
    tool_type: str | None
    authors: tuple[str, ...]
    wikis: tuple[str, ...]
    is_deprecated: bool
    is_experimental: bool
    completeness: int
    modified_at: datetime

    @property
    def more_authors(self) -> int:
        return len(self.authors) - 1


def tool_document(name: str) -> Document:
    """The public document of a listed tool. Raises NotFound."""
    document: Document = orjson.loads(tool_document_get(name))
    return document


def tool_rows(names: Iterable[str]) -> list[ToolRow]:
    """The rows of these tools, in the order of the names; a tool that is gone meanwhile is left out."""
    wanted = list(names)
    bodies = dict(ToolDocument.objects.filter(name__in=wanted).values_list("name", "body"))
    return [_row(orjson.loads(bodies[name])) for name in wanted if name in bodies]


def shown(document: Document, field: str) -> Any:
    """The display rule: what the maintainer states, else what the community states."""
    if field in COMMUNITY_FIELDS:
        return document["annotations"].get(field)
    stated = document.get(field)
    if not stated and field in SHARED_FIELDS:
        return document["annotations"].get(field)
    return stated


def missing_fields(document: Document) -> list[str]:
    return [field for field in COMPLETENESS_FIELDS if not shown(document, field)]


def completeness(document: Document) -> int:
    """Percent of the fields readers look for that are filled in."""
    filled = len(COMPLETENESS_FIELDS) - len(missing_fields(document))
    return round(100 * filled / len(COMPLETENESS_FIELDS))


def moment(document: Document, field: str) -> datetime:
    return datetime.fromisoformat(document[field])


def _row(document: Document) -> ToolRow:
    return ToolRow(
        name=document["name"],
        title=document["title"],
        description=document["description"],
        language=document.get("_language") or "",
        tool_type=shown(document, "tool_type"),
        authors=tuple(author["name"] for author in document["author"]),
        wikis=tuple(shown(document, "for_wikis") or ()),
        is_deprecated=bool(shown(document, "deprecated")),
        is_experimental=bool(shown(document, "experimental")),
        completeness=completeness(document),
        modified_at=moment(document, "modified_date"),
    )
