"""Where a form leads after it was sent."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def next_path(request: HttpRequest, default: str) -> str:
    """The address of this site that the form named as `next`, else the default."""
    return own_path(request, request.POST.get("next", ""), default)


def own_path(request: HttpRequest, wanted: str, default: str) -> str:
    """What is wanted if it is an address of this site, else the default."""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else default
