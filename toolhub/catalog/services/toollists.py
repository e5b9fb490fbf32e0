"""Writes of lists. Each leaves the record, a revision, an audit row and a change, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toolhub.accounts.models import User
from toolhub.accounts.permissions import Actor
from toolhub.audit.models import LogEntry
from toolhub.audit.services import log_entry
from toolhub.catalog.fields import is_same
from toolhub.catalog.models import Revision, Tool, ToolList, ToolListItem
from toolhub.catalog.permissions import CATALOG
from toolhub.catalog.selectors.toollists import toollist_tool_names
from toolhub.catalog.services.conflicts import delete_check, edit_merge
from toolhub.catalog.services.revisions import revision_newest_of, revision_next
from toolhub.catalog.services.toollist_checks import toollist_checked
from toolhub.catalog.services.toollist_documents import toollist_snapshot
from toolhub.core.changes import change_append, recording
from toolhub.core.clock import now
from toolhub.core.db import retrying
from toolhub.core.errors import NotFound
from toolhub.core.models import Change

ATTRIBUTES = {
    "title": "title",
    "description": "description",
    "icon": "icon",
    "published": "is_published",
}
"""What a person may state, by its public name. `tools` is the fifth; featuring is an act of its own."""


def toollist_create(*, actor: Actor, fields: Mapping[str, Any], comment: str = "") -> ToolList:
    """A new list of one's own. Raises Unauthenticated, and InvalidInput naming each field that breaks its rule."""
    user = CATALOG.require(actor, "toollist.create")

    def write() -> ToolList:
        with recording():
            stated, tools = toollist_checked({"title": "", "tools": (), **fields})
            moment = now()
            toollist = ToolList(
                created_by=user, created_at=moment, modified_by=user, modified_at=moment
            )
            _apply(toollist, stated)
            toollist.save(force_insert=True)
            _items_write(toollist, tools or ())
            _leave(user, toollist, LogEntry.Action.CREATED, comment)
        return toollist

    return retrying(write)


def toollist_update(
    *,
    actor: Actor,
    toollist: ToolList,
    fields: Mapping[str, Any],
    comment: str = "",
    if_match: str = "",
) -> ToolList:
    """Sets the named fields; what is the same already is not written. `tools` are all names, in order.

    Raises PermissionDenied, NotFound when it was deleted meanwhile, InvalidInput, and EditConflict (see `conflicts`).
    """
    user = CATALOG.require(actor, "toollist.change", toollist)

    def write() -> ToolList:
        with recording():
            fresh = _locked(toollist)
            edited = edit_merge(if_match=if_match, thing=fresh, stated=fields)
            stated, tools = toollist_checked(edited, toollist=fresh)
            changed = _apply(fresh, stated)
            is_moved = tools is not None and _is_other(fresh, tools)
            if changed or is_moved:
                _touch(fresh, user, changed)
                if is_moved:
                    _items_write(fresh, tools or ())
                _leave(user, fresh, LogEntry.Action.UPDATED, comment)
        return fresh

    return retrying(write)


def toollist_delete(
    *, actor: Actor, toollist: ToolList, comment: str = "", if_match: str = ""
) -> None:
    """Nobody sees it any more; its record and history stay. Raises PermissionDenied, NotFound, EditConflict."""
    user = CATALOG.require(actor, "toollist.delete", toollist)

    def write() -> None:
        with recording():
            fresh = _locked(toollist)
            delete_check(if_match=if_match, thing=fresh)
            fresh.deleted_at = now()
            _touch(fresh, user, ["deleted_at"])
            _leave(user, fresh, LogEntry.Action.DELETED, comment)

    retrying(write)


def toollist_restore(*, actor: Actor, toollist: ToolList, comment: str = "") -> ToolList:
    """Brings a deleted list back as it was. Raises PermissionDenied, and NotFound when it is not deleted."""
    user = CATALOG.require(actor, "toollist.delete", toollist)

    def write() -> ToolList:
        with recording():
            gone = ToolList.objects.select_for_update().exclude(deleted_at=None)
            fresh = gone.filter(pk=toollist.pk).first()
            if fresh is None:
                raise NotFound(f"There is no deleted list {toollist.pk}.")
            fresh.deleted_at = None
            _touch(fresh, user, ["deleted_at"])
            _leave(user, fresh, LogEntry.Action.CREATED, comment)
        return fresh

    return retrying(write)


