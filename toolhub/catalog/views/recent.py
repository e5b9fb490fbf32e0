"""Recent changes, and patrolling them where they stand."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from toolhub.catalog.forms_changes import RecentForm
from toolhub.catalog.permissions import CATALOG
from toolhub.catalog.selectors.recent import recent_backlog, recent_chosen, recent_thing
from toolhub.catalog.selectors.revisions import revision_rows
from toolhub.catalog.services.oversight import PatrolledRevision, revision_patrol
from toolhub.core.errors import NotFound
from toolhub.core.web.notices import done, failed
from toolhub.core.web.paths import next_path

PER_PAGE = 50


@require_safe
def recent_changes_page(request: HttpRequest) -> HttpResponse:
    sees = CATALOG.can(request.user, "revision.see_suppressed")
    form = RecentForm(request.GET, sees_hidden=sees)
    revisions = recent_chosen(chosen=form.chosen(), is_new=form.kinds(), sees_suppressed=sees)
    page = Paginator(revisions, PER_PAGE).get_page(request.GET.get("page"))
    rows = revision_rows(revisions[_span(page.start_index(), PER_PAGE)], sees_suppressed=sees)
    context = {
        "section": "changes",
        "form": form,
        "page": page,
        "rows": rows,
        "unpatrolled": sum(not row.patrolled for row in rows),
        "backlog": recent_backlog(),
        "may_patrol": CATALOG.can(request.user, "revision.patrol"),
    }
    return render(request, "catalog/recent_changes.html", context)


@require_POST
def recent_patrol(request: HttpRequest) -> HttpResponse:
    """One change by its button, or all that are ticked; those that somebody patrolled meanwhile count as done."""
    CATALOG.require(request.user, "revision.patrol")
    one = request.POST.get("only", "")
    ids = _numbers([one] if one else request.POST.getlist("revision"))
    patrolled = [number for number in ids if _patrolled(request, number)]
    if patrolled:
        count = len(patrolled)
        text = ngettext("%(count)d change is patrolled.", "%(count)d changes are patrolled.", count)
        done(request, text % {"count": count})
    elif ids:
        failed(request, gettext("What you selected is gone meanwhile."))
    else:
        failed(request, gettext("Nothing was selected. Tick the changes that you looked over."))
    back = next_path(request, reverse("catalog:recent-changes"))
    return HttpResponseRedirect(f"{back}#change-{ids[0]}" if ids else back)


def _patrolled(request: HttpRequest, number: int) -> bool:
    """False when there is no such change any more."""
    try:
        revision_patrol(actor=request.user, thing=recent_thing(number), revision_id=number)
    except PatrolledRevision:
        return True
    except NotFound:
        return False
    return True


def _numbers(given: list[str]) -> list[int]:
    return [
        int(one) for one in given[:PER_PAGE] if one.isascii() and one.isdigit() and len(one) < 18
    ]


def _span(first: int, size: int) -> slice:
    start = max(first - 1, 0)
    return slice(start, start + size)
