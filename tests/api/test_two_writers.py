"""Two people who edit the same tool a thousand times between them, and a reader of the change sequence meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import orjson
import pytest
from django.db import connection

from tests.api.world import client_for
from tests.factories import user_make
from toolhub.accounts.models import User
from toolhub.audit.models import LogEntry
from toolhub.catalog.models import Revision, ToolDocument
from toolhub.catalog.services.revisions import snapshot_digest
from toolhub.catalog.services.tools import tool_create
from toolhub.core.models import Change

ROUNDS = 500
WRITERS = 2
FIELDS = {"title": "0", "description": "D.", "url": "https://t.example.org/"}


def count_up(user: User) -> int:
    """Adds one to the number in the title, as often as ROUNDS; how often somebody else was quicker."""
    api = client_for(user)
    done = refused = 0
    while done < ROUNDS:
        read = api.get("/api/tools/counter/")
        title = str(int(orjson.loads(read.content)["title"]) + 1)
        response = api.patch(
            "/api/tools/counter/",
            orjson.dumps({"title": title}),
            content_type="application/json",
            headers={"if-match": read.headers["ETag"]},
        )
        assert response.status_code in {200, 412}, response.content
        done += response.status_code == 200
        refused += response.status_code == 412
    return refused


def follow(done: threading.Event, seen: list[int]) -> None:
    is_last_look = False
    while not is_last_look:
        is_last_look = done.is_set()
        new = Change.objects.filter(seq__gt=seen[-1] if seen else 0)
        seen.extend(new.values_list("seq", flat=True))


def closing(work: Callable[..., object], *args: object) -> object:
    try:
        return work(*args)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_it_loses_no_edit_and_shows_changes_in_order(settings: object) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time; the proof needs MariaDB (make test)")
    settings.RATE_LIMIT_READS = settings.RATE_LIMIT_WRITES = 10**9  # type: ignore[attr-defined]
    owner = user_make("Alice")
    tool_create(actor=owner, fields={"name": "counter", **FIELDS})
    started = Change.objects.count()
    done, seen = threading.Event(), list[int]()
    with ThreadPoolExecutor(WRITERS + 1) as pool:
        reading = pool.submit(closing, follow, done, seen)
        for future in [pool.submit(closing, count_up, owner) for _ in range(WRITERS)]:
            future.result()
        done.set()
        reading.result()
    edits = ROUNDS * WRITERS
    assert orjson.loads(ToolDocument.objects.get(name="counter").body)["title"] == str(edits)
    assert seen == list(range(1, started + edits + 1))
    revisions = list(Revision.objects.filter(tool__name="counter").order_by("number"))
    assert [revision.number for revision in revisions] == list(range(1, edits + 2))
    assert LogEntry.objects.filter(target_type="tool").count() == edits + 1
    digest = ""
    for revision in revisions:
        digest = snapshot_digest(digest, revision.snapshot)
        assert revision.digest == digest
