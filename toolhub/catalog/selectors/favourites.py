from __future__ import annotations

from django.db.models import QuerySet

from toolhub.accounts.permissions import Actor
from toolhub.catalog.models import Favourite
from toolhub.core.errors import NotFound

ORDERINGS = {
    "name": "tool__name",
    "title": "tool__title",
    "tool_type": "tool__tool_type",
    "added_date": "added_at",
}


def favourite_list(*, actor: Actor) -> QuerySet[Favourite]:
    """One's own, in the order they were added; a deleted tool is left out."""
    favourites = Favourite.objects.filter(user=actor.pk, tool__document__isnull=False)
    return favourites.order_by("added_at", "id")


def favourite_bodies(favourites: QuerySet[Favourite]) -> list[bytes]:
    bodies = favourites.values_list("tool__document__summary_body", flat=True)
    return [body.encode() for body in bodies]


def favourite_get(name: str, *, actor: Actor) -> bytes:
    """The summary of the tool. Raises NotFound when it is none of one's own favourites."""
    bodies = favourite_bodies(favourite_list(actor=actor).filter(tool__name=name))
    if not bodies:
        raise NotFound(f"{name} is not among your favourites.")
    return bodies[0]


def favourite_names(*, actor: Actor) -> QuerySet[Favourite, str]:
    """The tools' names, what was added last first."""
    mine = favourite_list(actor=actor).order_by("-added_at", "-id")
    return mine.values_list("tool__name", flat=True)
