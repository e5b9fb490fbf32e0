from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from crawler.selectors import run_list
from toolhub.catalog.search import SearchQuery, tool_search
from toolhub.catalog.selectors.pages import tool_rows
from toolhub.catalog.selectors.toollists import toollist_featured
from toolhub.web import intents
from toolhub.web.context_processors import shell

RECENT_TOOLS = 6
RECENT_RUNS = 14
FEATURED_LISTS = 6


@require_safe
def home_page(request: HttpRequest) -> HttpResponse:
    newest = tool_search(
        SearchQuery(sort="-modified_date", limit=RECENT_TOOLS, facet_size=intents.FACET_SIZE)
    )
    runs = list(run_list().exclude(ended_at=None)[:RECENT_RUNS])[::-1]
    changes = [run.new_tools + run.updated_tools for run in runs]
    context = {
        "total": newest.total,
        "tools": tool_rows(newest.names),
        "lists": list(toollist_featured(FEATURED_LISTS)),
        "intents": intents.counted(newest.facets),
        "gaps": intents.gaps(newest.facets),
        "runs": runs,
        "last_run": runs[-1] if runs else None,
        "totals": [run.total_tools for run in runs],
        "changes": changes,
        "changed": sum(changes),
    }
    return render(request, "web/home.html", context)


def server_error(request: HttpRequest) -> HttpResponse:
    # No request in the context: whatever is broken (session, database) must not break this page too.
    page = render_to_string("500.html", {"theme": shell(request)["theme"]})
    return HttpResponse(page, status=500)
