from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

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


@dataclass(frozen=True, slots=True)
class ToolListRow:
    """One list among others. `titles` are those of its tools that are not deleted, in order."""

    toollist: ToolList
    titles: tuple[str, ...]


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


def toollist_deleted_get(pk: int) -> ToolList:
    """Raises NotFound. Who may bring it back is asked by the service that does."""
    toollist = ToolList.objects.exclude(deleted_at=None).filter(pk=pk).first()
    if toollist is None:
        raise NotFound(f"There is no deleted list {pk}.")
    return toollist


def toollist_own(*, actor: Actor) -> QuerySet[ToolList]:
    """One's own, published or not, what was changed last first."""
    mine = ToolList.objects.listed().filter(created_by=actor.pk)
    return mine.select_related("created_by").order_by("-modified_at", "-id")


def toollist_featured(limit: int) -> QuerySet[ToolList]:
    """The newest featured lists, each with `tool_count`."""
    lists = ToolList.objects.published().filter(is_featured=True).order_by("-id")
    shown = Count("items", filter=Q(items__tool__deleted_at=None))
    return lists.annotate(tool_count=shown)[:limit]


def toollist_rows(lists: Iterable[ToolList]) -> list[ToolListRow]:
    """These lists with the titles of their tools, in one query more."""
    lists = list(lists)
    items = ToolListItem.objects.filter(toollist__in=lists, tool__deleted_at=None)
    titles: defaultdict[int, list[str]] = defaultdict(list)
    rows = items.order_by("toollist", "position").values_list("toollist_id", "tool__title")
    for pk, title in rows if lists else ():
        titles[pk].append(title)
    return [ToolListRow(toollist, tuple(titles[toollist.pk])) for toollist in lists]


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


def toollist_shown_names(toollist: ToolList) -> list[str]:
    """The names that readers see, in order: those of deleted tools are left out."""
    items = ToolListItem.objects.filter(toollist=toollist, tool__deleted_at=None)
    return list(items.order_by("position").values_list("tool__name", flat=True))
