"""Whose history a page shows: that of a tool or that of a list. The pages and the acts are the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from toolhub.accounts.permissions import Actor
from toolhub.catalog.models import ToolList
from toolhub.catalog.permissions import CATALOG
from toolhub.catalog.selectors.revisions import Thing, revisions_of
from toolhub.catalog.selectors.toollists import toollist_get
from toolhub.catalog.selectors.tools import tool_get
from toolhub.catalog.views.differences import Touched


@dataclass(frozen=True, slots=True)
class HistoryOf:
    """`kind` begins the URL names, `key` is what they all take first."""

    kind: str
    key: str | int
    thing: Thing
    title: str
    language: str = ""

    @property
    def is_tool(self) -> bool:
        return self.kind == "tool"

    def href(self, page: str, *revisions: int) -> str:
        """The address of one of its pages or acts; nothing for one that is not there."""
        try:
            return reverse(f"catalog:{self.kind}-{page}", args=(self.key, *revisions))
        except NoReverseMatch:
            return ""

    @property
    def page_href(self) -> str:
        return self.href("detail")

    @property
    def history_href(self) -> str:
        return self.href("history")

    def may_change(self, actor: Actor, fields: Touched) -> bool:
        """Whether this person may edit all of these fields."""
        if not self.is_tool:
            return CATALOG.can(actor, "toollist.change", self.thing)
        act = "tool.change" if fields.core else "annotations.change"
        return CATALOG.can(actor, act, self.thing)


Finder = Callable[[HttpRequest, str | int], HistoryOf]


def tool_history(request: HttpRequest, key: str | int) -> HistoryOf:
    """Raises NotFound."""
    return history_of(tool_get(str(key)))


def list_history(request: HttpRequest, key: str | int) -> HistoryOf:
    """Raises NotFound, also for the unpublished list of somebody else."""
    return history_of(toollist_get(int(key), actor=request.user))


def history_of(thing: Thing) -> HistoryOf:
    if isinstance(thing, ToolList):
        return HistoryOf("list", thing.pk, thing, thing.title)
    return HistoryOf("tool", thing.name, thing, thing.title, thing.language or "")


def undo_href(history: HistoryOf, actor: Actor) -> str:
    """The act that takes back what this person did last; nothing when somebody else was faster."""
    newest = revisions_of(history.thing).order_by("-number").values_list("pk", "user_id")[:2]
    found = list(newest)
    if len(found) < 2 or found[0][1] != actor.pk:
        return ""
    return history.href("revision-undo", found[0][0], found[1][0])
