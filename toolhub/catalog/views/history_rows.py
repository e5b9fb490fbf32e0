"""The lines of a history: what each revision changed, and what this person may do with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from toolhub.accounts.permissions import Actor
from toolhub.catalog.models import Revision
from toolhub.catalog.permissions import CATALOG
from toolhub.catalog.selectors.revisions import RevisionRow, revisions_of
from toolhub.catalog.views.differences import Touched, touched
from toolhub.catalog.views.history_of import HistoryOf


@dataclass(frozen=True, slots=True)
class Entry:
    """One revision. `touched` is empty for the first one and for one whose content is hidden from the reader.

    The addresses are those of the acts that this person may do; the others are empty.
    """

    row: RevisionRow
    href: str
    diff_href: str
    touched: Touched
    is_newest: bool
    is_readable: bool
    undo: str = ""
    restore: str = ""
    hide: str = ""
    reveal: str = ""
    patrol: str = ""

    @property
    def has_acts(self) -> bool:
        return any((self.undo, self.restore, self.hide, self.reveal, self.patrol))


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at the history, with their rights, asked once."""

    actor: Actor
    sees_suppressed: bool
    may_suppress: bool
    may_patrol: bool


def reader(actor: Actor) -> Reader:
    acts = ("revision.see_suppressed", "revision.suppress", "revision.patrol")
    return Reader(actor, *(CATALOG.can(actor, act) for act in acts))


def entries(history: HistoryOf, rows: Iterable[RevisionRow], by: Reader) -> list[Entry]:
    rows = list(rows)
    newest = revisions_of(history.thing).order_by("-number").values_list("pk", flat=True).first()
    snapshots = _snapshots(rows, newest or 0, sees_suppressed=by.sees_suppressed)
    return [_entry(history, row, by, snapshots, newest or 0) for row in rows]


def _snapshots(
    rows: list[RevisionRow], newest: int, *, sees_suppressed: bool
) -> dict[int, dict[str, Any]]:
    """The content of these revisions, of those before them and of the newest, without what is hidden from the reader."""
    ids = {newest, *(row.id for row in rows), *(row.parent_id for row in rows if row.parent_id)}
    revisions = Revision.objects.filter(pk__in=ids)
    if not sees_suppressed:
        revisions = revisions.filter(suppressed=False)
    return dict(revisions.order_by().values_list("pk", "snapshot"))


def _entry(
    history: HistoryOf,
    row: RevisionRow,
    by: Reader,
    snapshots: dict[int, dict[str, Any]],
    newest: int,
) -> Entry:
    shown, before = snapshots.get(row.id), snapshots.get(row.parent_id or 0)
    changed = touched(before, shown) if shown and before else Touched(())
    is_newest = row.id == newest
    parent = row.parent_id or 0
    can_undo = len(changed) > 0 and history.may_change(by.actor, changed)
    since = touched(snapshots[newest], shown) if shown and newest in snapshots else Touched(())
    can_restore = len(since) > 0 and history.may_change(by.actor, since)
    may_hide = by.may_suppress and not is_newest

    def act(name: str, is_allowed: object, *more: int) -> str:
        return history.href(f"revision-{name}", row.id, *more) if is_allowed else ""

    return Entry(
        row=row,
        href=history.href("revision", row.id),
        diff_href=history.href("diff", parent, row.id) if shown and before else "",
        touched=changed,
        is_newest=is_newest,
        is_readable=shown is not None,
        undo=act("undo", can_undo, parent),
        restore=act("restore", can_restore),
        hide=act("hide", may_hide and not row.suppressed),
        reveal=act("reveal", by.may_suppress and row.suppressed),
        patrol=act("patrol", by.may_patrol and not row.patrolled),
    )
