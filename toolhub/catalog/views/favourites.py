from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from toolhub.accounts.permissions import require_login
from toolhub.catalog.selectors.favourites import favourite_names
from toolhub.catalog.selectors.pages import tool_rows
from toolhub.catalog.services.favourites import favourite_add, favourite_remove
from toolhub.core.errors import InvalidInput, NotFound
from toolhub.core.web.notices import done, warn
from toolhub.core.web.paths import next_path

PAGE_SIZE = 10


@require_safe
def favourite_list_page(request: HttpRequest) -> HttpResponse:
    require_login(request.user)
    names = favourite_names(actor=request.user)
    page = Paginator(names, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "tools": tool_rows(page)}
    return render(request, "catalog/favourite_list.html", context)


@require_POST
def favourite_add_act(request: HttpRequest, name: str) -> HttpResponse:
    try:
        favourite_add(actor=request.user, name=name)
        undo = reverse("catalog:favourite-remove", args=(name,))
        done(request, gettext("The tool is among your favourites."), undo=undo)
    except InvalidInput as error:
        warn(request, error.errors[0].message)
    return redirect(next_path(request, reverse("catalog:favourite-list")))


@require_POST
def favourite_remove_act(request: HttpRequest, name: str) -> HttpResponse:
    try:
        favourite_remove(actor=request.user, name=name)
        undo = reverse("catalog:favourite-add", args=(name,))
        done(request, gettext("The tool is no longer among your favourites."), undo=undo)
    except NotFound:
        warn(request, gettext("It was not among your favourites."))
    return redirect(next_path(request, reverse("catalog:favourite-list")))
