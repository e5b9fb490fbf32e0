"""What every edit of one tool does, whichever of its two halves it changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolhub.accounts.models import User
from toolhub.audit.models import LogEntry
from toolhub.catalog.fields import is_same
from toolhub.catalog.models import Annotations, Tool
from toolhub.catalog.services.batch import ToolBatch
from toolhub.core.errors import NotFound


def tool_locked(name: str) -> Tool:
    """The listed tool, held until the transaction ends. Raises NotFound."""
    tool = tool_row_locked(name)
    if tool is None or tool.deleted_at is not None:
        raise NotFound(f"There is no tool named {name}.")
    return tool


def tool_row_locked(name: str) -> Tool | None:
    """The record of this name, deleted or not. Only its own row: a join would lock people's rows as well."""
    tools = Tool.objects.select_for_update().filter(name=name)
    return tools.prefetch_related("annotations", "created_by", "modified_by").first()


def fields_apply(row: Tool | Annotations, values: Mapping[str, Any]) -> list[str]:
    """Sets these attributes; the names of those that really changed."""
    changed = [name for name, value in values.items() if not is_same(getattr(row, name), value)]
    for name in changed:
        setattr(row, name, values[name])
    return changed


def tool_edit(
    *,
    user: User,
    tool: Tool,
    core: Mapping[str, Any],
    community: Mapping[str, Any],
    comment: str,
) -> None:
    """Sets attributes of a locked tool and of its annotations, as one step of its history. No change leaves nothing."""
    changed = fields_apply(tool, core)
    noted = fields_apply(tool.annotations, community)
    if not changed and not noted:
        return
    if noted:
        tool.annotations.save(update_fields=noted)
    gathered = ToolBatch(user, comment)
    gathered.update(tool, changed, LogEntry.Action.UPDATED)
    gathered.flush()
