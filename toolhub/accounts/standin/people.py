"""The people one can be without a real login, in development only."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import Group

from toolhub.accounts import groups
from toolhub.accounts.models import User
from toolhub.accounts.services import user_create


@dataclass(frozen=True, slots=True)
class Person:
    username: str
    groups: tuple[str, ...] = ()


PEOPLE = (
    Person("Alice Example"),
    Person("Боб Пример"),
    Person("Ada Administrator", (groups.ADMINISTRATORS,)),
    Person("Pat Patroller", (groups.PATROLLERS,)),
)


def person_user(person: Person) -> User:
    """The account behind a stand-in person, made at the first login."""
    known = User.objects.filter(username=person.username).first()
    if known is not None:
        return known
    user = user_create(username=person.username)
    user.groups.set(Group.objects.filter(name__in=person.groups))
    return user
