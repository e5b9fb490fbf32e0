"""What the middleware of the public data ask of a request before session, language and login are looked at."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

Handler = Callable[[HttpRequest], HttpResponseBase]

API = "/api/"
PUBLIC = (API, "/feeds/", "/oembed", "/opensearch.xml", "/sitemap")
"""Where programs read what everybody may see."""

READS = ("GET", "HEAD")


def is_public_data(request: HttpRequest) -> bool:
    return request.path.startswith(PUBLIC) or request.path.endswith("/badge.svg")


def is_anonymous(request: HttpRequest) -> bool:
    """Nobody tries to say who is asking."""
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    return not has_session and "Authorization" not in request.headers
