"""Writes of favourites. Nobody but their owner sees them, so they leave neither an audit row nor a change."""

from __future__ import annotations

from toolhub.accounts.permissions import Actor
from toolhub.catalog.models import Favourite, Tool
from toolhub.catalog.permissions import CATALOG
from toolhub.core.errors import FieldError, InvalidInput, NotFound


def favourite_add(*, actor: Actor, name: str) -> Favourite:
    """Raises InvalidInput when there is no such tool or it is a favourite already."""
    user = CATALOG.require(actor, "favourite.change")
    tool = Tool.objects.listed().filter(name=name).first()
    if tool is None:
        raise InvalidInput(FieldError("name", f"There is no tool named {name}.", 3208))
    # Two requests at once are settled by the constraint: one of them finds the other's row.
    favourite, is_new = Favourite.objects.get_or_create(user=user, tool=tool)
    if not is_new:
        raise InvalidInput(FieldError("name", f"{name} is among your favourites already.", 3001))
    return favourite


def favourite_remove(*, actor: Actor, name: str) -> None:
    """Raises NotFound when it is none of one's own favourites."""
    user = CATALOG.require(actor, "favourite.change")
    mine = Favourite.objects.filter(user=user, tool__name=name, tool__deleted_at=None)
    if not mine.delete()[0]:
        raise NotFound(f"{name} is not among your favourites.")
