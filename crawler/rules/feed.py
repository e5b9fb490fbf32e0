"""What the rules look at: one fetched feed and what is known about the names in it. No Django here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from toolhub.catalog.toolinfo import ParsedFile


@dataclass(frozen=True, slots=True)
class Feed:
    """`holders` says which other address a name of this feed comes from; `previous` are the names this one brought."""

    parsed: ParsedFile
    holders: Mapping[str, str] = field(default_factory=dict)
    previous: frozenset[str] = frozenset()
