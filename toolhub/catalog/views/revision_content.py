"""What a tool or a list was in one revision."""

from __future__ import annotations

from typing import Any

from toolhub.accounts.permissions import Actor
from toolhub.catalog.fields import ANNOTATION_FIELDS, TOOLINFO_FIELDS
from toolhub.catalog.selectors.pages import Document, tool_rows
from toolhub.catalog.selectors.revisions import revision_snapshot
from toolhub.catalog.views import tool_page
from toolhub.catalog.views.history_of import HistoryOf


def revision_content(history: HistoryOf, pk: int, actor: Actor) -> dict[str, Any]:
    snapshot = revision_snapshot(pk)
    if history.is_tool:
        return _tool(snapshot)
    return {"then": snapshot, "tools": tool_rows(snapshot.get("tools") or ())}


def _tool(snapshot: Document) -> dict[str, Any]:
    # A field that is younger than the revision is not in it.
    notes = dict.fromkeys(ANNOTATION_FIELDS) | snapshot["annotations"]
    then = dict.fromkeys(TOOLINFO_FIELDS) | snapshot | {"annotations": notes}
    return {
        "then": then,
        "sections": tool_page.sections(then),
        "origins": tool_page.origins(then),
        "text_language": then["_language"],
        "authors": then["author"],
    }
