from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import IntegrityError, OperationalError, connection

T = TypeVar("T")

ATTEMPTS = 3


def retrying(transaction: Callable[[], T]) -> T:
    """Runs a whole transaction again when it lost a race: a deadlock, a lock wait, a name taken meanwhile.

    Inside an outer transaction it runs once: that one is broken already and has to be repeated by its owner.
    """
    attempts = 1 if connection.in_atomic_block else ATTEMPTS
    for _ in range(attempts - 1):
        try:
            return transaction()
        except (IntegrityError, OperationalError):
            continue
    return transaction()


SNAPSHOT = {
    "sqlite": ("BEGIN DEFERRED",),
    "mysql": (
        "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ",
        "START TRANSACTION READ ONLY, WITH CONSISTENT SNAPSHOT",
    ),
}


@contextmanager
def snapshot() -> Iterator[None]:
    """Reads inside see one state of the database and hold no writer up. Inside a transaction it is that one's state."""
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        for statement in SNAPSHOT[connection.vendor]:
            cursor.execute(statement)
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
