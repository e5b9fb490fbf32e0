"""Renders a list: its public JSON around the stored summaries of its tools, and the snapshot that a revision keeps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson

from toolhub.catalog.models import ToolList
from toolhub.catalog.selectors.toollists import toollist_tool_bodies, toollist_tool_names
from toolhub.catalog.services.documents import date_public, user_public


def toollist_bodies(lists: Iterable[ToolList]) -> list[bytes]:
    """What the API calls a ToolList, for each of these in one query."""
    lists = list(lists)
    tools = toollist_tool_bodies(lists)
    return [_body(toollist, tools.get(toollist.pk, [])) for toollist in lists]


def toollist_body(toollist: ToolList) -> bytes:
    return toollist_bodies([toollist])[0]


def toollist_snapshot(toollist: ToolList) -> dict[str, Any]:
    """The list as its history keeps it. `tools` are all names in order, those of deleted tools included."""
    return {
        **_head(toollist),
        "tools": toollist_tool_names(toollist),
        "created_by": user_public(toollist.created_by),
        "created_date": date_public(toollist.created_at),
    }


def _head(toollist: ToolList) -> dict[str, Any]:
    return {
        "id": toollist.pk,
        "title": toollist.title,
        "description": toollist.description,
        "icon": toollist.icon,
        # Favourites are no list here; the key stays for clients that ask for it.
        "favorites": False,
        "published": toollist.is_published,
        "featured": toollist.is_featured,
    }


def _body(toollist: ToolList, tools: list[bytes]) -> bytes:
    tail = {
        "created_by": user_public(toollist.created_by),
        "created_date": date_public(toollist.created_at),
        "modified_by": user_public(toollist.modified_by),
        "modified_date": date_public(toollist.modified_at),
    }
    head = orjson.dumps(_head(toollist))[:-1]
    return b'%s,"tools":[%s],%s' % (head, b",".join(tools), orjson.dumps(tail)[1:])
