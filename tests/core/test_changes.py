from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from toolhub.core.changes import change_append, newest_seq, recording
from toolhub.core.models import Change

PUT = Change.Action.PUT
GONE = Change.Action.GONE


def write(key: str, action: Change.Action = PUT) -> None:
    with recording():
        change_append(kind="tool", key=key, action=action)


@pytest.mark.django_db
def test_it_numbers_from_one_without_gaps() -> None:
    for key in ("a", "b", "c"):
        write(key)
    assert list(Change.objects.values_list("seq", "key")) == [(1, "a"), (2, "b"), (3, "c")]
    assert newest_seq() == 3


@pytest.mark.django_db
def test_it_makes_one_step_of_two_changes_of_one_thing() -> None:
    with recording():
        change_append(kind="tool", key="a", action=PUT)
        with recording():
            change_append(kind="tool", key="a", action=GONE)
    assert list(Change.objects.values_list("action", flat=True)) == ["gone"]


@pytest.mark.django_db
def test_it_forgets_the_changes_of_a_write_that_was_rolled_back() -> None:
    def fail() -> None:
        with recording():
            change_append(kind="tool", key="a", action=GONE)
            change_append(kind="tool", key="b", action=PUT)
            raise LookupError

    with recording():
        change_append(kind="tool", key="a", action=PUT)
        with pytest.raises(LookupError):
            fail()
    assert list(Change.objects.values_list("key", "action")) == [("a", "put")]


@pytest.mark.django_db
def test_it_refuses_a_change_without_its_write() -> None:
    with pytest.raises(RuntimeError):
        change_append(kind="tool", key="a", action=PUT)


WRITERS, ROUNDS = 6, 40


def writer(number: int) -> None:
    for round_ in range(ROUNDS):
        with recording():
            change_append(kind="tool", key=f"{number}-{round_}", action=PUT)
            time.sleep(0.001 * ((number + round_) % 3))


def reader(done: threading.Event, seen: list[int]) -> None:
    """Reads on from the newest number it has seen, as the search index and the feed do."""
    is_last_look = False
    while not is_last_look:
        is_last_look = done.is_set()
        new = Change.objects.filter(seq__gt=seen[-1] if seen else 0)
        seen.extend(new.values_list("seq", flat=True))


@pytest.mark.django_db(transaction=True)
def test_it_shows_a_concurrent_reader_every_number_in_order() -> None:
    """Writers that end in another order than they began: a reader who saw n has seen n - 1."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time; the proof needs MariaDB (make test)")
    done, seen = threading.Event(), list[int]()
    with ThreadPoolExecutor(WRITERS + 1) as pool:
        reading = pool.submit(closing, reader, done, seen)
        writing = [pool.submit(closing, writer, number) for number in range(WRITERS)]
        for future in writing:
            future.result()
        done.set()
        reading.result()
    assert seen == list(range(1, WRITERS * ROUNDS + 1))


def closing(work: Callable[..., None], *args: object) -> None:
    try:
        work(*args)
    finally:
        connection.close()
