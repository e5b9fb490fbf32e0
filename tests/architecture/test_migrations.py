from __future__ import annotations

import re

import pytest
from django.core.management import call_command

from tests.architecture.project import PACKAGES, ROOT

MIGRATIONS = [
    path for package in PACKAGES for path in (ROOT / package).rglob("migrations/[0-9]*.py")
]


@pytest.mark.django_db
def test_it_has_a_migration_for_every_change_of_a_model() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_it_names_migrations_by_what_they_do() -> None:
    nameless = re.compile(r"\d{4}_(initial|auto_.*|alter_.*_and_more)\.py")

    assert [path.name for path in MIGRATIONS if nameless.fullmatch(path.name)] == []
