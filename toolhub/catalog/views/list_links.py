"""The links between the pages of lists: tabs and orders."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from toolhub.catalog.models import ToolList


@dataclass(frozen=True, slots=True)
class Tab:
    title: str
    href: str
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Sort:
    title: str
    href: str
    is_current: bool
    name: str


def list_views(request: HttpRequest, current: str) -> list[Tab]:
    """All published lists, those that are featured, one's own."""
    browse = reverse("catalog:list-browse")
    tabs = (
        ("all", gettext("All lists"), browse),
        ("featured", gettext("Featured"), f"{browse}?featured=true"),
        ("own", gettext("My lists"), reverse("catalog:list-own")),
    )
    return [Tab(title, href, name == current) for name, title, href in tabs]


def list_tabs(toollist: ToolList, current: str, *, may_change: bool) -> list[Tab]:
    """One list, its form for those who may change it, and its history once that has a page."""
    pages = [("view", gettext("List"), "catalog:list-detail")]
    if may_change:
        pages.append(("edit", gettext("Edit"), "catalog:list-edit"))
    pages.append(("history", gettext("History"), "catalog:list-history"))
    return [
        Tab(title, href, name == current)
        for name, title, route in pages
        if (href := _href(route, toollist.pk))
    ]


def sorts(params: QueryDict, words: str) -> list[Sort]:
    """The orders to choose from; without words nothing is more relevant, and the newest lists come first."""
    offered = {
        "score": gettext("Relevance"),
        "-created_date": gettext("Newest"),
        "-modified_date": gettext("Recently updated"),
        "title": gettext("Title"),
    }
    if not words:
        del offered["score"]
    default = next(iter(offered))
    chosen = params.get("ordering", "")
    current = chosen if chosen in offered else default
    return [
        Sort(title, _ordered(params, name), name == current, name)
        for name, title in offered.items()
    ]


def _ordered(params: QueryDict, name: str) -> str:
    changed = params.copy()
    changed.pop("page", None)
    changed["ordering"] = name
    return f"?{changed.urlencode()}"


def _href(route: str, pk: int) -> str:
    try:
        return reverse(route, args=(pk,))
    except NoReverseMatch:
        return ""
