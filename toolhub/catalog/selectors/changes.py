from __future__ import annotations

from dataclasses import dataclass

from toolhub.core.changes import newest_seq
from toolhub.core.models import Change

PUBLIC_KINDS = ("tool", "list", "url", "run")
"""What the feed tells of. A list that is not published is gone to it; nobody else's account or favourites are in it."""


@dataclass(frozen=True, slots=True)
class ChangePage:
    """`next_since` is where to go on: it never goes down, and passes over what the feed does not tell."""

    changes: list[Change]
    next_since: int
    newest: int
    has_more: bool


def change_list(*, since: int, limit: int, kinds: tuple[str, ...] = PUBLIC_KINDS) -> ChangePage:
    """The changes after `since`, oldest first, tombstones included."""
    # Before the rows are read, so that none between them and this number is passed over.
    newest = newest_seq()
    rows = Change.objects.filter(seq__gt=since, seq__lte=newest, kind__in=kinds).order_by("seq")
    found = list(rows[: limit + 1])
    changes, has_more = found[:limit], len(found) > limit
    next_since = changes[-1].seq if has_more else max(since, newest)
    return ChangePage(changes, next_since, newest, has_more)
