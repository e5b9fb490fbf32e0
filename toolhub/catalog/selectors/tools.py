from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from toolhub.catalog.models import Tool, ToolDocument
from toolhub.core.errors import NotFound

ORDERINGS = {
    "name": ("name",),
    "-name": ("-name",),
    "modified_date": ("modified_at", "tool_id"),
    "-modified_date": ("-modified_at", "-tool_id"),
}


def tool_document_list(
    *, ordering: str = "", lookups: dict[str, str] | None = None
) -> QuerySet[ToolDocument]:
    """Listed tools, newest change first unless `ordering` is one the API knows. `lookups` are those of the name."""
    order = ORDERINGS.get(ordering, ORDERINGS["-modified_date"])
    return ToolDocument.objects.filter(**lookups or {}).order_by(*order)


def tool_document_bodies(documents: QuerySet[ToolDocument]) -> list[bytes]:
    return [body.encode() for body in documents.values_list("body", flat=True)]


def tool_document_get(name: str) -> bytes:
    """The public JSON of a listed tool. Raises NotFound."""
    body = ToolDocument.objects.filter(name=name).values_list("body", flat=True).first()
    if body is None:
        raise NotFound(f"There is no tool named {name}.")
    return body.encode()


def tool_search_bodies(names: Iterable[str]) -> list[bytes]:
    """The search documents of these tools in this order; one deleted meanwhile is left out."""
    names = list(names)
    rows: dict[str, Any] = dict(
        ToolDocument.objects.filter(name__in=names).values_list("name", "search_body")
    )
    return [rows[name].encode() for name in names if name in rows]


def tool_count() -> int:
    return Tool.objects.listed().count()
