"""What a crawl would find: the same reading and the same rules, and nothing is written."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from crawler.pipeline import Verdict, judge
from crawler.rules.feed import Feed
from crawler.selectors import name_holders, url_find
from toolhub.catalog.toolinfo import ParsedFile, parse_file
from toolhub.core import http

LIMITS = http.Limits(connect_seconds=3, total_seconds=8)
"""Tighter than those of a crawl: somebody is waiting, and so is one of our processes."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A file with what a crawl of it would say. `text` is the file as it was read, or nearly so."""

    parsed: ParsedFile
    verdict: Verdict
    text: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Unread:
    """No file came: a code of `toolhub.core.http`, or http_404 and the like, and a sentence."""

    code: str
    message: str


def preview_file(body: bytes, *, charset: str | None = None, url_id: int | None = None) -> Preview:
    """`url_id` is the registration that the file belongs to, which may keep its own names."""
    parsed = parse_file(body, charset=charset)
    holders = name_holders(record.name for record in parsed.records)
    taken = {name: held.url for name, held in holders.items() if held.url_id != url_id}
    verdict = judge(Feed(parsed=parsed, holders=taken))
    # A file that is no JSON comes back without its text; its lines are still worth showing.
    text = parsed.text or body.decode("utf-8", "replace")
    return Preview(parsed, verdict, text, len(body))


def preview_url(address: str) -> Preview | Unread:
    """Reads the address as a crawl would."""
    try:
        response = http.get(address, limits=LIMITS)
    except http.OutboundError as error:
        return Unread(error.code, error.message)
    if response.status != 200:
        message = gettext("The server answered %(status)d instead of 200.")
        return Unread(f"http_{response.status}", message % {"status": response.status})
    known = url_find(address)
    return preview_file(response.body, charset=response.charset, url_id=known.pk if known else None)
