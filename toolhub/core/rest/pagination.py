"""Page numbers as the API's clients know them: ?page= from 1, ?page_size= of 10 at first and 1,000 at most."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

import orjson
from rest_framework import pagination
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

DEFAULT_SIZE = 10
MAX_SIZE = 1000


class PageNumberPagination(pagination.PageNumberPagination):
    page_size = DEFAULT_SIZE
    page_size_query_param = "page_size"
    max_page_size = MAX_SIZE


@dataclass(frozen=True, slots=True)
class Window:
    """The part of an ordered result that one page shows."""

    page: int
    size: int

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.size


def window(request: Request) -> Window:
    """Raises NotFound for a page that is no number from 1. A bad page_size means the default."""
    raw = request.query_params.get("page_size", "")
    size = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 9 else 0
    page = request.query_params.get("page", "1")
    if not (page.isascii() and page.isdigit() and len(page) < 9 and int(page) > 0):
        raise NotFound(f"page: {page[:32]!r} is not a page number. Write a whole number from 1.")
    return Window(int(page), min(size, MAX_SIZE) or DEFAULT_SIZE)


def page_bytes(
    request: Request, part: Window, total: int, items: list[bytes], **more: bytes
) -> bytes:
    """The paged envelope around items that are JSON already; `more` adds keys between it and the results.

    Raises NotFound for a page after the last one.
    """
    if part.offset >= total and part.page > 1:
        last = max(1, -(-total // part.size))
        raise NotFound(f"page: {part.page} is after the last page, {last}.")
    next_page = part.page + 1 if part.offset + part.size < total else None
    previous_page = part.page - 1 if part.page > 1 else None
    head = {
        "count": total,
        "next": _page_url(request, next_page),
        "previous": _page_url(request, previous_page),
    }
    extra = b"".join(b',"%s":%s' % (key.encode(), value) for key, value in more.items())
    return b'%s%s,"results":[%s]}' % (orjson.dumps(head)[:-1], extra, b",".join(items))


def _page_url(request: Request, page: int | None) -> str | None:
    if page is None:
        return None
    query = [(key, value) for key, values in request.query_params.lists() for value in values]
    query = [(key, value) for key, value in query if key != "page"]
    if page > 1:
        query.append(("page", str(page)))
    address = request.build_absolute_uri(request.path)
    return f"{address}?{urlencode(query)}" if query else address
