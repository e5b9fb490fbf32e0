"""What the catalogue asks of a search engine. Pure: no Django, no engine; every engine passes the same contract tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol

WINDOW = 10_000
"""Hits past this one are counted but cannot be paged to (the contract's `from + size <= 10000`)."""

Values = Mapping[str, tuple[str, ...]]


class SearchBroken(Exception):
    """The index cannot be read. The next `applied()` says 0, so that a sync builds it anew."""


class SearchBusy(Exception):
    """Another process has the right to write and keeps it."""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """Text and filters, all of which have to hold.

    Values in `include` are alternatives for a facet with one value a tool, and all required for a `multi` one.
    None of the values in `exclude` may be there. A facet named in `missing` must have no value, one in `present` some.
    `names` holds the `name__<lookup>` parameters; a pattern that cannot be understood fits nothing.
    Text without a single word in it filters nothing. An unknown facet has no values; an unknown sort is "score".
    """

    text: str = ""
    include: Values = field(default_factory=dict)
    exclude: Values = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    present: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)
    sort: str = "score"
    offset: int = 0
    limit: int = 10
    with_facets: bool = True
    facet_size: int = 10


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """How the counted tools spread over a facet's values.

    `values` are the most frequent ones, by count and then value; `missing` counts the tools without a value,
    `total` all tools counted, and `other` adds up the counts of the values that are not listed.
    A facet that is not `multi` is counted as if nothing were chosen in it, so that the other choices show.
    """

    name: str
    multi: bool
    values: tuple[FacetValue, ...]
    missing: int
    total: int
    other: int


@dataclass(frozen=True, slots=True)
class Results:
    """The names of one page in order, the number of all hits, and the facets in the order of `FACETS`."""

    names: tuple[str, ...]
    total: int
    facets: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True)
class Applied:
    """How far the index follows the change sequence. `mark` tells that change from one of another history."""

    seq: int = 0
    mark: str = ""


class Engine(Protocol):
    """Safe to share between threads and to inherit by fork. One process writes; the others refresh."""

    def writing(self, *, wait_seconds: float = 0.0) -> AbstractContextManager[bool]:
        """The right to write, until the block ends; False when somebody else has had it for `wait_seconds`."""
        ...

    def index(self, documents: Iterable[Mapping[str, Any]]) -> None:
        """Adds or replaces tools, by name, with the next commit. Documents are the public JSON of a tool."""
        ...

    def remove(self, names: Iterable[str]) -> None:
        """Removes tools with the next commit; names that are not there are no error."""
        ...

    def commit(self, seq: int, mark: str = "") -> None:
        """Makes what was given since the last commit visible and durable, and remembers `seq`.

        Raises SearchBusy when another process keeps the right to write, SearchBroken when the index cannot be written.
        """
        ...

    def applied(self) -> Applied:
        """What this process sees; behind the last commit until `refresh`."""
        ...

    def refresh(self) -> None:
        """Shows this process the newest commit, its own or another process's."""
        ...

    def clear(self) -> None:
        """Empties the index at once; `applied` is back at 0."""
        ...

    def query(self, query: SearchQuery) -> Results:
        """Raises SearchBroken, whatever the query holds, only when the index itself cannot be read."""
        ...
