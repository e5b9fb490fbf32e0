from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from crawler.models import RunUrl
from crawler.selectors import run_get, run_list, run_url_list

RUNS_PER_PAGE = 15
URLS_PER_PAGE = 25
RUNS_IN_CHART = 30


@require_safe
def run_list_page(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("runs_id", "")
    # `?runs_id=` is the address that was always handed around for one run.
    if asked.isascii() and asked.isdigit() and len(asked) < 18:
        return run_detail_page(request, int(asked))
    recent = list(run_list().exclude(ended_at=None)[:RUNS_IN_CHART])[::-1]
    context = {
        "section": "crawler",
        "page": Paginator(run_list(), RUNS_PER_PAGE).get_page(request.GET.get("runs_page")),
        "recent": recent,
        "totals": [run.total_tools for run in recent],
        "addresses": [run.crawled_urls for run in recent],
    }
    return render(request, "crawler/run_list.html", context)


@require_safe
def run_detail_page(request: HttpRequest, run_id: int) -> HttpResponse:
    run = run_get(run_id)
    urls = run_url_list(run)
    context = {
        "section": "crawler",
        "run": run,
        "invalid": urls.filter(state=RunUrl.State.DONE, valid=False).count(),
        "page": Paginator(urls, URLS_PER_PAGE).get_page(request.GET.get("urls_page")),
    }
    return render(request, "crawler/run_detail.html", context)
