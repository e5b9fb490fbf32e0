"""How often one may ask. Each person, or each address of nobody in particular, has a bucket for reads and one for writes."""

from __future__ import annotations

import ipaddress
import math
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from toolhub.core.rest.buckets import WINDOW_SECONDS, Taken, local_buckets, shared_buckets

if TYPE_CHECKING:
    # It loads the throttles itself.
    from rest_framework.views import APIView


class BucketThrottle(BaseThrottle):
    """Sends RateLimit and RateLimit-Policy with every answer (draft-ietf-httpapi-ratelimit-headers).

    While Redis is away reads are not counted, and writes by each process alone.
    """

    _wait: int | None = None

    def allow_request(self, request: Request, view: APIView) -> bool:
        is_read = request.method in SAFE_METHODS
        policy = "reads" if is_read else "writes"
        capacity = settings.RATE_LIMIT_READS if is_read else settings.RATE_LIMIT_WRITES
        if not capacity:
            return True
        key = f"{policy}:{_who(request)}"
        taken = shared_buckets(settings.REDIS_URL).take(key, capacity)
        if taken is None and is_read:
            return True
        taken = taken or local_buckets().take(key, capacity)
        view.headers |= _headers(policy, capacity, taken)
        self._wait = max(1, math.ceil((1 - taken.left) * WINDOW_SECONDS / capacity))
        return taken.is_allowed

    def wait(self) -> float | None:
        return self._wait


def client_address(request: HttpRequest) -> str:
    """Who sent it: the address that the outermost proxy we trust saw. Of IPv6 the network, which is one household."""
    found = request.META.get("REMOTE_ADDR", "")
    if hops := settings.TRUSTED_PROXY_HOPS:
        seen = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        # What stands further left was written by the client itself.
        found = seen[-hops].strip() if len(seen) >= hops else found
    try:
        address = ipaddress.ip_address(found)
    except ValueError:
        return "unknown"
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def _who(request: Request) -> str:
    if request.user.is_authenticated:
        return f"user:{request.user.pk}"
    return f"address:{client_address(request._request)}"  # noqa: SLF001


def _headers(policy: str, capacity: int, taken: Taken) -> dict[str, str]:
    full_in = math.ceil((capacity - taken.left) * WINDOW_SECONDS / capacity)
    return {
        "RateLimit-Policy": f'"{policy}";q={capacity};w={WINDOW_SECONDS}',
        "RateLimit": f'"{policy}";r={int(taken.left)};t={full_in}',
    }
