from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.api.scenarios import World
from tests.api.world import build, people
from toolhub.accounts.models import User


@pytest.fixture(scope="module")
def users(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, User]]:
    """One person for each role that is logged in, for a whole module: its tests roll back what they write."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield people()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def world(users: dict[str, User]) -> World:
    return build(users["owner"], users["admin"], users["patroller"])
