"""The kit of which each app makes its table of rights: an act, and the rule that a person must meet for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.auth.models import AnonymousUser

from toolhub.accounts import groups
from toolhub.accounts.models import User
from toolhub.core.errors import PermissionDenied, Unauthenticated

Actor = User | AnonymousUser
Rule = Callable[[User, Any], bool]


class Permissions:
    """Services ask `require`; pages and the API's list of rights ask `can`."""

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self.rules = rules

    def can(self, actor: Actor, act: str, thing: Any = None) -> bool:
        return isinstance(actor, User) and actor.is_active and self.rules[act](actor, thing)

    def require(self, actor: Actor, act: str, thing: Any = None) -> User:
        """The user behind the actor. Raises Unauthenticated for nobody, PermissionDenied for somebody else."""
        user = require_login(actor)
        if not self.can(user, act, thing):
            raise PermissionDenied("You do not have permission to perform this action.")
        return user


def require_login(actor: Actor) -> User:
    """For what has to be found before its rule can be asked. Raises Unauthenticated for nobody."""
    if not isinstance(actor, User):
        raise Unauthenticated("Authentication credentials were not provided.")
    return actor


def anyone(actor: User, thing: Any) -> bool:
    """Everybody who is logged in."""
    return True


def creator(actor: User, thing: Any) -> bool:
    return bool(thing.created_by_id == actor.pk)


def owner(actor: User, thing: Any) -> bool:
    return bool(thing.user_id == actor.pk)


def in_group(*names: str) -> Rule:
    """Members of one of the groups. Administrators are not meant unless named."""

    def rule(actor: User, thing: Any) -> bool:
        return not actor.group_names.isdisjoint(names)

    return rule


def either(*rules: Rule) -> Rule:
    def rule(actor: User, thing: Any) -> bool:
        return any(one(actor, thing) for one in rules)

    return rule


def in_person(one: Rule) -> Rule:
    """Not through an application that a person let act for them: it must not give itself lasting rights."""

    def rule(actor: User, thing: Any) -> bool:
        return not actor.is_delegated and one(actor, thing)

    return rule


ADMINISTRATOR = in_group(groups.ADMINISTRATORS)

ACCOUNTS = Permissions(
    {
        "member.change": in_person(in_group(groups.ADMINISTRATORS, groups.BUREAUCRATS)),
        "application.create": in_person(anyone),
        "application.change": in_person(either(owner, ADMINISTRATOR)),
        "application.delete": in_person(either(owner, ADMINISTRATOR)),
        "authorization.read": anyone,
        "authorization.revoke": in_person(owner),
        "token.change": in_person(anyone),
    }
)
