"""The rules of what a person may write into a list."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from toolhub.catalog.models import Revision, Tool, ToolList
from toolhub.catalog.models.tool import URL_LENGTH
from toolhub.catalog.toolinfo.schema import ICON_PATTERN
from toolhub.core.errors import FieldError, InvalidInput

MAX_TOOLS = 128
TITLE_LENGTH = 255
DESCRIPTION_LENGTH = 65535
ICON = re.compile(ICON_PATTERN)


def toollist_checked(
    fields: Mapping[str, Any], *, toollist: ToolList | None = None
) -> tuple[dict[str, Any], list[Tool] | None]:
    """The fields in the form they are kept, and the tools in order; None when `tools` is not among the fields.

    Raises InvalidInput naming each field that breaks its rule.
    """
    stated = dict(fields)
    names = stated.pop("tools", None)
    errors = _text_errors(stated)
    tools, tool_errors = _tools(names, toollist) if names is not None else (None, [])
    if errors or tool_errors:
        raise InvalidInput(*errors, *tool_errors)
    for name in ("description", "icon"):
        if name in stated:
            stated[name] = stated[name] or None
    return stated, tools


def _text_errors(stated: Mapping[str, Any]) -> list[FieldError]:
    errors = []
    if "title" in stated and not (stated["title"] or "").strip():
        errors.append(FieldError("title", "This field may not be blank.", 2031))
    for name, length in (("title", TITLE_LENGTH), ("description", DESCRIPTION_LENGTH)):
        if len(stated.get(name) or "") > length:
            errors.append(FieldError(name, f"Write no more than {length} characters.", 2041))
    icon = stated.get("icon")
    if icon and not (len(icon) <= URL_LENGTH and ICON.fullmatch(icon)):
        message = (
            "Write the page of a file like https://commons.wikimedia.org/wiki/File:Example.svg."
        )
        errors.append(FieldError("icon", message, 3006))
    return errors


def _tools(names: Sequence[str], toollist: ToolList | None) -> tuple[list[Tool], list[FieldError]]:
    if len(names) > MAX_TOOLS:
        message = f"A list holds {MAX_TOOLS} tools; these are {len(names)}."
        return [], [FieldError("tools", message, 2041)]
    errors = []
    if repeated := sorted({name for name in names if names.count(name) > 1}):
        message = f"Each tool can be in the list once. Repeated: {', '.join(repeated)}."
        errors.append(FieldError("tools", message, 3207))
    tools = {tool.name: tool for tool in Tool.objects.filter(name__in=names)}
    deleted = {name for name, tool in tools.items() if tool.deleted_at is not None}
    if deleted and toollist is not None:
        deleted -= _had(toollist)
    if unknown := [name for name in dict.fromkeys(names) if name not in tools or name in deleted]:
        message = f"There is no tool named {', '.join(unknown)}."
        errors.append(FieldError("tools", message, 3208))
    return [tools[name] for name in names if name in tools], errors


def _had(toollist: ToolList) -> set[str]:
    """The names that ever were in the list: a tool deleted since comes back to its place with an old version."""
    snapshots = Revision.objects.filter(toollist=toollist).values_list("snapshot", flat=True)
    return {name for snapshot in snapshots for name in snapshot["tools"]}
