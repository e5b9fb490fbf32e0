from __future__ import annotations

from collections.abc import Iterator

from crawler.rules.feed import Feed
from toolhub.catalog.toolinfo import Finding, ParsedRecord


def accepted(feed: Feed) -> Iterator[tuple[ParsedRecord, Finding | None]]:
    """A record without a usable name, title, description or address cannot become a tool. The parser has said why."""
    for record in feed.parsed.records:
        if not record.accepted:
            yield record, None
