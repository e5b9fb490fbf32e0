"""The `name__<lookup>` parameters that clients know, as rules on a tool's name. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

NameRule = Literal["is", "prefix", "suffix", "contains", "wildcard", "regexp"]

_RULES: dict[str, NameRule] = {
    "term": "is",
    "terms": "is",
    "in": "is",
    "exclude": "is",
    "prefix": "prefix",
    "startswith": "prefix",
    "endswith": "suffix",
    "contains": "contains",
    "wildcard": "wildcard",
    "regexp": "regexp",
}
NAME_PARAMETERS = tuple(f"name__{lookup}" for lookup in _RULES)
_LISTS = {"terms", "in", "exclude"}


@dataclass(frozen=True, slots=True)
class NameLookup:
    """One of `values` has to fit, or with `is_negated` none may. Case counts."""

    rule: NameRule
    values: tuple[str, ...]
    is_negated: bool = False


def name_lookups(params: Mapping[str, str]) -> Iterator[NameLookup]:
    """From `{"name__prefix": "mm_"}`. An unknown lookup is left out; lists are joined by two underscores."""
    for param, value in params.items():
        lookup = param.removeprefix("name__")
        if lookup in _RULES:
            # A name may hold two underscores itself.
            values = (value, *value.split("__")) if lookup in _LISTS else (value,)
            yield NameLookup(_RULES[lookup], tuple(dict.fromkeys(values)), lookup == "exclude")
