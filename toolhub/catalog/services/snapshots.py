"""Snapshots of tools and lists: which part of them is compared, which can be restored, and how one is undone."""

from __future__ import annotations

from typing import Any

import jsonpatch
from jsonpointer import resolve_pointer

from toolhub.catalog.fields import ANNOTATION_FIELDS, is_same
from toolhub.catalog.models import Tool
from toolhub.catalog.selectors.revisions import Thing
from toolhub.catalog.services.documents import tool_public
from toolhub.catalog.services.stated import CORE_FIELDS
from toolhub.catalog.services.toollist_documents import toollist_snapshot
from toolhub.core.errors import Conflict

Snapshot = dict[str, Any]
Operations = list[dict[str, Any]]

LIST_EDITABLE = ("title", "description", "icon", "published", "tools")
LIST_COMPARED = ("id", "favorites", *LIST_EDITABLE)


def snapshot_of(thing: Thing) -> Snapshot:
    """What a revision of the thing as it is now would keep."""
    if isinstance(thing, Tool):
        return tool_public(thing, thing.annotations)
    return toollist_snapshot(thing)


def snapshot_compared(snapshot: Snapshot) -> Snapshot:
    """The part of a snapshot that differences are about."""
    if "annotations" in snapshot:
        return {name: value for name, value in snapshot.items() if name != "modified_date"}
    return {name: snapshot[name] for name in LIST_COMPARED if name in snapshot}


def snapshot_editable(snapshot: Snapshot) -> Snapshot:
    """The part of a snapshot that people state. A field that is younger than the snapshot is not in it."""
    known = CORE_FIELDS if "annotations" in snapshot else LIST_EDITABLE
    stated = {name: snapshot[name] for name in known if name in snapshot}
    if "annotations" in snapshot:
        noted = snapshot["annotations"]
        stated["annotations"] = {name: noted[name] for name in ANNOTATION_FIELDS if name in noted}
    return stated


def snapshot_patched(current: Snapshot, before: Snapshot, after: Snapshot) -> Snapshot:
    """Raises Conflict."""
    try:
        patched: Snapshot = jsonpatch.apply_patch(current, _guarded(before, after))
    except (jsonpatch.JsonPatchException, jsonpatch.JsonPointerException) as error:
        message = "What this would undo was changed again since. Edit it by hand instead."
        raise Conflict(message) from error
    return patched


def _guarded(before: Snapshot, after: Snapshot) -> Operations:
    """The patch, and before each step a test that what it takes away is there: a later edit must not be lost."""
    guarded: Operations = []
    for step in jsonpatch.make_patch(before, after):
        operation = dict(step)
        if operation["op"] != "add":
            at = operation.get("from", operation["path"])
            guarded.append({"op": "test", "path": at, "value": resolve_pointer(before, at)})
        guarded.append(operation)
        before = jsonpatch.apply_patch(before, [operation])
    return guarded


def snapshot_different(current: Snapshot, wanted: Snapshot) -> Snapshot:
    return {name: value for name, value in wanted.items() if not is_same(current[name], value)}
