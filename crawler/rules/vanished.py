from __future__ import annotations

from crawler.rules.feed import Feed


def vanished(feed: Feed) -> frozenset[str]:
    """Names the address brought before and leaves out now. A broken file or a record that got worse takes
    no tool away, and an answer other than 200 never comes here.
    """
    if feed.parsed.errors:
        return frozenset()
    return feed.previous - {record.name for record in feed.parsed.records}
