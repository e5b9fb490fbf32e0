from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from toolhub.accounts.permissions import Actor
from toolhub.catalog.models import ToolList, ToolListItem
from toolhub.core.errors import NotFound

ORDERINGS = {
    "id": "id",
    "title": "title",
    "description": "description",
    "icon": "icon",
    "published": "is_published",
    "featured": "is_featured",
    "created_by": "created_by__username",
    "created_date": "created_at",
    "modified_by": "modified_by__username",
    "modified_date": "modified_at",
}


@dataclass(frozen=True, slots=True)
class ToolListFilter:
    """What to show of the lists one may see. `user` is the name of the creator."""

    is_featured: bool | None = None
    is_published: bool | None = None
    user: str = ""


def toollist_visible(actor: Actor) -> QuerySet[ToolList]:
    """The published lists and one's own: nobody else sees an unpublished one, administrators included."""
    seen = Q(is_published=True)
    if actor.is_authenticated:
        seen |= Q(created_by=actor.pk)
    return ToolList.objects.listed().filter(seen).select_related("created_by", "modified_by")


def toollist_list(*, actor: Actor, chosen: ToolListFilter) -> QuerySet[ToolList]:
    """Newest first."""
    lists = toollist_visible(actor)
    if chosen.is_featured is not None:
        lists = lists.filter(is_featured=chosen.is_featured)
    if chosen.is_published is not None:
        lists = lists.filter(is_published=chosen.is_published)
    if chosen.user:
        lists = lists.filter(created_by__username=chosen.user)
    return lists.order_by("-id")


def toollist_get(pk: int, *, actor: Actor) -> ToolList:
    """Raises NotFound, also for the unpublished list of somebody else."""
    toollist = toollist_visible(actor).filter(pk=pk).first()
    if toollist is None:
        raise NotFound(f"There is no list {pk}.")
    return toollist


def toollist_tool_bodies(lists: Iterable[ToolList]) -> dict[int, list[bytes]]:
    """The summaries of the tools in these lists, in order, by list id; a deleted tool is left out."""
    items = ToolListItem.objects.filter(
        toollist__in=[toollist.pk for toollist in lists], tool__document__isnull=False
    ).order_by("toollist", "position")
    found: defaultdict[int, list[bytes]] = defaultdict(list)
    for pk, body in items.values_list("toollist_id", "tool__document__summary_body"):
        found[pk].append(body.encode())
    return found


def toollist_tool_names(toollist: ToolList) -> list[str]:
    """Every name in the list, in order, those of deleted tools included."""
    items = ToolListItem.objects.filter(toollist=toollist).order_by("position")
    return list(items.values_list("tool__name", flat=True))
