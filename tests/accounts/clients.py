"""Programs that speak to the API: with a token, with a session, with neither."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

import orjson
from django.contrib.auth.models import Group
from django.http import HttpResponse
from django.test import Client
from oauth2_provider.models import AccessToken, RefreshToken, set_token_value

from tests.factories import user_make
from toolhub.accounts.models import User
from toolhub.accounts.services.applications import NewApplication, application_create
from toolhub.accounts.services.tokens import api_token_create
from toolhub.core.clock import now

REDIRECT = "https://app.example.org/back"


def client(user: User | None = None, authorization: str = "") -> Client:
    headers = {"accept": "application/json"}
    if authorization:
        headers["authorization"] = authorization
    made = Client(headers=headers, raise_request_exception=False)
    if user is not None:
        made.force_login(user)
    return made


def sent(made: Client, method: str, path: str, body: Any = None) -> HttpResponse:
    if method == "get":
        return made.get(path)  # type: ignore[return-value]
    data = orjson.dumps({} if body is None else body).decode()
    response: HttpResponse = getattr(made, method)(path, data, content_type="application/json")
    return response


def read(response: Any) -> Any:
    return orjson.loads(response.content)


def member(username: str, *groups: str) -> User:
    user = user_make(username)
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def application_make(owner: User, name: str = "An app") -> NewApplication:
    return application_create(actor=owner, name=name, redirect_url=REDIRECT)


def access_make(
    user: User, application: NewApplication, scope: str = "read write", seconds: int = 3600
) -> tuple[str, AccessToken]:
    """An access token in the clear, with its refresh token, as the token endpoint would have made it."""
    text = secrets.token_hex(15)
    token = AccessToken(
        user=user,
        application=application.application,
        scope=scope,
        expires=now() + timedelta(seconds=seconds),
    )
    set_token_value(token, text)
    token.save()
    refresh = RefreshToken(user=user, application=application.application, access_token=token)
    set_token_value(refresh, f"refresh-{text}")
    refresh.save()
    return text, token


def bearer(user: User, scope: str = "read write", seconds: int = 3600) -> Client:
    text, _ = access_make(user, application_make(user), scope, seconds)
    return client(authorization=f"Bearer {text}")


def by_token(user: User) -> Client:
    return client(authorization=f"Token {api_token_create(actor=user).token}")
