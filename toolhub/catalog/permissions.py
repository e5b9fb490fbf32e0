"""Who may do what in the catalogue. Services ask `require`, pages ask `can` to know whether to show a button."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser

from toolhub.accounts.models import User
from toolhub.core.errors import PermissionDenied, Unauthenticated

Actor = User | AnonymousUser
Rule = Callable[[User], bool]


def anyone_logged_in(actor: User) -> bool:
    return actor.is_active


RULES: dict[str, Rule] = {
    "annotations.change": anyone_logged_in,
}


def can(actor: Actor, act: str) -> bool:
    return isinstance(actor, User) and RULES[act](actor)


def require(actor: Actor, act: str) -> User:
    """The user behind the actor. Raises Unauthenticated for nobody, PermissionDenied for somebody else."""
    if not isinstance(actor, User):
        raise Unauthenticated("Log in first.")
    if not RULES[act](actor):
        raise PermissionDenied("You may not do this.")
    return actor
