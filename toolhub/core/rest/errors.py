"""Translates every error of an API request into the envelope its clients read.

{"code": 4004, "message": "…", "status_code": 404, "errors": [{"field": "detail", "message": "…"}]}; for broken
fields code is 1000 and each entry has a numeric code of its own. Codes: contract/api-contract.json, `error_codes`.
"""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.views import set_rollback

from toolhub.core.errors import FieldError, InvalidInput, ToolhubError
from toolhub.core.rest.authentication import CHALLENGE

logger = logging.getLogger(__name__)

VALIDATION_FAILED = 1000
BY_STATUS = {
    400: 4001, 401: 4003, 403: 4005, 404: 4004, 405: 4006, 406: 4007, 409: 4090, 412: 4120, 413: 4130, 415: 4008,
    429: 4009,
}  # fmt: skip
BY_CLASS: dict[type[Exception], int] = {exceptions.AuthenticationFailed: 4002}
BY_CODE = {"current_revision": 4091, "suppressed_revision": 4092, "patrolled_revision": 4093}
"""The numbers of errors of ours that clients tell apart although the status is the same."""

NOT_AN_OBJECT = 1001
FIELD_CODES = {
    "blank": 2031, "max_length": 2041, "min_length": 2051, "max_value": 2061, "min_value": 2071, "invalid_choice": 2081,
    "not_a_list": 2122, "not_a_dict": 2131, "unique": 3001,
}  # fmt: skip
KINDS: tuple[tuple[tuple[type[Any], ...], int], ...] = (
    ((serializers.BooleanField,), 1),
    ((serializers.IntegerField, serializers.FloatField, serializers.DecimalField), 3),
    ((serializers.ChoiceField,), 4),
    ((serializers.FileField,), 5),
    ((serializers.ListField, serializers.ListSerializer, serializers.JSONField, serializers.DictField), 6),
    ((serializers.RelatedField, serializers.ManyRelatedField), 7),
    ((serializers.BaseSerializer,), 8),
)  # fmt: skip
"""The last digit of the codes 200x (required) and 202x (null). Texts and all that is written like one have 2."""

INVALID: tuple[tuple[tuple[type[Any], ...], int], ...] = (
    ((serializers.BooleanField,), 2011),
    ((serializers.IntegerField, serializers.FloatField, serializers.DecimalField), 2013),
    ((serializers.DateField, serializers.DateTimeField, serializers.TimeField), 2015),
    ((serializers.JSONField,), 2141),
    ((serializers.RegexField,), 3006),
)
"""The code of a value that is none of its field's type, where it is not 2012."""


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
    if isinstance(error, InvalidInput) and error.errors:
        return Response(validation_envelope(list(error.errors), error.message), status=400)
    if isinstance(error, exceptions.ValidationError):
        fields = field_errors(error.get_full_details())
        return Response(validation_envelope(fields, InvalidInput().message), status=400)
    if isinstance(error, ToolhubError):
        body = envelope(error.status, error.message, code=BY_CODE.get(error.code))
        headers = {"WWW-Authenticate": CHALLENGE} if error.status == 401 else None
        return Response({**body, **error.details}, status=error.status, headers=headers)
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


def field_errors(details: Any, at: Any = None, name: str = "") -> list[FieldError]:
    """Flattens DRF's nested details into one entry a rule, nested fields joined by dots.

    `at` is the serializer that found them, or the field of it called `name`: codes depend on its type.
    """
    if isinstance(details, list):
        return [found for item in details for found in field_errors(item, at, name)]
    if set(details) == {"message", "code"}:
        known = name or "non_field_errors"
        return [FieldError(known, str(details["message"]), _code(details["code"], at, known))]
    return [
        found
        for key, item in details.items()
        for found in field_errors(item, _inside(at, key), f"{name}.{key}" if name else str(key))
    ]


def _inside(at: Any, key: object) -> Any:
    """The field of a serializer, or what stands in a list."""
    if isinstance(at, serializers.Serializer):
        return at.fields.get(str(key))
    return getattr(at, "child", None)


def _code(code: str, field: Any, name: str) -> int:
    if name == "non_field_errors" and code == "invalid":
        return NOT_AN_OBJECT
    if code in {"required", "null"}:
        base = 2000 if code == "required" else 2020
        return base + next((digit for types, digit in KINDS if isinstance(field, types)), 2)
    invalid = next((number for types, number in INVALID if isinstance(field, types)), 2012)
    return FIELD_CODES.get(code, invalid)


def not_found(request: HttpRequest, exception: Exception | None = None) -> JsonResponse:
    return JsonResponse(envelope(404, f"There is nothing at {request.path}."), status=404)


def server_error(request: HttpRequest) -> JsonResponse:
    return JsonResponse(
        envelope(500, "Something failed on our side. It has been logged."), status=500
    )
