"""The one error tree. Services raise these; only `core.rest.errors` (API) and `core.web` (pages) translate them.

ToolhubError
├── InvalidInput         400  what was sent breaks a rule; names field, value and next step
├── Unauthenticated      401  nobody is logged in
├── PermissionDenied     403  this person may not
├── NotFound             404
├── Conflict             409  somebody else changed or holds it
├── EditConflict         412  the version that was edited is not the newest one (catalog.services.conflicts)
└── Unavailable          503  a part we need does not answer; trying again later helps
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class FieldError:
    """One broken rule of one field. `code` is the contract's numeric code."""

    field: str
    message: str
    code: int


class ToolhubError(Exception):
    status = 500
    code = "error"
    details: Mapping[str, Any] = {}
    """What a client may need beside the message; it comes with it."""

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code


class InvalidInput(ToolhubError):
    status = 400
    code = "invalid_input"

    def __init__(self, *errors: FieldError, message: str = "Request failed validation.") -> None:
        super().__init__(message)
        self.errors = errors


class Unauthenticated(ToolhubError):
    status = 401
    code = "unauthenticated"


class PermissionDenied(ToolhubError):
    status = 403
    code = "permission_denied"


class NotFound(ToolhubError):
    status = 404
    code = "not_found"


class Conflict(ToolhubError):
    status = 409
    code = "conflict"


class Unavailable(ToolhubError):
    status = 503
    code = "unavailable"
