"""Every error under /api/ is JSON, whoever made it: a view, Django before a view was found, or a middleware.

Clients that accept `application/problem+json` get the same error as a problem document (RFC 9457).
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from toolhub.core.rest.errors import envelope
from toolhub.core.rest.negotiation import PROBLEM, accepts_problem
from toolhub.core.web.requests import API, Handler

JSON = "application/json"
ENVELOPE_KEYS = ("code", "message", "status_code", "errors")


class ApiErrorMiddleware:
    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(API):
            return self.get_response(request)
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
        response: HttpResponseBase
        if _size_bytes(request) > most:
            message = f"The body is larger than {most:,} bytes. Send less at once."
            response = _write(HttpResponse(status=413), envelope(413, message), JSON)
        else:
            response = self.get_response(request)
        return _shaped(request, response) if response.status_code >= 400 else response


def problem_document(error: dict[str, Any]) -> dict[str, Any]:
    """The envelope's content in the members of RFC 9457; `code` and `errors` are our extensions."""
    return {
        "type": "about:blank",
        "title": HTTPStatus(error["status_code"]).phrase,
        "status": error["status_code"],
        "detail": error["message"],
        "code": error["code"],
        "errors": error["errors"],
        **{key: value for key, value in error.items() if key not in ENVELOPE_KEYS},
    }


def _size_bytes(request: HttpRequest) -> int:
    raw = request.headers.get("Content-Length", "")
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 19 else 0


def _shaped(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    error = _envelope_of(response)
    wants_problem = accepts_problem(request.headers.get("Accept", ""))
    if error is not None and not wants_problem:
        return response
    if error is None:
        error = envelope(response.status_code, HTTPStatus(response.status_code).phrase + ".")
    if wants_problem:
        _write(response, problem_document(error), PROBLEM)
    else:
        _write(response, error, JSON)
    patch_vary_headers(response, ("Accept",))
    return response


def _envelope_of(response: HttpResponseBase) -> dict[str, Any] | None:
    if response.streaming or response.headers.get("Content-Type", "").partition(";")[0] != JSON:
        return None
    found = orjson.loads(response.content or b"null")  # type: ignore[attr-defined]
    is_envelope = isinstance(found, dict) and found.keys() >= set(ENVELOPE_KEYS)
    return found if is_envelope else None


def _write(response: HttpResponseBase, body: dict[str, Any], content_type: str) -> HttpResponseBase:
    content = orjson.dumps(body)
    response.content = content  # type: ignore[attr-defined]
    response.headers["Content-Type"] = content_type
    response.headers["Content-Length"] = str(len(content))
    return response
