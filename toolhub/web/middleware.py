from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_vary_headers

from toolhub.core.errors import ToolhubError, Unauthenticated
from toolhub.core.web.htmx import HEADERS

Handler = Callable[[HttpRequest], HttpResponse]

MAINTENANCE_SECONDS = 300


class LanguageMiddleware:
    """Answers in the language of `?uselang=`, else of the cookie, else of Accept-Language."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = self._asked(request) or translation.get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ("Accept-Language", "Cookie", *HEADERS))
        return response

    def _asked(self, request: HttpRequest) -> str:
        try:
            return translation.get_supported_language_variant(request.GET.get("uselang", ""))
        except LookupError:
            return ""


class MaintenanceMiddleware:
    """While MAINTENANCE is on, everything but static files and the sign of life is refused for a while."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.MAINTENANCE or request.path == "/healthz":
            return self.get_response(request)
        response = HttpResponse(render_to_string("503.html"), status=503)
        response.headers["Retry-After"] = str(MAINTENANCE_SECONDS)
        return response


class ErrorPageMiddleware:
    """Turns a service's error into its page; the API's views translate theirs before it gets here."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, ToolhubError):
            return None
        if isinstance(error, Unauthenticated) and request.method in ("GET", "HEAD"):
            return redirect_to_login(request.get_full_path())
        templates = (f"{error.status}.html", "web/error.html")
        return render(request, templates, {"error": error}, status=error.status)
