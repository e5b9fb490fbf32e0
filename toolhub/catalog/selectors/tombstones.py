"""What is left to say of a tool that was taken out of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from toolhub.accounts.models import User
from toolhub.catalog.models import Tool
from toolhub.catalog.selectors.revisions import revisions_of
from toolhub.core.errors import NotFound


@dataclass(frozen=True, slots=True)
class Tombstone:
    """Who took the tool out, and why; both are empty when that revision was hidden."""

    name: str
    title: str
    language: str
    deleted_at: datetime
    deleted_by: User | None
    comment: str
    is_crawled: bool


def tombstone_get(name: str) -> Tombstone:
    """Raises NotFound: for a listed tool, and for a name that nobody ever had."""
    tool = Tool.objects.exclude(deleted_at=None).filter(name=name).first()
    if tool is None or tool.deleted_at is None:
        raise NotFound(f"There is no tool named {name}.")
    told = revisions_of(tool).select_related("user").order_by("-number").first()
    if told and told.suppressed:
        told = None
    return Tombstone(
        name=tool.name,
        title=tool.title,
        language=tool.language or "",
        deleted_at=tool.deleted_at,
        deleted_by=told.user if told else None,
        comment=told.comment if told else "",
        is_crawled=tool.origin == Tool.Origin.CRAWLER,
    )
