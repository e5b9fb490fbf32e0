from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from toolhub.catalog.search import tool_search
from toolhub.catalog.selectors.pages import (
    completeness,
    moment,
    shown,
    tool_document,
    tool_rows,
)
from toolhub.catalog.views import tool_page
from toolhub.catalog.views.search_links import SearchLinks
from toolhub.catalog.views.tombstones import tombstone_page
from toolhub.catalog.views.tool_around import around
from toolhub.core.errors import NotFound


@require_safe
def tool_search_page(request: HttpRequest) -> HttpResponse:
    links = SearchLinks(request.GET)
    results = tool_search(links.query())
    context = {
        "section": "browse",
        "query": request.GET.get("q", ""),
        "total": results.total,
        "tools": tool_rows(results.names),
        "page": Paginator(range(results.total), links.page_size()).get_page(links.page()),
        "panels": links.panels(results.facets),
        "filters": list(links.filters()),
        "sort": links.sort(),
        "links": links,
    }
    return render(request, "catalog/tool_search.html", context)


@require_safe
def tool_detail_page(request: HttpRequest, name: str) -> HttpResponse:
    try:
        document = tool_document(name)
    except NotFound:
        return tombstone_page(request, name)
    context = {
        "section": "browse",
        "tool": document,
        # Template variables cannot start with an underscore.
        "schema": document["_schema"],
        "text_language": document["_language"],
        "tool_type": shown(document, "tool_type"),
        "repository": shown(document, "repository"),
        "bugtracker": shown(document, "bugtracker_url"),
        "replaced_by": shown(document, "replaced_by"),
        "is_deprecated": shown(document, "deprecated"),
        "is_experimental": shown(document, "experimental"),
        "sections": tool_page.sections(document),
        "origins": tool_page.origins(document),
        "completeness": completeness(document),
        "created_at": moment(document, "created_date"),
        "modified_at": moment(document, "modified_date"),
        **around(request, document),
    }
    return render(request, "catalog/tool_detail.html", context)
