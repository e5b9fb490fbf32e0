"""Translates every error of an API request into the envelope its clients read.

{"code": 4004, "message": "…", "status_code": 404, "errors": [{"field": "detail", "message": "…"}]}; for broken
fields code is 1000 and each entry has a numeric code of its own. Codes: contract/api-contract.json, `error_codes`.
"""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from toolhub.core.errors import FieldError, InvalidInput, ToolhubError

logger = logging.getLogger(__name__)

VALIDATION_FAILED = 1000
BY_STATUS = {
    400: 4001, 401: 4003, 403: 4005, 404: 4004, 405: 4006, 406: 4007, 409: 4090, 415: 4008, 429: 4009,
}  # fmt: skip
BY_CLASS: dict[type[Exception], int] = {exceptions.AuthenticationFailed: 4002}
FIELD_CODES = {
    "required": 2002, "null": 2022, "invalid": 2012, "blank": 2031, "max_length": 2041, "min_length": 2051,
    "max_value": 2061, "min_value": 2071, "invalid_choice": 2081, "not_a_list": 2122, "not_a_dict": 2131,
    "unique": 3001,
}  # fmt: skip


def envelope(status: int, message: str, *, code: int | None = None) -> dict[str, Any]:
    return {
        "code": code or BY_STATUS.get(status, 4000),
        "message": message,
        "status_code": status,
        "errors": [{"field": "detail", "message": message}],
    }


def validation_envelope(errors: list[FieldError], message: str) -> dict[str, Any]:
    return {
        "code": VALIDATION_FAILED,
        "message": message,
        "status_code": 400,
        "errors": [
            {"field": error.field, "message": error.message, "code": error.code} for error in errors
        ],
    }


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's hook. None lets an unforeseen error pass to `server_error`."""
    set_rollback()
    if isinstance(error, InvalidInput):
        return Response(validation_envelope(list(error.errors), error.message), status=400)
    if isinstance(error, exceptions.ValidationError):
        fields = field_errors(error.get_full_details())
        return Response(validation_envelope(fields, InvalidInput().message), status=400)
    if isinstance(error, ToolhubError):
        return Response(envelope(error.status, error.message), status=error.status)
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    if isinstance(error, DjangoPermissionDenied):
        error = exceptions.PermissionDenied()
    if isinstance(error, exceptions.APIException):
        return _api_exception(error)
    return None


def _api_exception(error: exceptions.APIException) -> Response:
    headers = {}
    if header := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = header
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait))
    body = envelope(error.status_code, str(error.detail), code=BY_CLASS.get(type(error)))
    return Response(body, status=error.status_code, headers=headers)


def field_errors(details: Any, field: str = "") -> list[FieldError]:
    """Flattens DRF's nested details into one entry a rule, nested fields joined by dots."""
    if isinstance(details, list):
        return [found for item in details for found in field_errors(item, field)]
    if set(details) == {"message", "code"}:
        code = FIELD_CODES.get(str(details["code"]), 2012)
        return [FieldError(field or "non_field_errors", str(details["message"]), code)]
    return [
        found
        for name, item in details.items()
        for found in field_errors(item, f"{field}.{name}" if field else str(name))
    ]


def not_found(request: HttpRequest, exception: Exception | None = None) -> JsonResponse:
    return JsonResponse(envelope(404, f"There is nothing at {request.path}."), status=404)


def server_error(request: HttpRequest) -> JsonResponse:
    return JsonResponse(
        envelope(500, "Something failed on our side. It has been logged."), status=500
    )
