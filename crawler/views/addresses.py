"""Registering the address of a toolinfo.json after a look at what a crawl would find, and removing it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from crawler.forms import UrlForm
from crawler.permissions import CRAWLER
from crawler.selectors import url_get, url_list_of, url_tool_names
from crawler.services.preview import Preview, preview_url
from crawler.services.urls import url_check_new, url_register, url_remove
from crawler.views.source import marked_lines
from toolhub.core.web.notices import done

CREATE, URLS = "tool-create", "urls"


@never_cache
@require_safe
def add_or_remove_page(request: HttpRequest) -> HttpResponse:
    tab = URLS if request.GET.get("tab") == URLS else CREATE
    return _page(request, tab, form=UrlForm(initial={"url": request.GET.get("url", "")}))


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def url_register_page(request: HttpRequest) -> HttpResponse:
    """First what a crawl would find; registered is what comes with `confirm`."""
    if request.method == "GET":
        # Who had to log in first comes here without what they sent.
        return redirect(_tab(URLS))
    form = UrlForm(request.POST)
    if not form.is_valid():
        return _page(request, URLS, status=400, form=form)
    with form.catching():
        if "confirm" in request.POST:
            url = url_register(actor=request.user, url=form.cleaned_data["url"])
            done(request, gettext("The address is registered. It is read at the next crawl."))
            return redirect("crawler:url-detail", url.pk)
        address = url_check_new(actor=request.user, url=form.cleaned_data["url"])
        return _preview(request, form, address)
    return _page(request, URLS, status=400, form=form)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def url_delete_page(request: HttpRequest, pk: int) -> HttpResponse:
    url = url_get(pk)
    CRAWLER.require(request.user, "url.delete", url)
    if request.method == "POST":
        url_remove(actor=request.user, url=url)
        done(request, gettext("The address is removed, and its tools with it."))
        return redirect(_tab(URLS))
    names = url_tool_names(url)
    context = {"section": "add", "url": url, "names": names, "cancel_href": _tab(URLS)}
    return render(request, "crawler/url_delete.html", context)


def _preview(request: HttpRequest, form: UrlForm, address: str) -> HttpResponse:
    found = preview_url(address)
    context: dict[str, Any] = {"section": "add", "form": form, "address": address}
    if isinstance(found, Preview):
        context |= {"preview": found, "lines": marked_lines(found.text, found.verdict.findings)}
    else:
        context |= {"unread": found}
    return render(request, "crawler/url_preview.html", context)


def _tab(name: str) -> str:
    return f"{reverse('crawler:url-list')}?tab={name}"


def _page(request: HttpRequest, tab: str, *, status: int = 200, **parts: Any) -> HttpResponse:
    titles = {CREATE: gettext("Add one tool"), URLS: gettext("Addresses of toolinfo.json")}
    tabs = [
        {"title": title, "href": _tab(name), "is_current": name == tab}
        for name, title in titles.items()
    ]
    mine = url_list_of(request.user.pk) if tab == URLS and request.user.is_authenticated else []
    context = {"section": "add", "tab": tab, "tabs": tabs, "urls": mine, **parts}
    return render(request, "crawler/add_or_remove.html", context, status=status)
