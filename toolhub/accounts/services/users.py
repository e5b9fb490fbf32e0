from __future__ import annotations

from toolhub.accounts.models import User
from toolhub.audit.models import LogEntry
from toolhub.audit.services import log_entry
from toolhub.core.changes import change_append, recording
from toolhub.core.models import Change

SYSTEM = "Toolhub"


def user_create(*, username: str, email: str = "") -> User:
    """A new account at its first login. Raises ValidationError when the name is taken or too long."""
    with recording():
        user = User.objects.create_user(username, email=email)
        log_entry(
            actor=user,
            action=LogEntry.Action.CREATED,
            target_type=LogEntry.Target.USER,
            target_id=user.pk,
            label=username,
        ).save()
        change_append(kind="user", key=str(user.pk), action=Change.Action.PUT)
    return user


def system_user() -> User:
    """The account that acts when an operator runs a command. Nobody can log in as it."""
    return User.objects.filter(username=SYSTEM).first() or user_create(username=SYSTEM)
