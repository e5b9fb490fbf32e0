from __future__ import annotations

from collections.abc import Iterator

from crawler.rules.feed import Feed
from toolhub.catalog.toolinfo import Finding, ParsedRecord


def name_taken(feed: Feed) -> Iterator[tuple[ParsedRecord, Finding | None]]:
    """The first address that brings a name keeps it until it drops it."""
    for record in feed.parsed.records:
        holder = feed.holders.get(record.name)
        if holder is not None:
            message = f"The tool “{record.name}” comes from {holder}. Choose another name."
            yield record, feed.parsed.error(record, "name", "name_taken", message)
