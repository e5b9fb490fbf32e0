"""The change sequence: every write a reader could see appends to it, in the same transaction.

Auto-increment values can commit out of order on MariaDB, so a reader who has seen *n* could still miss *n - 1*.
Here `seq` is taken under the lock of one counter row, as the last statements of the transaction: the lock is held
until commit, so numbers appear in order and without gaps, and writers wait for each other only at the very end.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.db.models import Max

from toolhub.core.clock import now
from toolhub.core.models import Change, ChangeCounter

Pending = dict[tuple[str, str], str]

_pending: ContextVar[Pending | None] = ContextVar("pending_changes", default=None)


@contextmanager
def recording() -> Iterator[None]:
    """The transaction of a write. Changes appended inside it are numbered when the outermost one ends.

    Two changes of one thing in one transaction are one step for its readers: the last action counts.
    """
    outer = _pending.get()
    if outer is not None:
        before = dict(outer)
        try:
            with transaction.atomic():
                yield
        except BaseException:
            outer.clear()
            outer.update(before)
            raise
        return
    token = _pending.set({})
    try:
        with transaction.atomic():
            yield
            _number(_pending.get() or {})
    finally:
        _pending.reset(token)


def change_append(*, kind: str, key: str, action: Change.Action) -> None:
    """Raises RuntimeError outside `recording()`: a change without its write would be a lie."""
    pending = _pending.get()
    if pending is None:
        raise RuntimeError("change_append needs recording() around it")
    pending[kind, key] = action


def _number(pending: Pending) -> None:
    if not pending:
        return
    counter, _ = ChangeCounter.objects.select_for_update().get_or_create(
        pk=1, defaults={"last": newest_seq()}
    )
    at = now()
    Change.objects.bulk_create(
        [
            Change(seq=seq, kind=kind, key=key, action=action, at=at)
            for seq, ((kind, key), action) in enumerate(pending.items(), start=counter.last + 1)
        ],
        batch_size=500,
    )
    counter.last += len(pending)
    counter.save(update_fields=["last"])


def newest_seq() -> int:
    """The newest number a reader of this connection can see; 0 when nothing was ever written."""
    return int(Change.objects.aggregate(last=Max("seq"))["last"] or 0)
