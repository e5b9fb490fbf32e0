"""One page of hits in a total order: tantivy orders by one thing only, and leaves equal hits as they lie on disk."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from tantivy import DocAddress, Order, Query, Searcher

from toolhub.catalog.search.port import WINDOW

SPARE = 32
MORE = 800

Place = tuple[int, int]
"""A hit's rank, which equal hits share, and its age, by which equal scores are told apart."""


@dataclass(frozen=True, slots=True)
class Sort:
    """`field` None is the score, the best first; equal scores go newest first. What is still equal goes by name."""

    field: str | None = None
    order: Order = Order.Desc


SORTS = {
    "name": Sort("name", Order.Asc),
    "-name": Sort("name"),
    "title": Sort("title_order", Order.Asc),
    "-title": Sort("title_order"),
    "created_date": Sort("created", Order.Asc),
    "-created_date": Sort("created"),
    "modified_date": Sort("modified", Order.Asc),
    "-modified_date": Sort("modified"),
}


def page(
    searcher: Searcher, query: Query, sort: Sort, *, offset: int, limit: int
) -> tuple[tuple[str, ...], int]:
    """The names from `offset` on, and the number of all hits."""
    end = min(offset + limit, WINDOW)
    # The first look goes a little beyond the page: mostly that is enough to see the end of the last tie.
    for window in (end + SPARE, end + MORE, WINDOW):
        hits, total = _look(searcher, query, sort, min(window, WINDOW))
        if not _is_cut(hits, end, total):
            break
    if offset >= min(end, len(hits)):
        return (), total
    return _names(searcher, _placed(searcher, hits, sort), offset, end), total


def _look(
    searcher: Searcher, query: Query, sort: Sort, window: int
) -> tuple[list[tuple[object, DocAddress]], int]:
    found = searcher.search(query, max(window, 1), order_by_field=sort.field, order=sort.order)
    return found.hits, found.count  # type: ignore[attr-defined]  # its stub forgets `count`


def _is_cut(hits: list[tuple[object, DocAddress]], end: int, total: int) -> bool:
    """Whether hits equal to the page's last one were left out."""
    return 0 < end < len(hits) < min(total, WINDOW) and hits[-1][0] == hits[end - 1][0]


def _placed(
    searcher: Searcher, hits: list[tuple[object, DocAddress]], sort: Sort
) -> list[tuple[Place, DocAddress]]:
    addresses = [address for _, address in hits]
    ages = [0] * len(hits)
    if sort.field is None:
        ages = [-int(made or 0) for made in searcher.fast_field_values("created", addresses)]
    ranks = (rank for rank, (_, equal) in enumerate(groupby(hits, itemgetter(0))) for _ in equal)
    return sorted(zip(zip(ranks, ages, strict=True), addresses, strict=True), key=itemgetter(0))


def _names(
    searcher: Searcher, placed: list[tuple[Place, DocAddress]], offset: int, end: int
) -> tuple[str, ...]:
    """Names are read only of the page and of what shares a place with its first or last hit."""
    last = min(end, len(placed)) - 1
    start = bisect_left(placed, placed[offset][0], key=itemgetter(0))
    stop = bisect_right(placed, placed[last][0], key=itemgetter(0))
    named = sorted((place, _name(searcher, address)) for place, address in placed[start:stop])
    return tuple(name for _, name in named[offset - start : last + 1 - start])


def _name(searcher: Searcher, address: DocAddress) -> str:
    return str(searcher.doc(address)["name"][0])
