"""Every operation for every role: what the server answers, and what the contract says it answers."""

from __future__ import annotations

import json

import orjson
import pytest
from django.db import transaction

from tests.api.scenarios import ROLES, SCENARIOS, Scenario, World
from tests.api.world import client_for
from tests.shared import SHARED, needs_shared
from toolhub.accounts.models import User
from toolhub.audit.models import LogEntry
from toolhub.catalog.models import Revision
from toolhub.core.models import Change

pytestmark = pytest.mark.django_db

KEPT_ON_PURPOSE = {
    "POST /api/lists/{list_pk}/revisions/{id}/revert/": "only those who may change the list",
    "POST /api/lists/{list_pk}/revisions/{id}/undo/{other_id}/": "only those who may change the list",
    "POST /api/tools/{tool_name}/revisions/{id}/revert/": "only those who may change the tool",
    "POST /api/tools/{tool_name}/revisions/{id}/undo/{other_id}/": "only those who may change the tool",
}
"""Where we disagree with the contract's roles; the reasons in full are in docs/decisions.md."""


def counts() -> tuple[int, int, int]:
    return LogEntry.objects.count(), Revision.objects.count(), Change.objects.count()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.name)
def test_it_answers_each_role_as_promised(
    users: dict[str, User], world: World, scenario: Scenario, role: str
) -> None:
    api = client_for(users.get(role))
    body = b"" if scenario.body is None else orjson.dumps(scenario.body)
    before = counts()
    with transaction.atomic():
        response = api.generic(
            scenario.method, scenario.address(world), body, content_type=scenario.form
        )
        after = counts()
        transaction.set_rollback(True)
    assert response.status_code == scenario.expected(role), response.content[:500]
    if response.status_code >= 400:
        assert orjson.loads(response.content)["status_code"] == response.status_code
        assert after == before
    elif scenario.method != "GET":
        written = tuple(new - old for new, old in zip(after, before, strict=True))
        assert written == writes(scenario), (scenario.name, written)


def writes(scenario: Scenario) -> tuple[int, int, int]:
    """Audit rows, revisions and changes that one successful write leaves."""
    path = scenario.path
    if path.startswith("/api/oauth/applications/"):
        return 0, 0, 1  # public, and never audited
    if path.startswith(("/api/oauth/", "/api/user/")):
        return 0, 0, 0  # one's own: nobody else sees it
    if path.endswith(("/hide/", "/reveal/", "/patrol/", "/feature/", "/unfeature/")):
        return 1, 0, 1
    if path.startswith(("/api/tools/", "/api/lists/")):
        return 1, 1, 1
    return 1, 0, 1


@needs_shared
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.name)
def test_it_agrees_with_the_contract(scenario: Scenario) -> None:
    contract = json.loads((SHARED / "contract" / "api-contract.json").read_bytes())
    operations = {f"{one['method']} {one['path']}": one for one in contract["operations"]}
    operation = operations[scenario.name]
    observed = [one["status_by_role"] for one in operation.get("observed", [])]
    expected = {role: scenario.expected(role) for role in ROLES}
    if scenario.name in KEPT_ON_PURPOSE:
        assert expected not in observed, "the disagreement is gone: take it off the list"
        return
    everybody = {"*": expected["anonymous"]} if len(set(expected.values())) == 1 else None
    # The contract never saw one succeed: there was nothing hidden or featured for those who may reveal it.
    nothing_there = {role: 404 if role in scenario.allowed else expected[role] for role in ROLES}
    assert expected in observed or everybody in observed or nothing_there in observed, observed


@needs_shared
def test_it_knows_every_operation_of_the_contract() -> None:
    contract = json.loads((SHARED / "contract" / "api-contract.json").read_bytes())
    known = {scenario.name for scenario in SCENARIOS}
    missing = {f"{one['method']} {one['path']}" for one in contract["operations"]} - known
    assert missing <= {
        "GET /api/",  # the browsable root, HTML in the peer
        "PUT /api/user/favorites/{tool_name}/",  # undocumented, answered 400 to everybody
        "PATCH /api/user/favorites/{tool_name}/",  # undocumented, did nothing
    }
