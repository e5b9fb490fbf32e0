from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.accounts.clients import member
from tests.factories import user_make
from tests.web.pages import HOSTILE, Page
from toolhub.accounts import groups
from toolhub.accounts.models import User
from toolhub.accounts.selectors import group_list

pytestmark = pytest.mark.django_db
MEMBERS = "/members"


def path(user: User, group: str, act: str) -> str:
    return f"{MEMBERS}/{user.pk}/groups/{group_list().get(name=group).pk}/{act}"


@pytest.fixture
def bureaucrat(client: Client) -> User:
    user = member("Bea", groups.BUREAUCRATS)
    client.force_login(user)
    return user


def test_it_lists_everybody_newest_first(client: Client) -> None:
    for name, year in (("Alice", 2020), ("Bob", 2024)):
        user_make(name)
        User.objects.filter(username=name).update(date_joined=datetime(year, 5, 4, tzinfo=UTC))
    member("Bob", groups.PATROLLERS)
    page = Page(client, MEMBERS)
    assert page.title == "Members – Toolhub"
    assert page.text.index("Bob") < page.text.index("Alice")
    assert "4 May 2024" in page.text
    assert "Patrollers" in page.text
    assert "https://meta.wikimedia.org/wiki/User:Alice" in page.links()
    assert "Change groups" not in page.text


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("ordering=username", ["Alice", "Bob", "Carol"]),
        ("ordering=date_joined", ["Bob", "Alice", "Carol"]),
        ("ordering=nonsense", ["Carol", "Alice", "Bob"]),
        ("username__contains=ol", ["Carol"]),
        ("username__contains=nobody", []),
    ],
)
def test_it_sorts_and_narrows_down(client: Client, query: str, names: list[str]) -> None:
    for name in ("Bob", "Alice", "Carol"):
        user_make(name)
    page = Page(client, f"{MEMBERS}?{query}")
    places = sorted((page.html.index(f"User:{name}"), name) for name in names)
    rows = [name for _, name in places]
    assert rows == names
    assert page.html.count("/wiki/User:") == len(names)
    assert ("Nobody matches all of this." in page.text) == (not names)


def test_it_narrows_down_to_a_group(client: Client) -> None:
    member("Pat", groups.PATROLLERS)
    user_make("Alice")
    group = group_list().get(name=groups.PATROLLERS)
    page = Page(client, f"{MEMBERS}?groups__id={group.pk}")
    assert "Pat" in page.text
    assert "Alice" not in page.text
    assert Page(client, f"{MEMBERS}?groups__id=999").response.status_code == 200


def test_it_adds_and_takes_back(client: Client, bureaucrat: User) -> None:
    alice = user_make("Alice")
    add, remove = (path(alice, groups.PATROLLERS, act) for act in ("add", "remove"))
    page = Page(client, MEMBERS)
    assert f'formaction="{add}"' in page.html
    assert "Add to Patrollers" in page.text
    answer = client.post(add, {"next": "/members?username__contains=Al"})
    assert answer["Location"] == "/members?username__contains=Al"
    page = Page(client, MEMBERS)
    assert "Alice is in the group Patrollers now." in page.text
    assert f'action="{remove}"' in page.html
    assert alice.groups.count() == 1
    # The undo of the message: nothing but the token.
    client.post(remove)
    assert alice.groups.count() == 0
    assert "Alice is no longer in the group Patrollers." in Page(client, MEMBERS).text


def test_it_asks_before_one_gives_up_rights(client: Client, bureaucrat: User) -> None:
    remove = path(bureaucrat, groups.BUREAUCRATS, "remove")
    page = Page(client, MEMBERS)
    assert remove in page.links()
    assert f'formaction="{remove}"' not in page.html
    page = Page(client, remove)
    assert "Remove Bea from Bureaucrats?" in page.text
    assert "This is you." in page.text
    assert bureaucrat.groups.count() == 1
    client.post(remove)
    assert bureaucrat.groups.count() == 0
    page = Page(client, MEMBERS)
    assert "Undo" not in page.text


@pytest.mark.parametrize(("name", "status"), [("", 401), ("Charlie", 403), ("Pat", 403)])
@pytest.mark.parametrize("act", ["add", "remove"])
def test_it_refuses_others(client: Client, name: str, status: int, act: str) -> None:
    member("Pat", groups.PATROLLERS)
    if name:
        client.force_login(user_make(name))
    alice = member("Alice", groups.PATROLLERS) if act == "remove" else user_make("Alice")
    before = alice.groups.count()
    assert client.post(path(alice, groups.PATROLLERS, act)).status_code == status
    assert alice.groups.count() == before


def test_it_knows_no_such_group(client: Client, bureaucrat: User) -> None:
    assert client.post(f"{MEMBERS}/{bureaucrat.pk}/groups/999/add").status_code == 404
    assert client.get(f"{MEMBERS}/999/groups/1/remove").status_code == 404


def test_it_prints_hostile_names_as_text(client: Client, bureaucrat: User) -> None:
    user_make(HOSTILE)
    page = Page(client, MEMBERS)
    assert HOSTILE in page.text
    assert not page.elements["script"]


def test_it_asks_the_database_little(
    client: Client, bureaucrat: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(8):
        member(f"Person {number}", groups.PATROLLERS)
    with django_assert_max_num_queries(8):
        Page(client, MEMBERS)
    client.logout()
    with django_assert_max_num_queries(4):
        Page(client, MEMBERS)
