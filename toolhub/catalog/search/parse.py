"""From what a person typed to terms that all have to match. Pure; understands anything, refuses nothing, is bounded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from toolhub.catalog.search.tokens import Piece, pieces

MAX_LENGTH = 512
MAX_TERMS = 16
MAX_PHRASE = 16

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_CHUNK = re.compile(r'(?P<minus>-?)(?:"(?P<quoted>[^"]*)"?|(?P<plain>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Term:
    """Tokens that stand beside each other. With `is_prefix` the only token may go on; `is_negated`: must not match."""

    tokens: tuple[str, ...]
    is_prefix: bool = False
    is_negated: bool = False


def parse(text: str) -> tuple[Term, ...]:
    """`word` · `"a phrase"` · `-word` · `-"a phrase"`. The last word also matches longer words."""
    chunks = [
        (chunk, found)
        for chunk in _CHUNK.finditer(text[:MAX_LENGTH].translate(_QUOTES))
        if (found := list(pieces(chunk["quoted"] or chunk["plain"] or "")))
    ]
    terms = (
        term
        for number, (chunk, found) in enumerate(chunks, start=1)
        for term in _terms(chunk, found, is_last=number == len(chunks))
    )
    return tuple(islice(dict.fromkeys(terms), MAX_TERMS))


def _terms(chunk: re.Match[str], found: list[Piece], *, is_last: bool) -> Iterator[Term]:
    # A word with a hyphen is looked for as its parts, but shut out only as a whole.
    if chunk["minus"] or chunk["plain"] is None:
        yield _beside(found, is_negated=bool(chunk["minus"]))
        return
    for number, piece in enumerate(found, start=1):
        goes_on = is_last and number == len(found) and not piece.is_run
        yield _beside([piece], is_prefix=goes_on)


def _beside(found: list[Piece], *, is_prefix: bool = False, is_negated: bool = False) -> Term:
    inside = [token for piece in found[:-1] for token in piece.tokens()]
    tokens = (*inside, *found[-1].inner_tokens())[:MAX_PHRASE]
    # One character of a run is indexed only as the start of a pair.
    is_lone = len(tokens) == 1 and found[0].is_run and len(tokens[0]) == 1
    return Term(tokens, is_prefix=is_prefix or is_lone, is_negated=is_negated)
