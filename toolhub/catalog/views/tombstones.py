from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from toolhub.catalog.selectors.tombstones import tombstone_get


def tombstone_page(request: HttpRequest, name: str) -> HttpResponse:
    """The page, with status 410, of a tool that is gone. Raises NotFound for a name that nobody ever had."""
    context = {"section": "browse", "tombstone": tombstone_get(name)}
    return render(request, "catalog/tool_gone.html", context, status=410)
