from __future__ import annotations

from collections.abc import Iterable

from django.db import IntegrityError

from crawler.models import Url, UrlTool
from crawler.permissions import CRAWLER
from toolhub.accounts.models import User
from toolhub.accounts.permissions import Actor
from toolhub.audit.models import LogEntry
from toolhub.audit.services import log_entry
from toolhub.catalog.models import Tool
from toolhub.catalog.services.imports import tools_import_remove
from toolhub.core.changes import change_append, recording
from toolhub.core.errors import FieldError, InvalidInput, NotFound
from toolhub.core.http import OutboundError, check_url
from toolhub.core.models import Change


def url_register(*, actor: Actor, url: str) -> Url:
    """Raises InvalidInput when the address cannot be crawled or is registered already, Unauthenticated for nobody."""
    user = CRAWLER.require(actor, "url.create")
    address = _checked(url)
    try:
        with recording():
            registered = Url.objects.create(url=address, created_by=user)
            _url_written(user, registered, LogEntry.Action.CREATED, Change.Action.PUT)
    except IntegrityError as error:
        raise _taken(address) from error
    return registered


def url_change(*, actor: Actor, url: Url, address: str) -> Url:
    """The same registration at another address: its tools and its history stay with it.

    Raises PermissionDenied for a stranger, NotFound when it was removed meanwhile, and InvalidInput as registering does.
    """
    user = CRAWLER.require(actor, "url.change", url)
    address = _checked(address)
    try:
        with recording():
            fresh = Url.objects.select_for_update().filter(pk=url.pk).first()
            if fresh is None:
                raise NotFound(f"There is no registered address {url.pk}.")
            if fresh.url != address:
                fresh.url = address
                fresh.save(update_fields=["url"])
                _url_written(user, fresh, LogEntry.Action.UPDATED, Change.Action.PUT)
    except IntegrityError as error:
        raise _taken(address) from error
    return fresh


def url_check_new(*, actor: Actor, url: str) -> str:
    """The address as it would be registered. Raises as registering it would, and writes nothing."""
    CRAWLER.require(actor, "url.create")
    address = _checked(url)
    if Url.objects.filter(url=address).exists():
        raise _taken(address)
    return address


def _checked(url: str) -> str:
    """The address as it is kept. Raises InvalidInput when it cannot be crawled."""
    try:
        address = check_url(url)
    except OutboundError as error:
        raise InvalidInput(FieldError("url", error.message, 2012)) from error
    if len(address) > 255:
        raise InvalidInput(
            FieldError("url", "Ensure the address has at most 255 characters.", 2041)
        )
    return address


def _taken(address: str) -> InvalidInput:
    return InvalidInput(FieldError("url", f"{address} is registered already.", 3001))


def url_remove(*, actor: Actor, url: Url) -> None:
    """Forgets the address and soft-deletes the tools that came from it. Raises PermissionDenied for a stranger."""
    user = CRAWLER.require(actor, "url.delete", url)
    with recording():
        names = Tool.objects.filter(pk__in=url.url_tools.values("tool")).values_list(
            "name", flat=True
        )
        tools_import_remove(
            actor=user, names=list(names), comment=f"{url.url} is no longer registered"
        )
        _url_written(user, url, LogEntry.Action.DELETED, Change.Action.GONE)
        url.delete()


def _url_written(actor: User, url: Url, action: LogEntry.Action, change: Change.Action) -> None:
    target = LogEntry.Target.URL
    log_entry(
        actor=actor, action=action, target_type=target, target_id=url.pk, label=url.url
    ).save()
    change_append(kind="url", key=str(url.pk), action=change)


class NameLost(Exception):
    """Another address brought one of these names while we were at work."""


def url_tools_keep(*, url: Url, tools: Iterable[Tool]) -> None:
    """Notes that these tools come from this address, in the transaction that wrote them.

    Raises NameLost, so that nothing of the batch is kept, when one of them meanwhile comes from another address.
    """
    tools = list(tools)
    links = dict(UrlTool.objects.filter(tool__in=tools).values_list("tool_id", "url_id"))
    if set(links.values()) - {url.pk}:
        raise NameLost
    new = [UrlTool(url=url, tool=tool) for tool in tools if tool.pk not in links]
    UrlTool.objects.bulk_create(new)


def url_tools_drop(*, url: Url, names: list[str], comment: str) -> int:
    """Soft-deletes the tools that the address no longer brings, and lets other addresses have their names."""
    with recording():
        removed = tools_import_remove(actor=url.created_by, names=names, comment=comment)
        UrlTool.objects.filter(url=url, tool__name__in=names).delete()
    return removed
