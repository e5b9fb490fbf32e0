"""How many queries each operation makes, pinned. `UPDATE_QUERY_COUNTS=1` writes the baseline anew, on purpose."""

from __future__ import annotations

import json
import os
from pathlib import Path

import orjson
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.api.scenarios import SCENARIOS, Scenario, World
from tests.api.world import client_for
from toolhub.accounts.models import User

pytestmark = pytest.mark.django_db

BASELINE = Path(__file__).with_name("query_counts.json")
PAGED = [one for one in SCENARIOS if one.method == "GET" and "{" not in one.path]


def queries(scenario: Scenario, world: World, user: User | None, more: str = "") -> int:
    api = client_for(user)
    address = scenario.address(world)
    address += f"{'&' if '?' in address else '?'}{more}" if more else ""
    body = b"" if scenario.body is None else orjson.dumps(scenario.body)
    with transaction.atomic():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            response = api.generic(scenario.method, address, body, content_type=scenario.form)
        transaction.set_rollback(True)
    assert response.status_code == scenario.ok, response.content[:300]
    savepoints = sum("SAVEPOINT" in query["sql"] for query in captured.captured_queries)
    return len(captured) - savepoints


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.name)
def test_it_makes_no_more_queries_than_before(
    users: dict[str, User], world: World, scenario: Scenario
) -> None:
    user = users["owner"] if "owner" in scenario.allowed else users["admin"]
    if not scenario.allowed:
        pytest.skip("nobody may do this")
    queries(scenario, world, user)  # what is cached in the process is cached now
    count = queries(scenario, world, user)
    baseline = json.loads(BASELINE.read_text()) if BASELINE.exists() else {}
    if os.environ.get("UPDATE_QUERY_COUNTS"):
        baseline[scenario.name] = count
        BASELINE.write_text(json.dumps(baseline, indent=2, sort_keys=True) + "\n")
    assert count <= baseline[scenario.name]


@pytest.mark.parametrize("scenario", PAGED, ids=lambda one: one.name)
def test_it_makes_as_many_queries_for_a_large_page(
    users: dict[str, User], world: World, scenario: Scenario
) -> None:
    user = users["owner"]
    queries(scenario, world, user)
    assert queries(scenario, world, user, "page_size=1000") <= queries(
        scenario, world, user, "page_size=1"
    )
