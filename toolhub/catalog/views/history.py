"""The pages of a history: all revisions, one of them, and two compared."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from toolhub.catalog.selectors.revisions import (
    revision_row,
    revision_rows,
    revision_snapshot,
    revisions_of,
)
from toolhub.catalog.services.history import revision_diff
from toolhub.catalog.views.differences import Snapshot, differences, touched
from toolhub.catalog.views.history_of import Finder, HistoryOf
from toolhub.catalog.views.history_rows import Entry, Reader, entries, reader
from toolhub.catalog.views.revision_content import revision_content
from toolhub.catalog.views.tabs import thing_tabs
from toolhub.core.web.notices import failed

PER_PAGE = 10


@require_safe
def history_page(request: HttpRequest, of: Finder, key: str | int) -> HttpResponse:
    history = of(request, key)
    if "from" in request.GET or "to" in request.GET:
        return _compare(request, history)
    by = reader(request.user)
    revisions = revisions_of(history.thing).order_by("-number")
    page = Paginator(revisions, PER_PAGE).get_page(request.GET.get("page"))
    start = max(page.start_index() - 1, 0)
    rows = revision_rows(revisions[start : start + PER_PAGE], sees_suppressed=by.sees_suppressed)
    context = {"page": page, "entries": entries(history, rows, by), "by": by}
    return render(request, "catalog/history.html", _framed(request, history) | context)


@require_safe
def revision_page(request: HttpRequest, of: Finder, key: str | int, pk: int) -> HttpResponse:
    history, by = of(request, key), reader(request.user)
    entry = _entry(history, pk, by)
    status = 200 if entry.is_readable else 403
    content = revision_content(history, pk, request.user) if entry.is_readable else {}
    beside = {
        name: history.href("revision", neighbour) if neighbour else ""
        for name, neighbour in (("older", entry.row.parent_id), ("newer", entry.row.child_id))
    }
    context = {**_framed(request, history), "entry": entry, **beside, **content}
    return render(request, "catalog/revision.html", context, status=status)


@require_safe
def diff_page(
    request: HttpRequest, of: Finder, key: str | int, pk: int, other: int
) -> HttpResponse:
    """`pk` is the version before, `other` the version after."""
    history, by = of(request, key), reader(request.user)
    # Asked for its rules: it refuses what is hidden from this person.
    revision_diff(actor=request.user, thing=history.thing, original_id=pk, result_id=other)
    before, after = revision_snapshot(pk), revision_snapshot(other)
    rows = differences(before, after, with_same="all" in request.GET)
    end = _entry(history, other, by)
    context = {
        **_framed(request, history),
        "before": _entry(history, pk, by),
        "after": end,
        "rows": rows,
        "count": sum(bool(row.change) for row in rows),
        "is_all": "all" in request.GET,
        "undo": history.href("revision-undo", other, pk)
        if _may_undo(history, by, before, after)
        else "",
        "newer": _diff_after(history, end),
        "json": _json_href(history, pk, other),
    }
    return render(request, "catalog/diff.html", context)


def _compare(request: HttpRequest, history: HistoryOf) -> HttpResponse:
    """Sends the reader to the two that were chosen, the older one first."""
    given = [request.GET.get("from", ""), request.GET.get("to", "")]
    if not all(one.isascii() and one.isdigit() and len(one) < 18 for one in given):
        given = ["0", "0"]
    older, newer = sorted(map(int, given))
    if older == newer:
        failed(request, gettext("Choose two different revisions to compare."))
        return redirect(history.history_href)
    return redirect(history.href("diff", older, newer))


def _may_undo(history: HistoryOf, by: Reader, before: Snapshot, after: Snapshot) -> bool:
    changed = touched(before, after)
    return len(changed) > 0 and history.may_change(by.actor, changed)


def _diff_after(history: HistoryOf, entry: Entry) -> str:
    return history.href("diff", entry.row.id, entry.row.child_id) if entry.row.child_id else ""


def _entry(history: HistoryOf, pk: int, by: Reader) -> Entry:
    revisions = revisions_of(history.thing)
    row = revision_row(revisions, pk, sees_suppressed=by.sees_suppressed)
    return entries(history, [row], by)[0]


def _framed(request: HttpRequest, history: HistoryOf) -> dict[str, Any]:
    return {
        "section": "browse" if history.is_tool else "lists",
        "history": history,
        "tabs": thing_tabs(request.user, history.thing, "history"),
    }


def _json_href(history: HistoryOf, pk: int, other: int) -> str:
    kind = "tools" if history.is_tool else "lists"
    return f"/api/{kind}/{history.key}/revisions/{pk}/diff/{other}/"
