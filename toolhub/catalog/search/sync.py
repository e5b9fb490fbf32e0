"""Keeps an index true to the change sequence, from which alone it is built. Replaying a change twice does no harm."""

from __future__ import annotations

import orjson
from django.db.models import Max, QuerySet

from toolhub.catalog.models import ToolDocument
from toolhub.catalog.search.port import Applied, Engine
from toolhub.core.models import Change

BATCH = 1000
BATCHES_A_COMMIT = 5
"""Few large commits leave few segments, which answer faster."""


def newest_change() -> Applied:
    """The newest change of a tool that this connection can see: where an index that is up to date stands."""
    newest = _tool_changes().order_by("-seq").first()
    return _applied(newest) if newest else Applied()


def catch_up(index: Engine) -> None:
    """Applies the newest change of every tool changed since. Only for who may write to the index."""
    index.refresh()
    if not _is_of_this_history(index.applied()):
        # The database was restored, or is another one.
        index.clear()
    newest = list(
        _tool_changes()
        .filter(seq__gt=index.applied().seq)
        .values("key")
        .annotate(newest=Max("seq"))
        .order_by("newest")
        .values_list("newest", flat=True)
    )
    for number, start in enumerate(range(0, len(newest), BATCH), start=1):
        changes = list(_tool_changes().filter(seq__in=newest[start : start + BATCH]))
        _apply(index, changes)
        if number % BATCHES_A_COMMIT == 0 or start + BATCH >= len(newest):
            applied = _applied(changes[-1])
            index.commit(applied.seq, applied.mark)


def _apply(index: Engine, changes: list[Change]) -> None:
    changed = {change.key for change in changes}
    put = [change.key for change in changes if change.action == Change.Action.PUT]
    found = dict(ToolDocument.objects.filter(name__in=put).values_list("name", "body"))
    index.index(orjson.loads(body) for body in found.values())
    index.remove(changed - found.keys())


def _is_of_this_history(applied: Applied) -> bool:
    if applied == Applied():
        return True
    change = _tool_changes().filter(seq=applied.seq).first()
    return change is not None and _applied(change) == applied


def _applied(change: Change) -> Applied:
    return Applied(change.seq, f"{change.at.isoformat()} {change.action} {change.key}")


def _tool_changes() -> QuerySet[Change]:
    return Change.objects.filter(kind="tool").order_by("seq")
