"""Renders revisions as the API shows them."""

from __future__ import annotations

from typing import Any

import orjson

from toolhub.catalog.selectors.revisions import (
    RevisionRow,
    revision_snapshot,
    tool_summary_bodies,
)
from toolhub.catalog.services.documents import date_public


def revision_public(row: RevisionRow) -> dict[str, Any]:
    is_tool = row.toollist_id is None
    return {
        "id": row.id,
        "timestamp": date_public(row.at),
        "user": {"id": row.user_id, "username": row.username},
        "comment": row.comment,
        "suppressed": row.suppressed,
        "patrolled": row.patrolled,
        "content_type": "tool" if is_tool else "toollist",
        "content_id": row.tool_name if is_tool else row.toollist_id,
        "parent_id": row.parent_id,
        "child_id": row.child_id,
        "content_title": row.title,
    }


def revision_bodies(rows: list[RevisionRow]) -> list[bytes]:
    return [orjson.dumps(revision_public(row)) for row in rows]


def revision_detail(row: RevisionRow, *, sees_suppressed: bool) -> dict[str, Any]:
    """The revision with its content, which is empty when it is suppressed and one may not see it."""
    content = {} if row.suppressed and not sees_suppressed else revision_snapshot(row.id)
    if row.toollist_id is None:
        return {**revision_public(row), "toolinfo": content}
    if content:
        content["tools"] = [orjson.loads(body) for body in tool_summary_bodies(content["tools"])]
    return {**revision_public(row), "toollist": content}
