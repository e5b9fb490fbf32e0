from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from crawler.selectors import url_list
from toolhub.accounts.permissions import require_login
from toolhub.accounts.selectors import application_list, authorization_list
from toolhub.catalog.selectors.pages import tool_rows
from toolhub.catalog.selectors.persons import favourite_count, toollists_of, tools_of

SHOWN = 10


@never_cache
@require_safe
def my_page(request: HttpRequest) -> HttpResponse:
    """What belongs to whoever is logged in, with the ways to the pages that change it."""
    user = require_login(request.user)
    tools, lists, urls = tools_of(user), toollists_of(user), url_list().filter(created_by=user)
    context = {
        "tools": tool_rows(tools.values_list("name", flat=True)[:SHOWN]),
        "tool_count": tools.count(),
        "lists": lists[:SHOWN],
        "list_count": lists.count(),
        "urls": urls[:SHOWN],
        "url_count": urls.count(),
        "favourite_count": favourite_count(user),
        "application_count": application_list().filter(user=user).count(),
        "authorization_count": authorization_list(user).count(),
        "groups": sorted(user.group_names),
    }
    return render(request, "web/mine.html", context)
