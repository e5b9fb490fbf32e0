"""One committed state of the index, and the answers it gives. It never changes, so threads share it without locks."""

from __future__ import annotations

from collections.abc import Hashable

from tantivy import Searcher

from toolhub.catalog.search.parse import Term, parse
from toolhub.catalog.search.port import Facet, Results, SearchQuery
from toolhub.catalog.search.tantivy_facets import count_facets
from toolhub.catalog.search.tantivy_query import Clauses, all_of, filters, matching, ranking
from toolhub.catalog.search.tantivy_rank import SORTS, Sort, page
from toolhub.catalog.search.tantivy_store import State

COMPLETIONS = 8
REMEMBERED = 512


class Reader:
    def __init__(self, searcher: Searcher, state: State) -> None:
        self.searcher = searcher
        self.state = state
        self._facets: dict[Hashable, tuple[Facet, ...]] = {}

    def query(self, query: SearchQuery) -> Results:
        terms = parse(query.text)
        match = matching(terms)
        sort = SORTS.get(query.sort) or self._by_score(terms)
        moving = [] if sort.field else ranking(terms, query.text, self._completions)
        names, total = page(
            self.searcher,
            all_of([*match, *filters(query), *moving]),
            sort,
            offset=max(query.offset, 0),
            limit=max(query.limit, 0),
        )
        return Results(names, total, self._count(query, match, total) if query.with_facets else ())

    def _by_score(self, terms: tuple[Term, ...]) -> Sort:
        """Where every score is the same, the order of equal scores is the order."""
        return Sort() if any(not term.is_negated for term in terms) else SORTS["-created_date"]

    def _completions(self, start: str) -> list[str]:
        """Frequent longer words. For one letter they are too many to say anything."""
        if len(start) < 2:
            return []
        found = self.searcher.terms_with_prefix("words", start, limit=COMPLETIONS + 1)
        return [word for word, _ in found if word != start][:COMPLETIONS]

    def _count(self, query: SearchQuery, match: Clauses, total: int) -> tuple[Facet, ...]:
        """Paging and sorting through the same hits counts them once."""
        key = _selection(query)
        if key not in self._facets:
            if len(self._facets) >= REMEMBERED:
                self._facets.clear()
            self._facets[key] = count_facets(self.searcher, match, query, total)
        return self._facets[key]


def _selection(query: SearchQuery) -> Hashable:
    """All of a query that facet counts depend on."""
    include = tuple(sorted(query.include.items()))
    exclude = tuple(sorted(query.exclude.items()))
    names = tuple(sorted(query.names.items()))
    return query.text, query.facet_size, include, exclude, query.missing, query.present, names
