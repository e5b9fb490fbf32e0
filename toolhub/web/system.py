"""What machines ask of the site itself."""

from __future__ import annotations

import logging
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

logger = logging.getLogger("toolhub.csp")

REPORT_BYTES = 8192
DAY_SECONDS = 24 * 3600
NOISE = ("chrome-extension", "moz-extension", "safari-extension", "safari-web-extension", "about")
"""Sources that a reader's own browser extensions bring along; not ours to repair."""
LOGGED = ("document-uri", "effective-directive", "violated-directive", "blocked-uri", "source-file")


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers. It asks nothing else, so that a slow database does not get it restarted."""
    return JsonResponse({"status": "OK"})


@cache_control(max_age=DAY_SECONDS)
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    return redirect(static("codex-icons/logo-Wikimedia.svg"))


# A browser sends this by itself, without any token.
@csrf_exempt
@require_POST
def csp_report(request: HttpRequest) -> HttpResponse:
    """Takes a violation report of the content policy and logs it. Whatever is sent, the answer is 204, 400 or 413."""
    size = request.headers.get("Content-Length", "0")
    if not size.isdecimal() or int(size[:9]) > REPORT_BYTES:
        return HttpResponse(status=413)
    report = _report(request.body)
    if report is None:
        return HttpResponse("Send a JSON object with csp-report.", "text/plain", status=400)
    told = {key: str(report[key])[:200] for key in LOGGED if key in report}
    if not told.get("source-file", "").startswith(NOISE):
        # As one JSON text: a report may hold line breaks, and the log must not be written by strangers.
        logger.warning("Content policy violated: %s", orjson.dumps(told).decode())
    return HttpResponse(status=204)


def _report(body: bytes) -> dict[str, Any] | None:
    try:
        sent = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    found = sent.get("csp-report") if isinstance(sent, dict) else None
    return found if isinstance(found, dict) else None
