from __future__ import annotations

from django.contrib.auth.models import Group

from toolhub.accounts.models import User
from toolhub.accounts.permissions import ACCOUNTS, Actor
from toolhub.accounts.selectors import group_get, user_get
from toolhub.audit.models import LogEntry
from toolhub.audit.services import log_entry
from toolhub.core.changes import change_append, recording
from toolhub.core.db import retrying
from toolhub.core.models import Change

Membership = User.groups.through


def member_add(*, actor: Actor, group_id: int, user_id: int) -> Group:
    """The group with the person in it, who may have been there before.

    Raises PermissionDenied before NotFound: who may not change members learns nothing.
    """
    acting = ACCOUNTS.require(actor, "member.change")
    group, user = group_get(group_id), user_get(user_id)
    retrying(lambda: _add(acting, group, user))
    return group_get(group_id)


def member_remove(*, actor: Actor, group_id: int, user_id: int) -> Group:
    """The group without the person, who may not have been there. Raises as `member_add` does."""
    acting = ACCOUNTS.require(actor, "member.change")
    group, user = group_get(group_id), user_get(user_id)
    retrying(lambda: _remove(acting, group, user))
    return group_get(group_id)


def _add(acting: User, group: Group, user: User) -> None:
    with recording():
        _, is_new = Membership.objects.get_or_create(user=user, group=group)
        if is_new:
            _written(acting, LogEntry.Action.ADDED_TO, group, user)


def _remove(acting: User, group: Group, user: User) -> None:
    with recording():
        removed, _ = Membership.objects.filter(user=user, group=group).delete()
        if removed:
            _written(acting, LogEntry.Action.REMOVED_FROM, group, user)


def _written(acting: User, action: LogEntry.Action, group: Group, user: User) -> None:
    log_entry(
        actor=acting,
        action=action,
        target_type=LogEntry.Target.GROUP,
        target_id=group.pk,
        label=group.name,
        params={"user": {"id": user.pk, "username": user.username}},
    ).save()
    change_append(kind="group", key=str(group.pk), action=Change.Action.PUT)
