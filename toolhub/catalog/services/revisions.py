from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import orjson
from django.db.models import Max

from toolhub.accounts.models import User
from toolhub.catalog.models import Revision, Tool, ToolList

Newest = tuple[int, str]
"""Number and digest of the newest revision of a thing."""


def revision_newest(tools: Iterable[Tool]) -> dict[int, Newest]:
    """Number and digest of the newest revision by tool id, in one query. Call it with the tools locked."""
    newest = (
        Revision.objects.filter(tool__in=[tool.pk for tool in tools])
        .order_by()
        .values("tool")
        .annotate(newest=Max("id"))
        .values("newest")
    )
    rows = Revision.objects.filter(pk__in=newest).values_list("tool_id", "number", "digest")
    return {tool_id: (number, digest) for tool_id, number, digest in rows}


def revision_newest_of(toollist: ToolList) -> Newest | None:
    """Call it with the list locked."""
    revisions = Revision.objects.filter(toollist=toollist).order_by("-number")
    return revisions.values_list("number", "digest").first()


def revision_next(
    *,
    thing: Tool | ToolList,
    snapshot: dict[str, Any],
    actor: User,
    comment: str,
    newest: Newest | None,
) -> Revision:
    """The unsaved revision that follows `newest` in the chain; None starts it."""
    number, digest = newest or (0, "")
    return Revision(
        tool=thing if isinstance(thing, Tool) else None,
        toollist=thing if isinstance(thing, ToolList) else None,
        number=number + 1,
        at=thing.modified_at,
        user=actor,
        comment=comment,
        snapshot=snapshot,
        digest=snapshot_digest(digest, snapshot),
    )


def snapshot_digest(previous: str, snapshot: dict[str, Any]) -> str:
    body = orjson.dumps(snapshot, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(previous.encode() + body).hexdigest()