def toollist_feature(*, actor: Actor, toollist: ToolList, comment: str = "") -> None:
    """Raises PermissionDenied, and NotFound unless it is published and not featured yet."""
    _feature(actor, toollist, comment, LogEntry.Action.FEATURED)


def toollist_unfeature(*, actor: Actor, toollist: ToolList, comment: str = "") -> None:
    """Raises PermissionDenied, and NotFound unless it is published and featured."""
    _feature(actor, toollist, comment, LogEntry.Action.UNFEATURED)


def _feature(actor: Actor, toollist: ToolList, comment: str, action: LogEntry.Action) -> None:
    # Featuring is what others say about the list, so it is no revision of the list itself.
    user = CATALOG.require(actor, "toollist.feature", toollist)
    wanted = action == LogEntry.Action.FEATURED

    def write() -> None:
        with recording():
            fresh = _locked(toollist)
            if not fresh.is_published or fresh.is_featured == wanted:
                state = "featured" if wanted else "not featured"
                raise NotFound(f"List {fresh.pk} is not published, or is {state} already.")
            fresh.is_featured = wanted
            fresh.save(update_fields=["is_featured"])
            newest = Revision.objects.filter(toollist=fresh).order_by("-number").first()
            _log(user, fresh, action, comment, newest)

    retrying(write)


def _locked(toollist: ToolList) -> ToolList:
    """The record as it is now, held until the transaction ends. Raises NotFound when it is gone."""
    fresh = ToolList.objects.select_for_update().listed().filter(pk=toollist.pk).first()
    if fresh is None:
        raise NotFound(f"There is no list {toollist.pk}.")
    return fresh


def _apply(toollist: ToolList, stated: Mapping[str, Any]) -> list[str]:
    """The attributes that really changed."""
    changed = []
    for name, attribute in ATTRIBUTES.items():
        if name in stated and not is_same(getattr(toollist, attribute), stated[name]):
            setattr(toollist, attribute, stated[name])
            changed.append(attribute)
    return changed


def _touch(toollist: ToolList, user: User, changed: list[str]) -> None:
    toollist.modified_by, toollist.modified_at = user, now()
    toollist.save(update_fields=[*changed, "modified_by", "modified_at"])


def _is_other(toollist: ToolList, tools: Sequence[Tool]) -> bool:
    """Whether these are not what the list shows already. Who names only what is shown keeps the deleted ones too."""
    names = toollist_tool_names(toollist)
    if names == [tool.name for tool in tools]:
        return False
    shown = ToolListItem.objects.filter(toollist=toollist, tool__deleted_at=None)
    return list(shown.order_by("position").values_list("tool_id", flat=True)) != [
        tool.pk for tool in tools
    ]


def _items_write(toollist: ToolList, tools: Sequence[Tool]) -> None:
    """Puts these tools in place of those before; who stays keeps the date since when it is in the list."""
    since = dict(toollist.items.values_list("tool_id", "added_at"))
    toollist.items.all().delete()
    moment = now()
    ToolListItem.objects.bulk_create(
        [
            ToolListItem(
                toollist=toollist, tool=tool, position=position, added_at=since.get(tool.pk, moment)
            )
            for position, tool in enumerate(tools)
        ]
    )


def _leave(user: User, toollist: ToolList, action: LogEntry.Action, comment: str) -> None:
    revision = revision_next(
        thing=toollist,
        snapshot=toollist_snapshot(toollist),
        actor=user,
        comment=comment,
        newest=revision_newest_of(toollist),
    )
    revision.save(force_insert=True)
    _log(user, toollist, action, comment, revision)


def _log(
    user: User,
    toollist: ToolList,
    action: LogEntry.Action,
    comment: str,
    revision: Revision | None,
) -> None:
    """The audit row knows the revision it goes with, so that a hidden one hides its words there too."""
    log_entry(
        actor=user,
        action=action,
        target_type=LogEntry.Target.TOOLLIST,
        target_id=toollist.pk,
        label=toollist.title,
        message=comment,
        params={"revision": revision.pk} if revision else {},
    ).save()
    is_public = toollist.is_published and toollist.deleted_at is None
    change_append(
        kind="list",
        key=str(toollist.pk),
        action=Change.Action.PUT if is_public else Change.Action.GONE,
    )
