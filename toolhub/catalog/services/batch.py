"""Gathers the tools one transaction writes, then writes each table once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from toolhub.accounts.models import User
from toolhub.audit.models import LogEntry
from toolhub.audit.services import log_entry
from toolhub.catalog.models import Annotations, Revision, Tool, ToolDocument
from toolhub.catalog.services.documents import document_render, tool_public
from toolhub.catalog.services.revisions import revision_newest, revision_next
from toolhub.core.changes import change_append
from toolhub.core.clock import now
from toolhub.core.models import Change


@dataclass(slots=True)
class ToolBatch:
    """Use inside `recording()`, with the existing tools locked. `flush` leaves, for each tool of the batch, the
    record, a revision, an audit row, its document (none when deleted) and a change.
    """

    actor: User
    comment: str
    _actions: list[tuple[Tool, LogEntry.Action]] = field(default_factory=list)
    _new: list[Tool] = field(default_factory=list)

    def create(self, tool: Tool) -> None:
        tool.created_by = self.actor
        tool.created_at = now()
        self._touch(tool, tool.created_at)
        tool.annotations = Annotations(tool=tool)
        self._new.append(tool)
        self._actions.append((tool, LogEntry.Action.CREATED))

    def update(self, tool: Tool, fields: list[str], action: LogEntry.Action) -> None:
        """`fields` are the attributes that changed."""
        self._touch(tool, now())
        tool.save(update_fields=[*fields, "modified_by", "modified_at"])
        self._actions.append((tool, action))

    def flush(self) -> None:
        if not self._actions:
            return
        annotations = [tool.annotations for tool in self._new]
        Tool.objects.bulk_create(self._new)
        for row in annotations:
            row.tool_id = row.tool.pk
        Annotations.objects.bulk_create(annotations)
        public = {tool.pk: tool_public(tool, tool.annotations) for tool, _ in self._actions}
        revisions = self._write_revisions(public)
        self._write_documents(public)
        LogEntry.objects.bulk_create(
            [
                log_entry(
                    actor=self.actor,
                    action=action,
                    target_type=LogEntry.Target.TOOL,
                    target_id=tool.name,
                    label=tool.name,
                    message=self.comment,
                    params={"revision": revisions[tool.pk].pk},
                )
                for tool, action in self._actions
            ]
        )
        for tool, _ in self._actions:
            gone = tool.deleted_at is not None
            change_append(
                kind="tool", key=tool.name, action=Change.Action.GONE if gone else Change.Action.PUT
            )

    def _touch(self, tool: Tool, moment: datetime) -> None:
        tool.modified_by = self.actor
        tool.modified_at = moment

    def _write_revisions(self, public: dict[int, dict[str, Any]]) -> dict[int, Revision]:
        newest = revision_newest(tool for tool, _ in self._actions)
        revisions = {
            tool.pk: revision_next(
                thing=tool,
                snapshot=public[tool.pk],
                actor=self.actor,
                comment=self.comment,
                newest=newest.get(tool.pk),
            )
            for tool, _ in self._actions
        }
        Revision.objects.bulk_create(revisions.values())
        return revisions

    def _write_documents(self, public: dict[int, dict[str, Any]]) -> None:
        tools = [tool for tool, _ in self._actions]
        new = {tool.pk for tool in self._new}
        stale = [tool.pk for tool in tools if tool.pk not in new]
        if stale:
            ToolDocument.objects.filter(tool__in=stale).delete()
        ToolDocument.objects.bulk_create(
            [document_render(tool, public[tool.pk]) for tool in tools if tool.deleted_at is None]
        )
