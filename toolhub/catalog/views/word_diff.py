"""Which words of a text were taken out and which were put in. Pure, and bounded: a description may have 65,535 characters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "removed", "added"]

WORDS = re.compile(r"\w+|\s+|[^\w\s]")
MOST_WORDS = 2000
"""Comparing takes the square of it at worst; longer texts are compared line by line, then as a whole."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, and whether the other side has it too."""

    text: str
    kind: Kind = "same"


Line = tuple[Piece, ...]
Sides = tuple[tuple[Line, ...], tuple[Line, ...]]


def texts_compared(before: str, after: str) -> tuple[Line, Line]:
    """Both texts in pieces."""
    for split in (WORDS.findall, lambda text: text.splitlines(keepends=True)):
        old, new = split(before), split(after)
        if max(len(old), len(new)) <= MOST_WORDS:
            return _compared(old, new)
    return (Piece(before, "removed"),), (Piece(after, "added"),)


def items_compared(before: Sequence[str], after: Sequence[str]) -> Sides:
    """Two lists, each item in pieces. An item that stands in the place of another is compared with it by words."""
    old: list[Line] = []
    new: list[Line] = []
    matcher = SequenceMatcher(a=list(before), b=list(after), autojunk=False)
    for kind, low, high, start, end in matcher.get_opcodes():
        if kind == "equal":
            old += [(Piece(text),) for text in before[low:high]]
            new += [(Piece(text),) for text in after[start:end]]
        elif high - low == end - start == 1:
            pair = texts_compared(before[low], after[start])
            old.append(pair[0])
            new.append(pair[1])
        else:
            old += [(Piece(text, "removed"),) for text in before[low:high]]
            new += [(Piece(text, "added"),) for text in after[start:end]]
    return tuple(old), tuple(new)


def _compared(old: list[str], new: list[str]) -> tuple[Line, Line]:
    before: list[Piece] = []
    after: list[Piece] = []
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for kind, low, high, start, end in matcher.get_opcodes():
        same: Kind | None = "same" if kind == "equal" else None
        if high > low:
            before.append(Piece("".join(old[low:high]), same or "removed"))
        if end > start:
            after.append(Piece("".join(new[start:end]), same or "added"))
    return tuple(before), tuple(after)
