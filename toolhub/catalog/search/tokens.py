"""How text becomes the tokens that are indexed and looked up. Pure, and done here rather than in an engine,

so that every engine and every test agrees on what a word is: case, accents and letter variants do not count;
scripts written without spaces between words (Chinese, Japanese, Thai…) and Korean become overlapping pairs of characters,
so that any part of a longer text is found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

MAX_TOKEN = 64

_DENSE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u2e80-\u2fdf\u3005-\u3007\u3041-\u30fa\u30fc-\u31ff"  # radicals, kana, bopomofo
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"  # Han, Hangul
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
# Vowel signs and the like belong to a word although Python's \w leaves them out.
_MARKS = "".join(
    chr(code) for code in range(0x300, 0x1E00) if unicodedata.category(chr(code))[0] == "M"
)
_EMOJI = "\u2600-\u27bf\U0001f000-\U0001faff"
_PIECE = re.compile(
    f"(?P<run>[{_DENSE}]+)|(?P<emoji>[{_EMOJI}])|(?P<word>(?:(?![{_DENSE}{_EMOJI}_])[\\w{_MARKS}])+)"
)

# Accents of Latin, Greek and Cyrillic, Hebrew points, Arabic vowel signs and hamza, and the Arabic stretching stroke.
_DROPPED = re.compile("[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670]")
_VARIANTS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
    | {"ی": "ي", "ى": "ي", "ک": "ك", "ة": "ه"}
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, or a run of characters of a script without spaces."""

    text: str
    is_run: bool = False

    def tokens(self) -> list[str]:
        """A run ends with its last character alone, so that every single character starts a token."""
        if not self.is_run:
            return [self.text[:MAX_TOKEN]]
        return [self.text[at : at + 2] for at in range(len(self.text))]

    def inner_tokens(self) -> list[str]:
        """The tokens of this piece wherever it stands, also in the middle of a longer run."""
        tokens = self.tokens()
        return tokens[:-1] if self.is_run and len(tokens) > 1 else tokens


def fold(text: str) -> str:
    """Lower case, without accents, one spelling for variants of a letter."""
    if text.isascii():
        return text.lower()
    bare = _DROPPED.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return unicodedata.normalize("NFC", bare.casefold()).translate(_VARIANTS)


def pieces(text: str) -> Iterator[Piece]:
    for match in _PIECE.finditer(fold(text)):
        yield Piece(match.group(), is_run=match.lastgroup == "run")


def tokens(text: str) -> list[str]:
    """All tokens of a text to be indexed, in order."""
    return [token for piece in pieces(text) for token in piece.tokens()]
