"""What the form of a list shows beside its fields: the chosen tools, those that were found, and another's version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from toolhub.catalog.fields import is_same
from toolhub.catalog.forms_lists import STATED, ListForm
from toolhub.catalog.search import SearchQuery, tool_search
from toolhub.catalog.selectors.pages import ToolRow, tool_rows
from toolhub.catalog.services.conflicts import EditConflict

RESULTS = 10
WORDS_LENGTH = 512


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that somebody else's version and one's own have otherwise."""

    label: str
    theirs: str
    yours: str


def form_context(form: ListForm) -> dict[str, Any]:
    names = form["tools"].value() or []
    words = str(form["found"].value() or "").strip()[:WORDS_LENGTH]
    return {
        "form": form,
        "tools": tool_rows(names),
        "words": words,
        "results": _found(words, set(names)) if words else [],
    }


def conflict_rows(conflict: EditConflict, form: ListForm) -> list[Difference]:
    theirs, yours = conflict.details["current"], form.stated()
    return [
        Difference(_label(form, name), _text(theirs[name]), _text(yours[name]))
        for name in STATED
        if not is_same(theirs[name], yours[name])
    ]


def _found(words: str, chosen: set[str]) -> list[ToolRow]:
    """The tool of this name or address first, then what the search finds; without those in the list."""
    name = words.rstrip("/").rpartition("/tools/")[2]
    names = [name, *tool_search(SearchQuery(text=words, limit=RESULTS, with_facets=False)).names]
    return tool_rows(one for one in dict.fromkeys(names) if one not in chosen)


def _label(form: ListForm, name: str) -> str:
    return gettext("Tools") if name == "tools" else str(form.fields[name].label)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    return "\n".join(value) if isinstance(value, list) else value or ""
