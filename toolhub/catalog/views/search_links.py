"""The state of a search lives in its address. This module writes the links that change it.

`<facet>__term` chooses a value, `<facet>__not` leaves one out, `<facet>__isnull` asks for tools that state none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from django.http import QueryDict

from toolhub.catalog.filters import TRUE, search_query
from toolhub.catalog.search import Facet, SearchQuery
from toolhub.catalog.templatetags.labels import FACETS, SORTS

PAGE_SIZE = 12
PAGE_SIZE_MAX = 100
PAGE_MAX = 10_000_000
KEPT = ("q", "ordering", "page_size", "uselang")
"""What stays when all filters are cleared."""

State = Literal["", "on", "not"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet with the addresses that choose it and leave it out (or undo that).

    The value None is the facet's bucket of tools that state nothing; a count of None is not known.
    """

    value: str | None
    count: int | None
    state: State
    include_href: str
    exclude_href: str


@dataclass(frozen=True, slots=True)
class FacetPanel:
    name: str
    choices: tuple[Choice, ...]

    @property
    def is_useful(self) -> bool:
        """Whether it can narrow anything: a lone bucket of tools that state nothing cannot."""
        return any(choice.value is not None or choice.state for choice in self.choices)


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    facet: str
    value: str | None
    is_excluded: bool
    remove_href: str


@dataclass(frozen=True, slots=True)
class SearchLinks:
    params: QueryDict

    def query(self) -> SearchQuery:
        return search_query(self.params, (self.page() - 1) * self.page_size(), self.page_size())

    def page(self) -> int:
        return min(self._number("page", 1), PAGE_MAX)

    def page_size(self) -> int:
        return min(self._number("page_size", PAGE_SIZE), PAGE_SIZE_MAX)

    def sort(self) -> str:
        """The order shown. Without words nothing is more relevant, and the newest tools come first."""
        default = "score" if self.params.get("q") else "-created_date"
        return self.params.get("ordering", default)

    def sorts(self) -> list[tuple[str, str]]:
        offered = [name for name in SORTS if name != "score" or self.params.get("q")]
        return [(name, self._href("ordering", [name])) for name in offered]

    def clear_href(self) -> str:
        kept = QueryDict(mutable=True)
        for name in KEPT:
            kept.setlist(name, self.params.getlist(name))
        return f"?{kept.urlencode()}"

    def filters(self) -> Iterator[ActiveFilter]:
        for facet in FACETS:
            for suffix in ("term", "not"):
                for value in self._chosen(facet, suffix):
                    href = self._toggle(facet, value, suffix)
                    yield ActiveFilter(facet, value, suffix == "not", href)
            if self._is_missing(facet):
                yield ActiveFilter(facet, None, False, self._missing_href(facet, False))

    def panels(self, facets: Iterable[Facet]) -> list[FacetPanel]:
        found = {facet.name: facet for facet in facets}
        panels = (self._panel(found[name]) for name in FACETS if name in found)
        return [panel for panel in panels if panel.is_useful]

    def _panel(self, facet: Facet) -> FacetPanel:
        chosen = [*self._chosen(facet.name, "term"), *self._chosen(facet.name, "not")]
        counts: dict[str, int | None] = dict.fromkeys(chosen)
        counts |= {value.value: value.count for value in facet.values}
        choices = [self._choice(facet.name, value, count) for value, count in counts.items()]
        if facet.missing or self._is_missing(facet.name):
            choices.append(self._missing_choice(facet))
        return FacetPanel(facet.name, tuple(choices))

    def _choice(self, facet: str, value: str, count: int | None) -> Choice:
        include, exclude = (self._toggle(facet, value, suffix) for suffix in ("term", "not"))
        if value in self._chosen(facet, "term"):
            return Choice(value, count, "on", include, include)
        if value in self._chosen(facet, "not"):
            return Choice(value, count, "not", exclude, exclude)
        return Choice(value, count, "", include, exclude)

    def _missing_choice(self, facet: Facet) -> Choice:
        is_on = self._is_missing(facet.name)
        href = self._missing_href(facet.name, not is_on)
        return Choice(None, facet.missing, "on" if is_on else "", href, href if is_on else "")

    def _chosen(self, facet: str, suffix: str) -> list[str]:
        return [value for value in self.params.getlist(f"{facet}__{suffix}") if value]

    def _is_missing(self, facet: str) -> bool:
        return self.params.get(f"{facet}__isnull", "") in TRUE

    def _toggle(self, facet: str, value: str, suffix: str) -> str:
        """Adds the value, or takes it away when it is there."""
        chosen = self._chosen(facet, suffix)
        others = [one for one in chosen if one != value]
        return self._href(f"{facet}__{suffix}", others if value in chosen else [*chosen, value])

    def _missing_href(self, facet: str, is_wanted: bool) -> str:
        return self._href(f"{facet}__isnull", ["1"] if is_wanted else [])

    def _href(self, name: str, values: list[str]) -> str:
        """The same search from its first page, with other values of one parameter."""
        changed = self.params.copy()
        changed.pop("page", None)
        changed.setlist(name, values)
        return f"?{changed.urlencode()}"

    def _number(self, name: str, default: int) -> int:
        text = self.params.get(name, "")
        return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 9 else default
