from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from toolhub.catalog.models import Revision, Tool, ToolDocument, ToolListItem
from toolhub.core.errors import NotFound

ORDERINGS = {
    "name": ("name",),
    "-name": ("-name",),
    "modified_date": ("modified_at", "tool_id"),
    "-modified_date": ("-modified_at", "-tool_id"),
}


def tool_document_list(
    *, ordering: str = "", lookups: Mapping[str, Any] | None = None
) -> QuerySet[ToolDocument]:
    """Listed tools, newest change first unless `ordering` is one the API knows. `lookups` are those of the name."""
    order = ORDERINGS.get(ordering, ORDERINGS["-modified_date"])
    return ToolDocument.objects.filter(**lookups or {}).order_by(*order)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a walk through all tools stands: after this one."""

    modified_at: datetime
    tool_id: int


def tool_document_walk(
    documents: QuerySet[ToolDocument], *, after: Place | None, limit: int
) -> tuple[list[ToolDocument], Place | None]:
    """The next documents by date of change, and the place to go on from, None at the end.

    The oldest change comes first: what is edited during the walk comes again at its end, and nothing is passed over.
    """
    if after is not None:
        later = Q(modified_at__gt=after.modified_at) | Q(tool_id__gt=after.tool_id)
        # The first condition lets the database start within its index.
        documents = documents.filter(modified_at__gte=after.modified_at).filter(later)
    rows = documents.order_by("modified_at", "tool_id").defer("search_body", "summary_body")
    found = list(rows[: limit + 1])
    if len(found) <= limit:
        return found, None
    last = found[limit - 1]
    return found[:limit], Place(last.modified_at, last.tool_id)


def tool_published_lists(names: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """The published lists that each of these tools is in, by the tool's name."""
    items = ToolListItem.objects.filter(
        tool__name__in=list(names), toollist__is_published=True, toollist__deleted_at=None
    ).order_by("toollist")
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for name, pk, title in items.values_list("tool__name", "toollist_id", "toollist__title"):
        found[name].append({"id": pk, "title": title})
    return found


def tool_document_bodies(documents: QuerySet[ToolDocument]) -> list[bytes]:
    return [body.encode() for body in documents.values_list("body", flat=True)]


def tool_get(name: str) -> Tool:
    """The record of a listed tool. Raises NotFound."""
    tool = Tool.objects.listed().filter(name=name).first()
    if tool is None:
        raise NotFound(f"There is no tool named {name}.")
    return tool


def tool_document_get(name: str) -> bytes:
    """The public JSON of a listed tool. Raises NotFound."""
    body = ToolDocument.objects.filter(name=name).values_list("body", flat=True).first()
    if body is None:
        raise NotFound(f"There is no tool named {name}.")
    return body.encode()


def tool_document_tagged(name: str) -> tuple[bytes, int]:
    """The public JSON of a listed tool and the id of the revision it shows, read as one. Raises NotFound."""
    newest = Revision.objects.filter(tool=OuterRef("tool")).order_by("-number").values("pk")[:1]
    documents = ToolDocument.objects.filter(name=name).annotate(revision=Subquery(newest))
    found = documents.values_list("body", "revision").first()
    if found is None:
        raise NotFound(f"There is no tool named {name}.")
    return found[0].encode(), found[1] or 0


def tool_search_bodies(names: Iterable[str]) -> list[bytes]:
    """The search documents of these tools in this order; one deleted meanwhile is left out."""
    names = list(names)
    rows: dict[str, Any] = dict(
        ToolDocument.objects.filter(name__in=names).values_list("name", "search_body")
    )
    return [rows[name].encode() for name in names if name in rows]


def tool_count() -> int:
    return Tool.objects.listed().count()
