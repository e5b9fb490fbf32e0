from __future__ import annotations

from collections.abc import Iterator

from crawler.rules.feed import Feed
from toolhub.catalog.toolinfo import Finding, ParsedRecord


def duplicate(feed: Feed) -> Iterator[tuple[ParsedRecord, Finding | None]]:
    """The first record of a name counts; the parser has named the others."""
    for record in feed.parsed.records:
        if record.duplicate:
            yield record, None
