"""What people do with the history of a tool or a list: compare, go back, undo."""

from __future__ import annotations

import jsonpatch

from toolhub.accounts.models import User
from toolhub.accounts.permissions import Actor
from toolhub.catalog.fields import is_same
from toolhub.catalog.models import Revision, Tool, ToolList
from toolhub.catalog.permissions import CATALOG
from toolhub.catalog.selectors.revisions import Thing, revision_get
from toolhub.catalog.services.documents import date_public
from toolhub.catalog.services.edits import tool_edit, tool_locked
from toolhub.catalog.services.snapshots import (
    Operations,
    Snapshot,
    snapshot_compared,
    snapshot_different,
    snapshot_editable,
    snapshot_of,
    snapshot_patched,
)
from toolhub.catalog.services.stated import CORE_FIELDS, community_checked, core_checked
from toolhub.catalog.services.toollists import toollist_update
from toolhub.core.changes import recording
from toolhub.core.db import retrying
from toolhub.core.errors import NotFound, PermissionDenied


class SuppressedRevision(PermissionDenied):
    code = "suppressed_revision"


def revision_diff(*, actor: Actor, thing: Thing, original_id: int, result_id: int) -> Operations:
    """What leads from one revision to the other, as a JSON Patch (RFC 6902).

    Raises NotFound, and SuppressedRevision when one is hidden from this person.
    """
    original, result = revision_get(thing, original_id), revision_get(thing, result_id)
    _require_seen(actor, original, result)
    before, after = snapshot_compared(original.snapshot), snapshot_compared(result.snapshot)
    return [dict(operation) for operation in jsonpatch.make_patch(before, after)]


def revision_revert(*, actor: Actor, thing: Thing, revision_id: int, comment: str = "") -> Thing:
    """Makes the thing what it was then, as an edit of today with all its rules.

    Raises NotFound, PermissionDenied, SuppressedRevision, InvalidInput.
    """

    def write() -> Thing:
        with recording():
            fresh = _locked(thing)
            revision = revision_get(fresh, revision_id)
            _require_seen(actor, revision)
            wanted = snapshot_editable(revision.snapshot)
            _require_change(actor, fresh, snapshot_editable(snapshot_of(fresh)), wanted)
            return _restore(actor, fresh, wanted, _said(_revert_summary(revision), comment))

    return retrying(write)


def revision_undo(
    *, actor: Actor, thing: Thing, revision_id: int, other_id: int, comment: str = ""
) -> Thing:
    """Takes the difference from `revision_id` to `other_id` and applies it to the thing as it is now.

    Raises Conflict when what it would change was changed again since, otherwise as `revision_revert`.
    """

    def write() -> Thing:
        with recording():
            fresh = _locked(thing)
            newer, older = revision_get(fresh, revision_id), revision_get(fresh, other_id)
            _require_seen(actor, newer, older)
            before, after = snapshot_editable(newer.snapshot), snapshot_editable(older.snapshot)
            _require_change(actor, fresh, before, after)
            wanted = snapshot_patched(snapshot_editable(snapshot_of(fresh)), before, after)
            summary = f"Undo revisions from {other_id} to {revision_id}"
            return _restore(actor, fresh, wanted, _said(summary, comment))

    return retrying(write)


def _require_seen(actor: Actor, *revisions: Revision) -> None:
    hidden = [revision.pk for revision in revisions if revision.suppressed]
    if hidden and not CATALOG.can(actor, "revision.see_suppressed"):
        raise SuppressedRevision(f"The content of revision {hidden[0]} is hidden.")


def _require_change(actor: Actor, thing: Thing, before: Snapshot, after: Snapshot) -> User:
    """The right that an edit from the one to the other needs."""
    if isinstance(thing, ToolList):
        return CATALOG.require(actor, "toollist.change", thing)
    core = any(not is_same(before.get(name), after.get(name)) for name in CORE_FIELDS)
    return CATALOG.require(actor, "tool.change" if core else "annotations.change", thing)


def _locked(thing: Thing) -> Thing:
    if isinstance(thing, Tool):
        return tool_locked(thing.name)
    lists = ToolList.objects.select_for_update().listed().filter(pk=thing.pk)
    fresh = lists.prefetch_related("created_by", "modified_by").first()
    if fresh is None:
        raise NotFound(f"There is no list {thing.pk}.")
    return fresh


def _restore(actor: Actor, thing: Thing, wanted: Snapshot, comment: str) -> Thing:
    """Writes what differs from now, so that only that is judged by the rules of today."""
    if isinstance(thing, ToolList):
        return toollist_update(actor=actor, toollist=thing, fields=wanted, comment=comment)
    current = snapshot_editable(snapshot_of(thing))
    user = _require_change(actor, thing, current, wanted)
    core = snapshot_different(
        current, {name: wanted[name] for name in CORE_FIELDS if name in wanted}
    )
    noted = snapshot_different(current["annotations"], wanted["annotations"])
    language = core.get("_language", thing.language)
    tool_edit(
        user=user,
        tool=thing,
        core=core_checked(core, language=language),
        community=community_checked(noted, language=language),
        comment=comment,
    )
    return thing


def _revert_summary(revision: Revision) -> str:
    """Says nothing of a hidden revision but its number: everybody reads this."""
    if revision.suppressed:
        return f"Revert to revision {revision.pk}"
    return f"Revert to revision {revision.pk} dated {date_public(revision.at)} by {revision.user}"


def _said(summary: str, comment: str) -> str:
    return f"{summary}: {comment}" if comment else summary
