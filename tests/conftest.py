from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import AppConfig
from django.contrib.auth.models import Group
from django.db.models.signals import post_migrate

from tests.factories import user_make
from tests.feeds import Feeds, serving
from toolhub.accounts import groups
from toolhub.accounts.models import User
from toolhub.core.models import ChangeCounter


def restore_base_data(sender: AppConfig, **kwargs: object) -> None:
    """Tests with real transactions empty all tables afterwards; what the migrations put there has to come back."""
    if sender.label == "accounts":
        for name in groups.ALL:
            Group.objects.get_or_create(name=name)
        ChangeCounter.objects.get_or_create(pk=1)


post_migrate.connect(restore_base_data)


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
