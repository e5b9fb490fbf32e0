from __future__ import annotations

from django.http import HttpResponse


def json_bytes(body: bytes, *, status: int = 200) -> HttpResponse:
    """A response of bytes that are JSON already: no renderer touches them."""
    return HttpResponse(body, status=status, content_type="application/json")
