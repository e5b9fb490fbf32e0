"""The pages of one tool or one list, as tabs. A page that is not there yet has none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, pgettext

from toolhub.accounts.permissions import Actor
from toolhub.catalog.models import ToolList
from toolhub.catalog.permissions import CATALOG
from toolhub.catalog.selectors.revisions import Thing, revisions_of


@dataclass(frozen=True, slots=True)
class Tab:
    title: str
    href: str
    is_current: bool = False
    count: int | None = None


def thing_tabs(actor: Actor, thing: Thing, current: str) -> list[Tab]:
    """`current` ends the URL name of the page that shows them: detail, edit, annotate or history."""
    kind, key = ("list", thing.pk) if isinstance(thing, ToolList) else ("tool", thing.name)
    found = []
    for page, title in _pages(actor, thing):
        try:
            href = reverse(f"catalog:{kind}-{page}", args=(key,))
        except NoReverseMatch:
            continue
        count = revisions_of(thing).count() if page == "history" else None
        found.append(Tab(title, href, page == current, count))
    return found


def _pages(actor: Actor, thing: Thing) -> Iterator[tuple[str, str]]:
    if isinstance(thing, ToolList):
        yield "detail", pgettext("tab", "List")
        if CATALOG.can(actor, "toollist.change", thing):
            yield "edit", pgettext("tab", "Edit")
    else:
        yield "detail", pgettext("tab", "Tool")
        if CATALOG.can(actor, "tool.change", thing):
            yield "edit", pgettext("tab", "Edit")
        yield "annotate", gettext("Edit community values")
    yield "history", pgettext("tab", "History")
