"""What the page of recent changes asks beyond the feed itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, QuerySet
from django.utils.translation import gettext

from toolhub.catalog.models import Revision
from toolhub.catalog.selectors.revisions import RecentFilter, Thing, recent_list, recent_visible
from toolhub.core.errors import NotFound


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many changes nobody has looked over, and since when."""

    count: int
    oldest_at: datetime | None


def recent_chosen(
    *, chosen: RecentFilter, is_new: bool | None, sees_suppressed: bool
) -> QuerySet[Revision]:
    """Newest first; only first versions, only later ones, or both."""
    revisions = recent_list(chosen=chosen, sees_suppressed=sees_suppressed)
    if is_new is None:
        return revisions
    return revisions.filter(number=1) if is_new else revisions.filter(number__gt=1)


def recent_backlog() -> Backlog:
    waiting = recent_visible().filter(patrolled=False)
    return Backlog(**waiting.aggregate(count=Count("pk"), oldest_at=Min("at")))


def recent_thing(revision_id: int) -> Thing:
    """What this recent change was made to. Raises NotFound."""
    revision = recent_visible().select_related("tool", "toollist").filter(pk=revision_id).first()
    thing = (revision.tool or revision.toollist) if revision else None
    if thing is None:
        raise NotFound(gettext("There is no recent change %(id)d.") % {"id": revision_id})
    return thing
