"""One registered address: what the last crawls found there, and a crawl now."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from crawler.models import RunUrl
from crawler.permissions import CRAWLER
from crawler.selectors import run_newest_full, url_get, url_results, url_tool_names
from crawler.services.demand import CrawledJustNow, url_crawl_start
from crawler.tasks import crawl_enqueue
from toolhub.core.web.notices import done, failed

RUNS_IN_STRIP = 30
TOOLS_SHOWN = 50


@require_safe
def url_detail_page(request: HttpRequest, pk: int) -> HttpResponse:
    url = url_get(pk)
    results = list(url_results(url).defer("findings", "log")[:RUNS_IN_STRIP])
    last = url_results(url).first()
    names = url_tool_names(url)
    context = {
        "section": "crawler",
        "url": url,
        "last": last,
        "results": results,
        "elapsed": [one.elapsed_ms for one in reversed(results)],
        "problems": sum(_has_problems(one) for one in results),
        "names": names[:TOOLS_SHOWN],
        "more_names": max(len(names) - TOOLS_SHOWN, 0),
        "next_at": _next_at(),
        "may_change": CRAWLER.can(request.user, "url.change", url),
    }
    return render(request, "crawler/url_detail.html", context)


@login_required
@require_POST
def url_crawl_page(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        run = url_crawl_start(actor=request.user, url=url_get(pk))
    except CrawledJustNow as error:
        failed(request, error.message)
    else:
        crawl_enqueue(run)
        done(request, gettext("The crawl has been asked for. Load this page again in a moment."))
    return redirect("crawler:url-detail", pk)


def _has_problems(result: RunUrl) -> bool:
    return result.state == RunUrl.State.DONE and not result.valid


def _next_at() -> datetime | None:
    """When the next crawl of all addresses is due; None when there was none to count from."""
    run = run_newest_full()
    return run.started_at + timedelta(seconds=settings.CRAWL_EVERY_SECONDS) if run else None
