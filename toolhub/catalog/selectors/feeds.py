"""What the feeds and the sitemap tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from django.db.models import QuerySet

from toolhub.catalog.models import ToolDocument, ToolList, ToolListItem
from toolhub.core.errors import NotFound

LENGTH = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """A tool, and when it came to what the feed is about."""

    tool: dict[str, Any]
    at: datetime


def entries_new() -> list[Entry]:
    documents = ToolDocument.objects.filter(tool__deleted_at=None)
    rows = documents.order_by("-tool__created_at", "-tool_id").values_list(
        "body", "tool__created_at"
    )
    return [Entry(orjson.loads(body), at) for body, at in rows[:LENGTH]]


def entries_updated() -> list[Entry]:
    rows = ToolDocument.objects.order_by("-modified_at", "-tool_id")
    found = rows.values_list("body", "modified_at")[:LENGTH]
    return [Entry(orjson.loads(body), at) for body, at in found]


def entries_named(names: Iterable[str]) -> list[Entry]:
    """These tools in this order, each with its last change."""
    names = list(names)
    rows = {
        name: Entry(orjson.loads(body), at)
        for name, body, at in ToolDocument.objects.filter(name__in=names).values_list(
            "name", "body", "modified_at"
        )
    }
    return [rows[name] for name in names if name in rows]


def published_list(pk: int) -> ToolList:
    """Raises NotFound, also for a list that is not published."""
    found = ToolList.objects.published().filter(pk=pk).first()
    if found is None:
        raise NotFound(f"There is no published list {pk}.")
    return found


def entries_of_list(toollist: ToolList) -> list[Entry]:
    """What was put into the list last comes first."""
    items = ToolListItem.objects.filter(toollist=toollist, tool__document__isnull=False)
    rows = items.order_by("-added_at", "position").values_list("tool__document__body", "added_at")
    return [Entry(orjson.loads(body), at) for body, at in rows[:LENGTH]]


def sitemap_documents() -> QuerySet[ToolDocument]:
    return ToolDocument.objects.order_by("tool_id").only("name", "modified_at")


def sitemap_lists() -> QuerySet[ToolList]:
    return ToolList.objects.published().order_by("pk").only("modified_at")
