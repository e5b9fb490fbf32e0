"""Cleaning of foreign text: nothing here knows what a field is."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

MAX_NAME_LENGTH: Final = 255

# C0 and C1 controls, lone surrogates, and the embedding, override and isolate controls that can
# reorder the text around them (https://trojansource.codes/). The marks U+200E and U+200F stay:
# Arabic and Hebrew authors need them.
_CONTROLS: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]"
)
_LINE_BREAKS: Final = re.compile(r"\r\n?")
_BREAKS_AND_TABS: Final = re.compile(r"[\t\r\n]+")
_MARKS: Final = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
# No orthography stacks more than a handful of these; a run of ten leaves the line box.
_PILE: Final = re.compile(f"([{_MARKS}]{{8}})[{_MARKS}]+")
_INVISIBLE: Final = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"


class Cleaned(NamedTuple):
    text: str
    had_controls: bool = False
    had_piles: bool = False


def clean(raw: str, *, multiline: bool = False) -> Cleaned:
    """Trim, remove control characters, and make a text of only invisible characters empty."""
    if raw.isascii() and raw.isprintable():
        return Cleaned(raw.strip())
    text, controls = _CONTROLS.subn("", raw)
    text, piles = _PILE.subn(r"\1", text)
    text = _LINE_BREAKS.sub("\n", text) if multiline else _BREAKS_AND_TABS.sub(" ", text)
    text = text.strip().removeprefix("\ufeff")
    if not text.strip(_INVISIBLE + " "):
        text = ""
    return Cleaned(text, had_controls=controls > 0, had_piles=piles > 0)


def normalise_name(raw: str) -> str:
    """The catalogue's name for a tool: what Django's unicode `slugify` makes of it.

    Names are identities, so these are the very steps that made every name already published,
    the fix-up of the `toolforge.` prefix included. "" when nothing is left.
    """
    if raw.startswith("toolforge."):
        raw = "toolforge-" + raw.removeprefix("toolforge.")
    slug = _slug(raw)
    # Dropping a character can let its neighbours compose, so one pass is not always enough.
    while (again := _slug(slug)) != slug:
        slug = again
    return slug[:MAX_NAME_LENGTH].strip("-_")


def _slug(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub(r"[^\w\s-]", "", text)
    return re.sub(r"[-\s]+", "-", text).strip("-_")


def mixes_scripts(text: str) -> bool:
    """Whether Latin, Greek and Cyrillic letters, which look alike, stand in one text."""
    if text.isascii():
        return False
    scripts = {unicodedata.name(char, "?").split(" ", 1)[0] for char in text if char.isalpha()}
    return len(scripts & {"LATIN", "GREEK", "CYRILLIC"}) > 1


def excerpt(value: object, limit: int = 60) -> str:
    """A value as it may stand in a message: short, on one line, in quotation marks."""
    text = clean(value if isinstance(value, str) else str(value)[: limit * 4]).text
    return f"“{text[: limit - 1]}…”" if len(text) > limit else f"“{text}”"


def describe(value: object) -> str:
    """The JSON type of a value, in words."""
    names: tuple[tuple[type, str], ...] = (
        (bool, "true or false"),
        (str, "a text"),
        (int, "a number"),
        (float, "a number"),
        (list, "a list"),
        (dict, "an object"),
    )
    for kind, words in names:
        if isinstance(value, kind):
            return words
    return "null" if value is None else "something else"
