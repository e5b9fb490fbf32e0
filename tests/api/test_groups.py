from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group

from tests.accounts.clients import by_token, client, member, read, sent
from toolhub.accounts import groups
from toolhub.accounts.models import User
from toolhub.audit.models import LogEntry
from toolhub.core.changes import newest_seq

pytestmark = pytest.mark.django_db

METHODS = ("put", "patch", "delete")


@pytest.fixture
def patrollers(db: None) -> Group:
    return Group.objects.get(name=groups.PATROLLERS)


def path(group: Group, user: User) -> str:
    return f"/api/groups/{group.pk}/members/{user.pk}/"


def entries() -> list[LogEntry]:
    return list(LogEntry.objects.filter(target_type="group"))


def test_it_lists_the_groups(db: None) -> None:
    page = read(client().get("/api/groups/"))
    assert [group["name"] for group in page["results"]] == list(groups.ALL)
    assert set(page["results"][0]) == {"id", "name"}
    turned = read(client().get("/api/groups/?ordering=-name&page_size=1"))
    assert turned["results"][0]["name"] == groups.PATROLLERS
    assert (turned["count"], turned["previous"]) == (4, None)
    assert "page=2" in turned["next"]


def test_it_reads_a_group_with_members_in_order(patrollers: Group) -> None:
    people = [member(name, groups.PATROLLERS) for name in ("Zoe", "Bob", "Max")]
    found = read(client().get(f"/api/groups/{patrollers.pk}/"))
    assert found["users"] == [{"id": one.pk, "username": one.username} for one in people]


@pytest.mark.parametrize("key", ["99", "x", "0", "9" * 30, "-1", "%00"])
def test_it_does_not_know_other_groups(db: None, key: str) -> None:
    response = client().get(f"/api/groups/{key}/")
    assert (response.status_code, read(response)["code"]) == (404, 4004)


@pytest.mark.parametrize("role", [groups.ADMINISTRATORS, groups.BUREAUCRATS])
@pytest.mark.parametrize("made", [client, by_token])
def test_it_adds_and_removes_a_member(patrollers: Group, alice: User, role: str, made: Any) -> None:
    boss = made(member("Boss", role))
    before = newest_seq()
    added = sent(boss, "put", path(patrollers, alice))
    assert added.status_code == 200
    assert read(added)["users"] == [{"id": alice.pk, "username": "Alice"}]
    removed = sent(boss, "delete", path(patrollers, alice))
    assert removed.status_code == 200
    assert read(removed) == {"id": patrollers.pk, "name": groups.PATROLLERS, "users": []}
    assert newest_seq() == before + 2
    newest, oldest = entries()
    assert [newest.get_action_display(), oldest.get_action_display()] == [
        "removed from",
        "added to",
    ]
    assert newest.user is not None
    assert newest.user.username == "Boss"
    assert (newest.target_id, newest.target_label) == (str(patrollers.pk), groups.PATROLLERS)
    assert newest.params == {"user": {"id": alice.pk, "username": "Alice"}}


@pytest.mark.parametrize("methods", [("put", "put"), ("put", "patch"), ("patch", "put")])
def test_it_adds_a_member_once(patrollers: Group, alice: User, methods: tuple[str, str]) -> None:
    boss = client(member("Boss", groups.ADMINISTRATORS))
    seen = [sent(boss, method, path(patrollers, alice)) for method in methods]
    assert {one.status_code for one in seen} == {200}
    assert read(seen[0]) == read(seen[1])
    assert len(entries()) == 1


def test_it_removes_nobody_without_a_trace(patrollers: Group, alice: User) -> None:
    boss = client(member("Boss", groups.ADMINISTRATORS))
    before = newest_seq()
    assert sent(boss, "delete", path(patrollers, alice)).status_code == 200
    assert (entries(), newest_seq()) == ([], before)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("role", [None, groups.OVERSIGHTERS, groups.PATROLLERS])
def test_it_refuses_who_may_not_change_members(
    patrollers: Group, alice: User, method: str, role: str | None
) -> None:
    stranger = client(member("Charlie", *([role] if role else [])))
    for address in (path(patrollers, alice), "/api/groups/99/members/99/"):
        assert sent(stranger, method, address).status_code == 403
        assert sent(client(), method, address).status_code == 401
    assert entries() == []


@pytest.mark.parametrize("method", METHODS)
def test_it_does_not_find_other_groups_and_people(
    patrollers: Group, alice: User, method: str
) -> None:
    boss = client(member("Boss", groups.ADMINISTRATORS))
    assert sent(boss, method, f"/api/groups/99/members/{alice.pk}/").status_code == 404
    assert sent(boss, method, f"/api/groups/{patrollers.pk}/members/99999/").status_code == 404
    assert sent(boss, method, f"/api/groups/{patrollers.pk}/members/x/").status_code == 404


@pytest.mark.parametrize("size", [0, 30])
def test_it_needs_few_queries_for_a_group(
    patrollers: Group, size: int, django_assert_num_queries: Any
) -> None:
    for number in range(size):
        member(f"P{number}", groups.PATROLLERS)
    # The newest sequence number for the tag, the group, its members.
    with django_assert_num_queries(1 + 2):
        client().get(f"/api/groups/{patrollers.pk}/")
