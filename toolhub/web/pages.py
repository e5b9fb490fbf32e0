"""The small pages: what this site is, how it is used, and whether it works."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from crawler.selectors import run_newest_ended
from toolhub.core.clock import now
from toolhub.web import status


@require_safe
def about_page(request: HttpRequest) -> HttpResponse:
    return render(request, "web/about.html")


@require_safe
def privacy_page(request: HttpRequest) -> HttpResponse:
    return render(request, "web/privacy.html")


@require_safe
def accessibility_page(request: HttpRequest) -> HttpResponse:
    return render(request, "web/accessibility.html")


@require_safe
def search_help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "web/search_help.html", {"section": "browse"})


@never_cache
@require_safe
def status_page(request: HttpRequest) -> HttpResponse:
    jobs = status.jobs()
    context = {
        "at": now(),
        "jobs": jobs,
        "unwell": status.unwell(jobs),
        "unknown": status.unknown(jobs),
        "lag": status.search_lag(),
        "queue": status.queue_depth(),
        "last_run": run_newest_ended(),
    }
    return render(request, "web/status.html", context)
