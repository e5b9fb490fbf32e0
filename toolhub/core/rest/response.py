from __future__ import annotations

from django.http import HttpResponse
from rest_framework.request import Request


def json_bytes(body: bytes, *, status: int = 200) -> HttpResponse:
    """A response of bytes that are JSON already: no renderer touches them."""
    return HttpResponse(body, status=status, content_type="application/json")


def if_match(request: Request) -> str:
    """The versions that the client has seen, or nothing when it does not ask for that check."""
    return str(request.headers.get("If-Match", ""))
