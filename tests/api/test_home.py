from __future__ import annotations

import orjson
import pytest
from django.test import Client

from crawler.models import Run
from tests.factories import tool_make
from toolhub.accounts.models import User
from toolhub.core.clock import now

pytestmark = pytest.mark.django_db


def test_it_answers_before_the_first_crawl(client: Client) -> None:
    shown = orjson.loads(client.get("/api/ui/home/").content)
    assert shown == {"total_tools": 0, "last_crawl_time": None, "last_crawl_changed": 0}


def test_it_counts_tools_and_what_the_last_ended_crawl_changed(client: Client, alice: User) -> None:
    tool_make("one", actor=alice)
    ended = now()
    Run.objects.create(ended_at=ended, new_tools=2, updated_tools=3)
    Run.objects.create(new_tools=50)
    shown = orjson.loads(client.get("/api/ui/home/").content)
    assert shown["total_tools"] == 1
    assert shown["last_crawl_changed"] == 5
    assert shown["last_crawl_time"] == ended.isoformat().replace("+00:00", "Z")
