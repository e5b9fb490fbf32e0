"""Who is asking, by token. What a token may do is decided here by its scopes; what its person may do, in the services.

A bearer token that has run out reads what everybody may read, as the API's clients expect; everything else that is
wrong with a token is refused.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from oauth2_provider.models import AccessToken
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from toolhub.accounts.models import ApiToken, User
from toolhub.accounts.selectors import access_token_find, api_token_find
from toolhub.accounts.services.tokens import api_token_touch
from toolhub.core.clock import now
from toolhub.core.rest.authentication import CHALLENGE


class BearerAuthentication(BaseAuthentication):
    """An OAuth 2 access token: somebody else's program acts for a person."""

    def authenticate(self, request: Request) -> tuple[User, AccessToken] | None:
        presented = _presented(request, "bearer")
        if presented is None:
            return None
        token = access_token_find(presented)
        address = request.build_absolute_uri(request.path)
        if token is None or token.user is None or not token.allows_audience(address):
            raise AuthenticationFailed("The access token is not known here, or was revoked.")
        if token.is_expired():
            if request.method in SAFE_METHODS:
                return None
            raise AuthenticationFailed("The access token has run out. Ask for a new one.")
        user: User = token.user
        user.is_delegated = True
        return _allowed(request, user, token.scope.split()), token

    def authenticate_header(self, request: Request) -> str:
        return CHALLENGE


class TokenAuthentication(BaseAuthentication):
    """A person's own API token."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        presented = _presented(request, "token")
        if presented is None:
            return None
        token = api_token_find(presented)
        if token is None:
            raise AuthenticationFailed("The token is not known here, or was deleted.")
        if token.expires_at is not None and token.expires_at <= now():
            raise AuthenticationFailed("The token has run out. Make a new one.")
        user = _allowed(request, token.user, token.scopes.split())
        api_token_touch(token=token)
        return user, token

    def authenticate_header(self, request: Request) -> str:
        return CHALLENGE


def _presented(request: Request, keyword: str) -> str | None:
    """The token behind this keyword of the Authorization header. Raises AuthenticationFailed when it is no one word."""
    parts = get_authorization_header(request).split()
    if not parts or parts[0].lower() != keyword.encode():
        return None
    if len(parts) != 2 or not parts[1].isascii():
        raise AuthenticationFailed("Write one token of plain letters after the keyword.")
    return parts[1].decode()


def _allowed(request: Request, user: User, scopes: Collection[str]) -> User:
    """Raises AuthenticationFailed for a closed account, PermissionDenied when no scope allows the method."""
    if not user.is_active:
        raise AuthenticationFailed("This account is closed.")
    is_read = request.method in SAFE_METHODS
    if {"write", "read" if is_read else "write"}.isdisjoint(scopes):
        scope = "read" if is_read else "write"
        error = PermissionDenied(f"The token has no scope {scope}.")
        error.auth_header = f'{CHALLENGE}, error="insufficient_scope", scope="{scope}"'  # type: ignore[attr-defined]
        raise error
    return user


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "toolhub.accounts.api.authentication.BearerAuthentication"
    name = "oauth2"

    def get_security_requirement(self, auto_schema: Any) -> dict[str, list[str]]:
        return {self.name: ["read" if auto_schema.method in SAFE_METHODS else "write"]}

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        flow = {
            "authorizationUrl": "/o/authorize/",
            "tokenUrl": "/o/token/",
            "refreshUrl": "/o/token/",
            "scopes": {
                name: str(says) for name, says in settings.OAUTH2_PROVIDER["SCOPES"].items()
            },
        }
        return {"type": "oauth2", "flows": {"authorizationCode": flow}}


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "toolhub.accounts.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token` and the 40 characters of an API token.",
        }
