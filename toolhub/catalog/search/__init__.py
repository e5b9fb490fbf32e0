"""Search over tools: `port` says what an engine does, `service` is what the product calls."""

from toolhub.catalog.search.facets import FACETS, FacetSpec
from toolhub.catalog.search.names import NAME_PARAMETERS
from toolhub.catalog.search.port import (
    Engine,
    Facet,
    FacetValue,
    Results,
    SearchBroken,
    SearchBusy,
    SearchQuery,
)
from toolhub.catalog.search.service import engine, search_rebuild, search_sync, tool_search

__all__ = [
    "FACETS",
    "NAME_PARAMETERS",
    "Engine",
    "Facet",
    "FacetSpec",
    "FacetValue",
    "Results",
    "SearchBroken",
    "SearchBusy",
    "SearchQuery",
    "engine",
    "search_rebuild",
    "search_sync",
    "tool_search",
]
