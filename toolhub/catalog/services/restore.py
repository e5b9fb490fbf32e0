from __future__ import annotations

from toolhub.accounts.permissions import Actor
from toolhub.audit.models import LogEntry
from toolhub.catalog.models import Tool
from toolhub.catalog.permissions import CATALOG
from toolhub.catalog.services.batch import ToolBatch
from toolhub.catalog.services.edits import tool_row_locked
from toolhub.core.changes import recording
from toolhub.core.db import retrying
from toolhub.core.errors import Conflict, NotFound


def tool_restore(*, actor: Actor, name: str, comment: str = "") -> Tool:
    """Lists a deleted tool again, as it was and with its creator. Who may delete it may do so.

    Raises NotFound when there never was one, Conflict when it is listed, Unauthenticated, PermissionDenied.
    """

    def write() -> Tool:
        with recording():
            tool = tool_row_locked(name)
            if tool is None:
                raise NotFound(f"There is no tool named {name}.")
            user = CATALOG.require(actor, "tool.delete", tool)
            if tool.deleted_at is None:
                raise Conflict(f"The tool {name} is not deleted.")
            tool.deleted_at = None
            gathered = ToolBatch(user, comment)
            gathered.update(tool, ["deleted_at"], LogEntry.Action.CREATED)
            gathered.flush()
        return tool

    return retrying(write)
