"""What one person brought into the catalogue, newest first."""

from __future__ import annotations

from django.db.models import QuerySet

from toolhub.accounts.models import User
from toolhub.catalog.models import Favourite, Tool, ToolList


def tools_of(user: User) -> QuerySet[Tool]:
    """The listed tools that this person made or brought in."""
    return Tool.objects.listed().filter(created_by=user).order_by("-modified_at", "-id")


def toollists_of(user: User) -> QuerySet[ToolList]:
    """Published or not: these are shown to nobody else."""
    return ToolList.objects.listed().filter(created_by=user).order_by("-modified_at", "-id")


def favourite_count(user: User) -> int:
    """Of tools that are still listed."""
    return Favourite.objects.filter(user=user, tool__deleted_at=None).count()
