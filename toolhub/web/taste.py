"""How a reader likes the pages: colours and language, each kept in a cookie, so that it works without JavaScript.

A cookie of taste needs no token; without one, anonymous pages can be kept in shared caches.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from toolhub.web import theme

MAX_AGE_SECONDS = 365 * 24 * 3600


@csrf_exempt
@require_POST
def theme_set(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("theme", "")
    response = HttpResponseRedirect(_back(request))
    return _keep(response, request, theme.COOKIE, chosen) if chosen in theme.THEMES else response


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def language_page(request: HttpRequest) -> HttpResponse:
    """All languages to choose from; the menu in the header posts here as well."""
    if request.method != "POST":
        return render(request, "web/language.html", {"next": request.GET.get("next", "/")})
    chosen = request.POST.get("language", "")
    response = HttpResponseRedirect(_without_uselang(_back(request)))
    if chosen not in dict(settings.LANGUAGES):
        return response
    return _keep(response, request, settings.LANGUAGE_COOKIE_NAME, chosen)


def _keep(response: HttpResponse, request: HttpRequest, name: str, value: str) -> HttpResponse:
    response.set_cookie(
        name,
        value,
        max_age=MAX_AGE_SECONDS,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def _back(request: HttpRequest) -> str:
    """The path to return to: one of this site, else the home page."""
    back = request.POST.get("next", "")
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if is_ours else "/"


def _without_uselang(path: str) -> str:
    """What was chosen must win over what the address asked for before."""
    base, _, query = path.partition("?")
    asked = QueryDict(query, mutable=True)
    if asked.pop("uselang", None) is None:
        return path
    return f"{base}?{asked.urlencode()}" if asked else base
