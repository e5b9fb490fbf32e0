from __future__ import annotations

import hashlib

from django.contrib.auth.models import Group
from django.db.models import Prefetch, QuerySet
from oauth2_provider.models import AccessToken, Application

from toolhub.accounts.models import ApiToken, User
from toolhub.core.errors import NotFound


def user_list() -> QuerySet[User]:
    """Everybody, newest first, with groups and logins."""
    groups = Prefetch("groups", Group.objects.order_by("id"))
    return User.objects.order_by("-date_joined", "-id").prefetch_related(groups, "social_auth")


def user_get(user_id: int) -> User:
    """Raises NotFound."""
    user = user_list().filter(pk=user_id).first()
    if user is None:
        raise NotFound(f"There is no user {user_id}.")
    return user


def group_list() -> QuerySet[Group]:
    return Group.objects.order_by("id")


def group_get(group_id: int) -> Group:
    """The group with its members, oldest account first. Raises NotFound."""
    members = Prefetch("user_set", User.objects.order_by("id"))
    group = group_list().filter(pk=group_id).prefetch_related(members).first()
    if group is None:
        raise NotFound(f"There is no group {group_id}.")
    return group


def application_list() -> QuerySet[Application]:
    rows: QuerySet[Application] = Application.objects.select_related("user")
    return rows.order_by("id")


def application_get(client_id: str) -> Application:
    """Raises NotFound. The database may hold `A` and `a` for the same, so the answer is compared again."""
    application = application_list().filter(client_id=client_id).first()
    if application is None or application.client_id != client_id:
        raise NotFound(f"There is no application {client_id[:64]!r}.")
    return application


def authorization_list(user: User) -> QuerySet[AccessToken]:
    """What a person let applications do."""
    rows: QuerySet[AccessToken] = AccessToken.objects.filter(user=user).exclude(application=None)
    return rows.select_related("user", "application__user").order_by("id")


def authorization_get(user: User, authorization_id: int) -> AccessToken:
    """Raises NotFound, for another person's as well."""
    token = authorization_list(user).filter(pk=authorization_id).first()
    if token is None:
        raise NotFound(f"You have no authorization {authorization_id}.")
    return token


def access_token_find(presented: str) -> AccessToken | None:
    """The OAuth token of these characters, run out or not."""
    rows = AccessToken.objects.select_related("user")
    return rows.filter(token_checksum=digest(presented)).first()


def api_token_find(presented: str) -> ApiToken | None:
    return ApiToken.objects.select_related("user").filter(digest=digest(presented)).first()


def api_token_of(user: User, name: str = "") -> ApiToken | None:
    return ApiToken.objects.filter(user=user, name=name).first()


def digest(presented: str) -> str:
    """How tokens are stored to be found by."""
    return hashlib.sha256(presented.encode()).hexdigest()


MEMBER_ORDERINGS = {
    "username": ("username", "id"),
    "-username": ("-username", "-id"),
    "date_joined": ("date_joined", "id"),
    "-date_joined": ("-date_joined", "-id"),
}


def member_list(
    *, name: str = "", group_id: int | None = None, ordering: str = ""
) -> QuerySet[User]:
    """People with their groups; newest account first unless `ordering` is a known one."""
    people = User.objects.prefetch_related(Prefetch("groups", Group.objects.order_by("id")))
    if name:
        people = people.filter(username__contains=name)
    if group_id is not None:
        people = people.filter(groups=group_id)
    return people.order_by(*MEMBER_ORDERINGS.get(ordering, MEMBER_ORDERINGS["-date_joined"]))
