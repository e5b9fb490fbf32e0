from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import authentication
from rest_framework.request import Request

CHALLENGE = 'Bearer realm="api"'
"""What every 401 of the API says in WWW-Authenticate."""


class SessionAuthentication(authentication.SessionAuthentication):
    """The browser's session with CSRF. A missing login is 401 with the challenge the API's clients know, not 403."""

    def authenticate_header(self, request: Request) -> str:
        return CHALLENGE


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Says in the OpenAPI document how the session is presented."""

    target_class = "toolhub.core.rest.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}
