from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from toolhub.catalog.forms_lists import ListSearchForm
from toolhub.catalog.models import ToolList
from toolhub.catalog.permissions import CATALOG
from toolhub.catalog.selectors.pages import tool_rows
from toolhub.catalog.selectors.toollist_search import toollist_search
from toolhub.catalog.selectors.toollists import (
    toollist_get,
    toollist_own,
    toollist_rows,
    toollist_shown_names,
)
from toolhub.catalog.services.toollists import toollist_feature, toollist_unfeature
from toolhub.catalog.views.list_links import list_tabs, list_views, sorts
from toolhub.core.errors import NotFound
from toolhub.core.params import order
from toolhub.core.web.notices import done, warn

OWN_SIZE = 10
BROWSE_SIZE = 12
ORDERINGS = {"title": "title", "created_date": "created_at", "modified_date": "modified_at"}


@require_safe
def list_own_page(request: HttpRequest) -> HttpResponse:
    lists = toollist_own(actor=request.user)
    page = Paginator(lists, OWN_SIZE).get_page(request.GET.get("page"))
    context = {
        "section": "lists",
        "page": page,
        "rows": [(row, _rights(request, row.toollist)) for row in toollist_rows(page)],
        "tabs": list_views(request, "own"),
    }
    return render(request, "catalog/list_own.html", context)


@require_safe
def list_browse_page(request: HttpRequest) -> HttpResponse:
    form = ListSearchForm(request.GET)
    words = form.cleaned_data.get("q", "")
    is_featured = request.GET.get("featured", "") in ("1", "true")
    lists = toollist_search(words)
    if is_featured:
        lists = lists.filter(is_featured=True)
    if chosen := order(request.GET, ORDERINGS):
        lists = lists.order_by(*chosen, "-id")
    page = Paginator(lists, BROWSE_SIZE).get_page(request.GET.get("page"))
    context = {
        "section": "lists",
        "form": form,
        "words": words,
        "is_featured": is_featured,
        "page": page,
        "rows": toollist_rows(page),
        "sorts": sorts(request.GET, words),
        "tabs": list_views(request, "featured" if is_featured else "all"),
    }
    return render(request, "catalog/list_browse.html", context)


@require_safe
def list_detail_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Raises NotFound, also for the unpublished list of somebody else."""
    toollist = toollist_get(pk, actor=request.user)
    may = _rights(request, toollist)
    context = {
        "section": "lists",
        "toollist": toollist,
        "tools": tool_rows(toollist_shown_names(toollist)),
        "may": may,
        "tabs": list_tabs(toollist, "view", may_change=may["change"]),
        "permalink": request.build_absolute_uri(reverse("catalog:list-detail", args=(pk,))),
    }
    return render(request, "catalog/list_detail.html", context)


@require_POST
def list_feature(request: HttpRequest, pk: int) -> HttpResponse:
    undo = reverse("catalog:list-unfeature", args=(pk,))
    said = gettext("The list is featured on the start page.")
    return _featured(request, pk, toollist_feature, said, undo)


@require_POST
def list_unfeature(request: HttpRequest, pk: int) -> HttpResponse:
    undo = reverse("catalog:list-feature", args=(pk,))
    said = gettext("The list is featured no longer.")
    return _featured(request, pk, toollist_unfeature, said, undo)


def _featured(
    request: HttpRequest, pk: int, act: Callable[..., None], said: str, undo: str
) -> HttpResponse:
    toollist = toollist_get(pk, actor=request.user)
    try:
        act(actor=request.user, toollist=toollist)
        done(request, said, undo=undo)
    except NotFound:
        # Somebody else was faster, or the button was pressed twice.
        warn(request, gettext("Nothing was changed: it is so already, or it is not published."))
    return redirect("catalog:list-detail", pk)


def _rights(request: HttpRequest, toollist: ToolList) -> dict[str, Any]:
    """Which buttons show; the services ask for the rights themselves."""
    acts = ("change", "delete", "feature")
    return {act: CATALOG.can(request.user, f"toollist.{act}", toollist) for act in acts}
