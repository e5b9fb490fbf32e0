"""What a person keeps of a tool: whether it is a favourite, and which of their lists it is in."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from toolhub.accounts.permissions import Actor
from toolhub.catalog.models import Favourite, ToolList, ToolListItem


@dataclass(frozen=True, slots=True)
class OwnList:
    pk: int
    title: str
    is_published: bool
    has_tool: bool


def favourite_is(*, actor: Actor, name: str) -> bool:
    return Favourite.objects.filter(user=actor.pk, tool__name=name).exists()


def toollist_own(*, actor: Actor, name: str) -> list[OwnList]:
    """One's own lists by title, and whether this tool is in each."""
    inside = ToolListItem.objects.filter(toollist=OuterRef("pk"), tool__name=name)
    lists = ToolList.objects.listed().filter(created_by=actor.pk).annotate(has=Exists(inside))
    rows = lists.order_by("title", "pk").values_list("pk", "title", "is_published", "has")
    return [OwnList(*row) for row in rows]
