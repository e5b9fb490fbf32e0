"""Reads the search's query string, the same for page and API."""

from __future__ import annotations

from django.http import QueryDict

from toolhub.catalog.search import FACETS, NAME_PARAMETERS, SearchQuery

TRUE = ("1", "true", "True")


def search_query(params: QueryDict, offset: int, limit: int) -> SearchQuery:
    isnull = {facet.name: params.get(f"{facet.name}__isnull", "") for facet in FACETS}
    return SearchQuery(
        text=params.get("q", ""),
        include=_chosen(params, "term"),
        exclude=_chosen(params, "not"),
        missing=frozenset(name for name, value in isnull.items() if value in TRUE),
        present=frozenset(name for name, value in isnull.items() if value and value not in TRUE),
        names={name: value for name in NAME_PARAMETERS if (value := params.get(name, ""))},
        sort=params.get("ordering", "score"),
        offset=offset,
        limit=limit,
    )


def _chosen(params: QueryDict, suffix: str) -> dict[str, tuple[str, ...]]:
    values = {
        facet.name: tuple(filter(None, params.getlist(f"{facet.name}__{suffix}")))
        for facet in FACETS
    }
    return {name: chosen for name, chosen in values.items() if chosen}
