"""What patrollers and oversighters do with revisions. The things themselves stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolhub.accounts.models import User
from toolhub.accounts.permissions import Actor
from toolhub.audit.models import LogEntry
from toolhub.audit.services import log_entry
from toolhub.catalog.models import Revision, Tool
from toolhub.catalog.permissions import CATALOG
from toolhub.catalog.selectors.revisions import Thing, revisions_of
from toolhub.core.changes import change_append, recording
from toolhub.core.db import retrying
from toolhub.core.errors import InvalidInput, NotFound, PermissionDenied
from toolhub.core.models import Change


class CurrentRevision(PermissionDenied):
    """The newest revision is what everybody sees of the thing itself, so hiding it would hide nothing."""

    code = "current_revision"


class PatrolledRevision(InvalidInput):
    code = "patrolled_revision"


def revision_hide(*, actor: Actor, thing: Thing, revision_id: int, comment: str = "") -> None:
    """Raises PermissionDenied, NotFound when hidden already, CurrentRevision for the newest."""
    _suppress(actor, thing, revision_id, comment, LogEntry.Action.HID)


def revision_reveal(*, actor: Actor, thing: Thing, revision_id: int, comment: str = "") -> None:
    """Raises PermissionDenied, and NotFound when it is not hidden."""
    _suppress(actor, thing, revision_id, comment, LogEntry.Action.REVEALED)


def revision_patrol(*, actor: Actor, thing: Thing, revision_id: int, comment: str = "") -> None:
    """Notes that somebody looked it over. Raises PermissionDenied, NotFound, and PatrolledRevision the second time."""
    user = CATALOG.require(actor, "revision.patrol")

    def write() -> None:
        with recording():
            revision = _revision_locked(thing, revision_id)
            if revision.patrolled:
                raise PatrolledRevision(message=f"Revision {revision_id} is patrolled already.")
            revision.patrolled = True
            revision.save(update_fields=["patrolled"])
            _log(user, thing, revision, LogEntry.Action.PATROLLED, comment)

    retrying(write)


def _suppress(
    actor: Actor, thing: Thing, revision_id: int, comment: str, action: LogEntry.Action
) -> None:
    user = CATALOG.require(actor, "revision.suppress")
    wanted = action == LogEntry.Action.HID

    def write() -> None:
        with recording():
            revision = _revision_locked(thing, revision_id)
            if revision.suppressed == wanted:
                state = "hidden already" if wanted else "not hidden"
                raise NotFound(f"Revision {revision_id} is {state}.")
            if wanted and not revisions_of(thing).filter(number__gt=revision.number).exists():
                raise CurrentRevision("The newest revision cannot be hidden.")
            revision.suppressed = wanted
            revision.save(update_fields=["suppressed"])
            _log(user, thing, revision, action, comment)

    retrying(write)


def _log(
    user: User, thing: Thing, revision: Revision, action: LogEntry.Action, comment: str
) -> None:
    params: Mapping[str, Any] = (
        {"tool_name": thing.name}
        if isinstance(thing, Tool)
        else {"toollist": {"id": thing.pk, "title": thing.title}}
    )
    log_entry(
        actor=user,
        action=action,
        target_type=LogEntry.Target.VERSION,
        target_id=revision.pk,
        params=params,
        message=comment,
    ).save()
    change_append(kind="revision", key=str(revision.pk), action=Change.Action.PUT)


def _revision_locked(thing: Thing, revision_id: int) -> Revision:
    revision = revisions_of(thing).select_for_update().filter(pk=revision_id).first()
    if revision is None:
        raise NotFound(f"There is no revision {revision_id} of this.")
    return revision
