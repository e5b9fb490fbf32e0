from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolhub.accounts.permissions import Actor
from toolhub.catalog.models import Annotations
from toolhub.catalog.permissions import CATALOG
from toolhub.catalog.services.conflicts import edit_merge
from toolhub.catalog.services.edits import tool_edit, tool_locked
from toolhub.catalog.services.stated import community_checked
from toolhub.core.changes import recording
from toolhub.core.db import retrying


def annotations_update(
    *, actor: Actor, name: str, fields: Mapping[str, Any], comment: str, if_match: str = ""
) -> Annotations:
    """Sets the named community fields of a listed tool; what is the same already is not written.

    Raises Unauthenticated, NotFound, InvalidInput naming each field whose value breaks its rule, and EditConflict
    (see `conflicts`).
    """
    user = CATALOG.require(actor, "annotations.change")

    def write() -> Annotations:
        with recording():
            tool = tool_locked(name)
            community = community_checked(fields, language=tool.language)
            community = edit_merge(
                if_match=if_match, thing=tool, stated=community, part="annotations"
            )
            tool_edit(user=user, tool=tool, core={}, community=community, comment=comment)
        return tool.annotations

    return retrying(write)
