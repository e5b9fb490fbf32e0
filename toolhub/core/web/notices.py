"""What a page says once after it did something, on the page the reader is sent to."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest


def done(request: HttpRequest, text: str, *, undo: str = "") -> None:
    """It worked. `undo` is a path that takes a plain POST (no fields but the token) and takes the act back."""
    messages.success(request, text, extra_tags=undo)


def warn(request: HttpRequest, text: str) -> None:
    """It worked, but there is something to know."""
    messages.warning(request, text)


def failed(request: HttpRequest, text: str) -> None:
    """It did not work, and the page the reader is sent to looks as before."""
    messages.error(request, text)
