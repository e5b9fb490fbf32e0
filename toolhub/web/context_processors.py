from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from toolhub.core.web.htmx import is_partial
from toolhub.web.theme import COOKIE, THEMES


def shell(request: HttpRequest) -> dict[str, Any]:
    """What the frame of every page needs; `frame` is which one: all of it, or the part that htmx asks for."""
    asked = request.COOKIES.get(COOKIE, "auto")
    return {
        "theme": asked if asked in THEMES else "auto",
        "login_url": settings.LOGIN_URL,
        "languages": settings.LANGUAGES,
        "frame": "partial.html" if is_partial(request) else "base.html",
    }
