"""Writes of tools. Each leaves a revision, an audit row, a document and a change, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from toolhub.accounts.models import User
from toolhub.audit.models import LogEntry
from toolhub.catalog.fields import TOOLINFO_FIELDS, attribute, is_same
from toolhub.catalog.models import Tool
from toolhub.catalog.models.empty import empty_value
from toolhub.catalog.services.batch import ToolBatch
from toolhub.core.changes import recording
from toolhub.core.clock import now
from toolhub.core.db import retrying

Item = TypeVar("Item")

BATCH = 100


class Outcome(Enum):
    CREATED = "created"
    UPDATED = "updated"
    REVIVED = "revived"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ToolWrite:
    """A whole statement about one tool: a field it does not name goes back to empty, except those in `unread`,
    which were named with a value that made no sense and so stay as they are.
    """

    name: str
    fields: Mapping[str, Any]
    extra: Mapping[str, Any] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Written:
    tool: Tool
    outcome: Outcome


def tools_import(
    *,
    actor: User,
    writes: Sequence[ToolWrite],
    comment: str,
    after: Callable[[list[Written]], None] = lambda written: None,
) -> list[Written]:
    """Applies what a crawl found, in batches; `after` is called inside the transaction of each.

    Names must be distinct. A tool that a person keeps through the API is not taken over (REFUSED); a deleted
    one is revived. What is the same already is not written.
    """

    def batch(part: Sequence[ToolWrite]) -> list[Written]:
        with recording():
            written = _import(actor, part, comment)
            after(written)
        return written

    return [one for part in _parts(writes) for one in retrying(partial(batch, part))]


def tools_import_remove(*, actor: User, names: Sequence[str], comment: str) -> int:
    """Soft-deletes those of the names that a crawl brought and that are listed, because their feed left them out or is
    gone; one that a person keeps through the API meanwhile is not touched. Records stay for history and revival.
    Who may end a feed was asked there.
    """

    def batch(part: Sequence[str]) -> int:
        with recording():
            crawled = Tool.Origin.CRAWLER
            locked = _locked(part).values()
            tools = [one for one in locked if one.deleted_at is None and one.origin == crawled]
            gathered = ToolBatch(actor, comment)
            for tool in tools:
                tool.deleted_at = now()
                gathered.update(tool, ["deleted_at"], LogEntry.Action.DELETED)
            gathered.flush()
        return len(tools)

    return sum(retrying(partial(batch, part)) for part in _parts(names))


def _import(actor: User, writes: Iterable[ToolWrite], comment: str) -> list[Written]:
    writes = list(writes)
    existing = _locked([write.name for write in writes])
    gathered = ToolBatch(actor, comment)
    written = [_import_one(gathered, existing.get(write.name), write) for write in writes]
    gathered.flush()
    return written


def _import_one(gathered: ToolBatch, tool: Tool | None, write: ToolWrite) -> Written:
    if tool is None:
        tool = Tool(name=write.name, origin=Tool.Origin.CRAWLER)
        _apply(tool, write)
        gathered.create(tool)
        return Written(tool, Outcome.CREATED)
    if tool.deleted_at is not None:
        fields = [*_apply(tool, write), "deleted_at", "origin"]
        tool.deleted_at, tool.origin = None, Tool.Origin.CRAWLER
        gathered.update(tool, fields, LogEntry.Action.CREATED)
        return Written(tool, Outcome.REVIVED)
    if tool.origin == Tool.Origin.API:
        return Written(tool, Outcome.REFUSED)
    changed = _apply(tool, write)
    if not changed:
        return Written(tool, Outcome.UNCHANGED)
    gathered.update(tool, changed, LogEntry.Action.UPDATED)
    return Written(tool, Outcome.UPDATED)


def _apply(tool: Tool, write: ToolWrite) -> list[str]:
    """Sets what the write says, and empties what it does not name; the attributes that really changed."""
    stated = {attribute(name): value for name, value in write.fields.items()}
    stated["extra"] = dict(write.extra)
    changed = []
    left = {"name", *write.unread}
    for name in (*(attribute(name) for name in TOOLINFO_FIELDS if name not in left), "extra"):
        value = stated.get(name) or empty_value(Tool, name)
        if not is_same(getattr(tool, name), value):
            setattr(tool, name, value)
            changed.append(name)
    return changed


def _locked(names: Iterable[str]) -> dict[str, Tool]:
    """Only the tools' own rows: a join would lock the users of all of them as well."""
    tools = (
        Tool.objects.select_for_update()
        .filter(name__in=list(names))
        .prefetch_related("annotations", "created_by", "modified_by")
        .order_by("pk")
    )
    return {tool.name: tool for tool in tools}


def _parts(items: Sequence[Item]) -> Iterator[list[Item]]:
    iterator = iter(items)
    while part := list(islice(iterator, BATCH)):
        yield part
