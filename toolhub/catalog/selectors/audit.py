"""The audit log as one may see it: nothing of somebody else's unpublished list, nothing of a hidden revision.

It is here because only the catalogue knows what is unpublished or hidden; `toolhub.audit` keeps the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, Exists, OuterRef, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from toolhub.accounts.permissions import Actor
from toolhub.audit.models import LogEntry
from toolhub.catalog.models import Revision, ToolList
from toolhub.catalog.selectors.revisions import HIDDEN_USER_ID, HIDDEN_USERNAME
from toolhub.core.errors import NotFound

# Not by user: the place of an entry would tell whose name was taken out of it.
ORDERINGS = {"timestamp": "at", "id": "id", "action": "action", "target": "target_type"}

EDITS = (LogEntry.Action.CREATED, LogEntry.Action.UPDATED, LogEntry.Action.DELETED)
LISTS, TOOLS, VERSIONS = LogEntry.Target.TOOLLIST, LogEntry.Target.TOOL, LogEntry.Target.VERSION


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What to show of the entries one may see. `user` is a name; both times belong to the span."""

    actions: Sequence[int] = ()
    target_type: str = ""
    user: str = ""
    after: datetime | None = None
    before: datetime | None = None


def audit_visible(actor: Actor) -> QuerySet[LogEntry]:
    private = ToolList.objects.filter(is_published=False)
    if actor.is_authenticated:
        private = private.exclude(created_by=actor.pk)
    revisions = Revision.objects.filter(toollist__in=private)
    number = Cast("target_id", BigIntegerField())
    return (
        LogEntry.objects.alias(number=number)
        .exclude(target_type=LISTS, number__in=private.values("pk"))
        .exclude(target_type=VERSIONS, number__in=revisions.values("pk"))
        .select_related("user")
    )


def audit_list(
    *, actor: Actor, chosen: AuditFilter, sees_hidden: bool = False
) -> QuerySet[LogEntry]:
    """Newest first."""
    rows = audit_visible(actor)
    if chosen.actions:
        rows = rows.filter(action__in=chosen.actions)
    if chosen.target_type:
        rows = rows.filter(target_type=chosen.target_type)
    if chosen.after:
        rows = rows.filter(at__gte=chosen.after)
    if chosen.before:
        rows = rows.filter(at__lte=chosen.before)
    if chosen.user:
        rows = rows.filter(user__username=chosen.user)
        if not sees_hidden:
            rows = rows.exclude(_is_hidden())
    return rows.order_by("-at", "-id")


def audit_get(pk: int, *, actor: Actor) -> LogEntry:
    """Raises NotFound, also for an entry that this person may not see."""
    row = audit_visible(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound(f"There is no log entry {pk}.")
    return row


def audit_public(rows: Iterable[LogEntry], *, sees_hidden: bool) -> list[dict[str, Any]]:
    """The entries as the API shows them, with the state of their revisions now, in one query."""
    rows = list(rows)
    ids = {found for row in rows if (found := _revision_id(row)) is not None}
    states = Revision.objects.filter(pk__in=ids).select_related("toollist").defer("snapshot")
    by_id = {revision.pk: revision for revision in states}
    return [_entry(row, by_id.get(_revision_id(row) or 0), sees_hidden) for row in rows]


def _entry(row: LogEntry, revision: Revision | None, sees_hidden: bool) -> dict[str, Any]:
    is_edit = row.target_type in {LISTS, TOOLS} and row.action in EDITS
    masked = is_edit and revision is not None and revision.suppressed and not sees_hidden
    return {
        "id": row.pk,
        "timestamp": row.at,
        "user": _user(row, masked=masked),
        "target": {
            "type": row.target_type,
            "id": int(row.target_id) if row.target_type != TOOLS else row.target_id,
            "label": _label(row, revision),
        },
        "action": row.get_action_display(),
        "params": _params(row, revision, is_edit=is_edit),
        "message": None if masked else row.message or None,
    }


def _user(row: LogEntry, *, masked: bool) -> dict[str, Any] | None:
    if masked:
        return {"id": HIDDEN_USER_ID, "username": HIDDEN_USERNAME}
    return {"id": row.user.pk, "username": row.user.get_username()} if row.user else None


def _label(row: LogEntry, revision: Revision | None) -> str:
    """A list has the title of today: the one it had then may have been hidden since."""
    if row.target_type == VERSIONS:
        return ""
    if row.target_type == LISTS and revision and revision.toollist:
        return revision.toollist.title
    return row.target_label


def _params(row: LogEntry, revision: Revision | None, *, is_edit: bool) -> dict[str, Any]:
    if row.target_type == VERSIONS and revision and revision.toollist:
        return {"toollist": {"id": revision.toollist.pk, "title": revision.toollist.title}}
    if is_edit and revision:
        return {
            "revision": revision.pk,
            "suppressed": revision.suppressed,
            "patrolled": revision.patrolled,
        }
    # What featured a list remembers the revision only for the title above.
    return {} if row.target_type == LISTS else dict(row.params)


def _revision_id(row: LogEntry) -> int | None:
    if row.target_type == VERSIONS:
        return int(row.target_id)
    found = row.params.get("revision")
    return found if isinstance(found, int) else None


def _is_hidden() -> Exists:
    told = Cast(KeyTextTransform("revision", OuterRef("params")), BigIntegerField())
    return Exists(Revision.objects.filter(suppressed=True, pk=told))
