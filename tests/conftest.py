from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.factories import user_make
from tests.feeds import Feeds, serving
from toolhub.accounts.models import User


@pytest.fixture
def alice(db: None) -> User:
    """The owner of things."""
    return user_make("Alice")


@pytest.fixture
def bob(db: None) -> User:
    """Another maintainer."""
    return user_make("Bob")


@pytest.fixture
def charlie(db: None) -> User:
    """A stranger."""
    return user_make("Charlie")


@pytest.fixture
def feeds() -> Iterator[Feeds]:
    """A loopback server of toolinfo files that the crawler may reach."""
    with serving() as served:
        yield served
