"""The history of tools and lists, and the feed of all of it, as one may see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

from toolhub.catalog.models import Revision, Tool, ToolDocument, ToolList
from toolhub.core.errors import NotFound

Thing = Tool | ToolList
"""What has a history."""

# Not by user, comment or title: the place of a hidden revision would tell what was taken out of it.
ORDERINGS = {
    "id": "id",
    "timestamp": "at",
    "revision.date_created": "at",
    "revision__date_created": "at",
    "suppressed": "suppressed",
    "patrolled": "patrolled",
}
HIDDEN_USER_ID = -1
HIDDEN_USERNAME = "<suppressed>"


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """One revision without its content. `parent_id` and `child_id` are its neighbours in the same history."""

    id: int
    at: datetime
    user_id: int
    username: str
    comment: str
    suppressed: bool
    patrolled: bool
    tool_name: str | None
    toollist_id: int | None
    title: str
    parent_id: int | None
    child_id: int | None

    def hidden(self) -> RevisionRow:
        """What everybody may know of a suppressed one: that it is there, and when it was written."""
        return replace(self, user_id=HIDDEN_USER_ID, username=HIDDEN_USERNAME, comment="", title="")


@dataclass(frozen=True, slots=True)
class RecentFilter:
    """What to show of the feed. `user` is a name; both times belong to the span."""

    user: str = ""
    target_type: str = ""
    suppressed: bool | None = None
    patrolled: bool | None = None
    after: datetime | None = None
    before: datetime | None = None


def revisions_of(thing: Thing) -> QuerySet[Revision]:
    """Newest first."""
    if isinstance(thing, Tool):
        return Revision.objects.filter(tool=thing)
    return Revision.objects.filter(toollist=thing)


def revision_get(thing: Thing, pk: int) -> Revision:
    """The whole revision, whoever asks. Raises NotFound, also for a revision of something else."""
    revision = revisions_of(thing).select_related("user").filter(pk=pk).first()
    if revision is None:
        raise NotFound(f"There is no revision {pk} of this.")
    return revision


def recent_visible() -> QuerySet[Revision]:
    """Revisions of what everybody can see. One's own unpublished lists are no news for others, so they are not here."""
    return Revision.objects.filter(
        Q(tool__isnull=False, tool__deleted_at=None)
        | Q(toollist__is_published=True, toollist__deleted_at=None)
    )


def recent_list(*, chosen: RecentFilter, sees_suppressed: bool) -> QuerySet[Revision]:
    """Newest first. A hidden revision is not found by whose it is."""
    wanted = Q()
    if chosen.user:
        wanted &= Q(user__username=chosen.user)
        wanted &= Q() if sees_suppressed else Q(suppressed=False)
    if chosen.target_type:
        wanted &= Q(**{f"{chosen.target_type}__isnull": False})
    if chosen.suppressed is not None:
        wanted &= Q(suppressed=chosen.suppressed)
    if chosen.patrolled is not None:
        wanted &= Q(patrolled=chosen.patrolled)
    if chosen.after:
        wanted &= Q(at__gte=chosen.after)
    if chosen.before:
        wanted &= Q(at__lte=chosen.before)
    return recent_visible().filter(wanted).order_by("-at", "-id")


def revision_rows(revisions: QuerySet[Revision], *, sees_suppressed: bool) -> list[RevisionRow]:
    """These revisions, with the content of suppressed ones taken out for who may not see it.

    Two queries: a database that has to sort must not carry titles and neighbours of all there is.
    """
    ids = list(revisions.values_list("pk", flat=True))
    found = Revision.objects.filter(pk__in=ids).order_by()
    read = found.annotate(
        title=KeyTextTransform("title", "snapshot"),
        parent_id=_neighbour("number__lt", "-number"),
        child_id=_neighbour("number__gt", "number"),
    ).values_list(
        "id",
        "at",
        "user_id",
        "user__username",
        "comment",
        "suppressed",
        "patrolled",
        "tool__name",
        "toollist_id",
        "title",
        "parent_id",
        "child_id",
    )
    rows = {row.id: row for row in (RevisionRow(*values) for values in read)}
    shown = [rows[pk] for pk in ids if pk in rows]
    return [row.hidden() if row.suppressed and not sees_suppressed else row for row in shown]


def revision_row(revisions: QuerySet[Revision], pk: int, *, sees_suppressed: bool) -> RevisionRow:
    """Raises NotFound."""
    rows = revision_rows(revisions.filter(pk=pk), sees_suppressed=sees_suppressed)
    if not rows:
        raise NotFound(f"There is no revision {pk} here.")
    return rows[0]


def revision_snapshot(pk: int) -> dict[str, Any]:
    snapshot: dict[str, Any] = Revision.objects.values_list("snapshot", flat=True).get(pk=pk)
    return snapshot


def tool_summary_bodies(names: Iterable[str]) -> list[bytes]:
    """The summaries of these tools in this order; a deleted one is left out."""
    names = list(names)
    bodies: dict[str, str] = dict(
        ToolDocument.objects.filter(name__in=names).values_list("name", "summary_body")
    )
    return [bodies[name].encode() for name in names if name in bodies]


def _neighbour(lookup: str, order: str) -> Coalesce:
    """The nearest number on that side. Not `number - 1`: MariaDB refuses it where it tries it with no row at all."""
    beside = Revision.objects.filter(**{lookup: OuterRef("number")}).order_by(order).values("pk")
    return Coalesce(
        Subquery(beside.filter(tool=OuterRef("tool"))[:1]),
        Subquery(beside.filter(toollist=OuterRef("toollist"))[:1]),
    )
