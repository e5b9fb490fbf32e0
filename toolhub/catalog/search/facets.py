"""The facets of a tool, read from its public JSON. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FacetSpec:
    """One facet. An `is_open` one is written by people and grows with the catalogue; the others have few values."""

    name: str
    multi: bool
    read: Callable[[Document], Any]
    is_open: bool = False

    def values(self, document: Document) -> tuple[str, ...]:
        """The tool's values, each once, in the order it gives them."""
        found = self.read(document)
        listed = [found] if isinstance(found, str) else found or ()
        return tuple(dict.fromkeys(clean(value) for value in listed if value))


def clean(value: object) -> str:
    """Text that can be written as UTF-8: JSON may hold half of a surrogate pair."""
    return str(value).encode("utf-8", "replace").decode()


def _core(field: str) -> Callable[[Document], Any]:
    return lambda document: document.get(field)


def _annotation(field: str) -> Callable[[Document], Any]:
    return lambda document: (document.get("annotations") or {}).get(field)


def _shown(field: str) -> Callable[[Document], Any]:
    # What a page shows: the maintainer's value, and the community's only where there is none.
    return lambda document: _core(field)(document) or _annotation(field)(document)


def _author_names(document: Document) -> Iterable[str]:
    return [author.get("name") or "" for author in document.get("author") or ()]


FACETS = (
    FacetSpec("wiki", True, _shown("for_wikis")),
    FacetSpec("tool_type", False, _shown("tool_type")),
    FacetSpec("author", False, _author_names, is_open=True),
    FacetSpec("license", False, _core("license")),
    FacetSpec("ui_language", True, _shown("available_ui_languages")),
    FacetSpec("keywords", True, _core("keywords"), is_open=True),
    FacetSpec("origin", False, _core("origin")),
    FacetSpec("audiences", True, _annotation("audiences")),
    FacetSpec("content_types", True, _annotation("content_types")),
    FacetSpec("tasks", True, _annotation("tasks")),
    FacetSpec("subject_domains", True, _annotation("subject_domains")),
)
"""In the order in which clients know them."""
