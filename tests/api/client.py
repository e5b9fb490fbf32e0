"""A client of the API in the tests: JSON in, status and JSON out."""

from __future__ import annotations

from typing import Any

import orjson
from django.contrib.auth.models import Group
from django.test import Client

from tests.factories import user_make
from toolhub.accounts.models import User


class Api:
    """Speaks as `user`, or as nobody."""

    def __init__(self, user: User | None = None) -> None:
        self.client = Client(headers={"accept": "application/json"}, raise_request_exception=False)
        if user:
            self.client.force_login(user)

    def __call__(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        data = b"" if body is None else orjson.dumps(body)
        response = self.client.generic(method, path, data, content_type="application/json")
        return response.status_code, orjson.loads(response.content or b"null")

    def get(self, path: str) -> Any:
        status, body = self("GET", path)
        assert status == 200, (status, body)
        return body


def member(group: str) -> User:
    """Somebody who is in this group and made nothing."""
    user = user_make(group)
    user.groups.add(Group.objects.get(name=group))
    return user


def codes(answer: tuple[int, Any]) -> list[tuple[str, int]]:
    """The fields and codes of a validation error."""
    status, body = answer
    assert (status, body["code"]) == (400, 1000), (status, body)
    return [(error["field"], error["code"]) for error in body["errors"]]


def code(answer: tuple[int, Any]) -> tuple[int, int]:
    """Status and code of any other error."""
    status, body = answer
    return status, body["code"]
