from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from toolhub.catalog.forms_changes import AuditForm
from toolhub.catalog.permissions import CATALOG
from toolhub.catalog.selectors.audit import audit_list, audit_public
from toolhub.catalog.views.audit_sentences import Entry, icon_name, revision_href, sentence

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    id: int
    at: datetime
    icon: str
    sentence: SafeString
    href: str
    message: str


@require_safe
def audit_log_page(request: HttpRequest) -> HttpResponse:
    form = AuditForm(request.GET)
    sees = CATALOG.can(request.user, "revision.see_suppressed")
    rows = audit_list(actor=request.user, chosen=form.chosen(), sees_hidden=sees)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    entries = audit_public(page.object_list, sees_hidden=sees)
    context = {
        "section": "audit",
        "form": form,
        "page": page,
        "lines": [_line(entry) for entry in entries],
    }
    return render(request, "catalog/audit_log.html", context)


def _line(entry: Entry) -> Line:
    return Line(
        id=entry["id"],
        at=entry["timestamp"],
        icon=icon_name(entry),
        sentence=sentence(entry),
        href=revision_href(entry),
        message=entry["message"] or "",
    )
