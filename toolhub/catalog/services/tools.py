"""Writes of single tools by people. What a crawl brings is written by `imports`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from toolhub.accounts.models import User
from toolhub.accounts.permissions import Actor
from toolhub.audit.models import LogEntry
from toolhub.catalog.fields import attribute
from toolhub.catalog.models import Tool
from toolhub.catalog.models.empty import empty_value
from toolhub.catalog.permissions import CATALOG
from toolhub.catalog.selectors.tools import tool_get
from toolhub.catalog.services.batch import ToolBatch
from toolhub.catalog.services.conflicts import delete_check, edit_merge
from toolhub.catalog.services.edits import fields_apply, tool_edit, tool_locked, tool_row_locked
from toolhub.catalog.services.stated import CORE_FIELDS, REQUIRED, core_checked
from toolhub.catalog.toolinfo import NAME_PATTERN, normalise_name
from toolhub.catalog.toolinfo.schema import DEFAULT_LANGUAGE, TEXT_MAX_LENGTH
from toolhub.core.changes import recording
from toolhub.core.clock import now
from toolhub.core.db import retrying
from toolhub.core.errors import FieldError, InvalidInput

NAME = re.compile(NAME_PATTERN)


def tool_create(*, actor: Actor, fields: Mapping[str, Any], comment: str = "") -> Tool:
    """A new tool, or a new life for a deleted one of this name, which then belongs to who made it again.

    Raises Unauthenticated, and InvalidInput naming each field that is missing, breaks its rule, or is taken.
    """
    user = CATALOG.require(actor, "tool.create")
    name, core = _checked_new(fields)

    def write() -> Tool:
        with recording():
            tool = tool_row_locked(name)
            if tool is not None and tool.deleted_at is None:
                raise InvalidInput(FieldError("name", f"The name {name} is taken.", 3001))
            gathered = ToolBatch(user, comment)
            if tool is None:
                tool = Tool(name=name, origin=Tool.Origin.API, **core)
                gathered.create(tool)
            else:
                _revive(gathered, tool, core)
            gathered.flush()
        return tool

    return retrying(write)


def tool_update(
    *, actor: Actor, name: str, fields: Mapping[str, Any], comment: str = "", if_match: str = ""
) -> Tool:
    """Sets the core fields that are named; null, "" and [] empty one. What is the same already is not written.

    Raises NotFound, Unauthenticated, PermissionDenied, InvalidInput, and EditConflict (see `conflicts`).
    """

    def write() -> Tool:
        with recording():
            tool = tool_locked(name)
            user = CATALOG.require(actor, "tool.change", tool)
            core = core_checked(fields, language=tool.language)
            core = edit_merge(if_match=if_match, thing=tool, stated=core)
            tool_edit(user=user, tool=tool, core=core, community={}, comment=comment)
        return tool

    return retrying(write)


def tool_delete(*, actor: Actor, name: str, comment: str = "", if_match: str = "") -> None:
    """Nobody sees it any more; its record and history stay.

    Raises NotFound, Unauthenticated, PermissionDenied, and EditConflict (see `conflicts`).
    """

    def write() -> None:
        with recording():
            tool = tool_locked(name)
            user = CATALOG.require(actor, "tool.delete", tool)
            delete_check(if_match=if_match, thing=tool)
            tool.deleted_at = now()
            gathered = ToolBatch(user, comment)
            gathered.update(tool, ["deleted_at"], LogEntry.Action.DELETED)
            gathered.flush()

    retrying(write)


def tool_require(*, actor: Actor, act: str, name: str) -> User:
    """Asked before a body is judged, because who may not is told so first. Raises NotFound, PermissionDenied."""
    return CATALOG.require(actor, act, tool_get(name))


def _checked_new(fields: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    errors = [
        FieldError(name, "This field is required.", 2002)
        for name in ("name", *REQUIRED)
        if name not in fields
    ]
    stated = str(fields.get("name") or "")
    name = normalise_name(stated)
    if "name" in fields and not (name and NAME.search(stated) and len(stated) <= TEXT_MAX_LENGTH):
        message = "Write letters, digits, - and _ of any script, and at least one letter or digit."
        errors.append(FieldError("name", message, 3006))
    core: dict[str, Any] = {}
    try:
        core = core_checked({"_language": DEFAULT_LANGUAGE, **fields})
    except InvalidInput as error:
        errors += error.errors
    if errors:
        raise InvalidInput(*errors)
    return name, core


def _revive(gathered: ToolBatch, tool: Tool, core: Mapping[str, Any]) -> None:
    """A whole new statement: what it does not name goes back to empty."""
    attributes = [attribute(name) for name in CORE_FIELDS if name not in REQUIRED]
    empty = {name: empty_value(Tool, name) for name in (*attributes, "extra")}
    fields = fields_apply(tool, {**empty, **core})
    tool.deleted_at, tool.origin = None, Tool.Origin.API
    tool.created_by, tool.created_at = gathered.actor, now()
    more = ["deleted_at", "origin", "created_by", "created_at"]
    gathered.update(tool, [*fields, *more], LogEntry.Action.CREATED)
