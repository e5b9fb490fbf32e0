"""Which requests want a part of a page. One template, two renderings: it says `extends frame` (web.context_processors).

<nav hx-boost="true" hx-target="#results" hx-select="#results" hx-swap="outerHTML show:none">… plain links …</nav>
"""

from __future__ import annotations

from django.http import HttpRequest

HEADERS = ("HX-Request", "HX-Target")
"""What the answer depends on; caches have to know."""


def is_partial(request: HttpRequest) -> bool:
    """Whether htmx puts the answer into a region of the page. The Back button wants the whole page."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and "HX-Target" in headers
        and "HX-History-Restore-Request" not in headers
    )
