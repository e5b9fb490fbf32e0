from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from toolhub.web.theme import COOKIE, THEMES


def shell(request: HttpRequest) -> dict[str, Any]:
    """What the frame of every page needs."""
    asked = request.COOKIES.get(COOKIE, "auto")
    return {
        "theme": asked if asked in THEMES else "auto",
        "login_url": settings.LOGIN_URL,
        "languages": settings.LANGUAGES,
    }
