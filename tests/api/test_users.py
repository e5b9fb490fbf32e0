from __future__ import annotations

from typing import Any

import pytest
from social_django.models import UserSocialAuth

from tests.accounts.clients import client, member, read
from tests.factories import user_make
from toolhub.accounts import groups
from toolhub.accounts.models import User

pytestmark = pytest.mark.django_db

PATH = "/api/users/"


@pytest.fixture
def people(db: None) -> list[User]:
    made = [user_make(f"Person {number:02}") for number in range(25)]
    for number, one in enumerate(made[:5]):
        member(one.username, groups.PATROLLERS, groups.OVERSIGHTERS)
        extra = {"blocked": number == 0, "registered": "20050102030405", "access_token": "hidden"}
        UserSocialAuth.objects.create(
            user=one, provider="wikimedia", uid=str(1000 + number), extra_data=extra
        )
    return made


def names(query: str) -> list[str]:
    response = client().get(f"{PATH}?{query}&page_size=100")
    assert response.status_code == 200, response.content
    return [row["username"] for row in read(response)["results"]]


def test_it_lists_people_newest_first(people: list[User]) -> None:
    page = read(client().get(PATH))
    assert page["count"] == 25
    assert [row["username"] for row in page["results"]] == [one.username for one in people[:-11:-1]]
    assert set(page["results"][0]) == {"id", "username", "groups", "date_joined", "social_auth"}


def test_it_reads_one_person(people: list[User]) -> None:
    found = read(client().get(f"{PATH}{people[0].pk}/"))
    assert [group["name"] for group in found["groups"]] == [groups.OVERSIGHTERS, groups.PATROLLERS]
    assert found["social_auth"] == [
        {"provider": "wikimedia", "uid": "1000", "blocked": True, "registered": 20050102030405}
    ]
    assert b"hidden" not in client().get(f"{PATH}{people[0].pk}/").content


def test_it_does_not_trust_what_the_login_brought(people: list[User]) -> None:
    UserSocialAuth.objects.filter(user=people[1]).update(extra_data={"registered": None})
    UserSocialAuth.objects.filter(user=people[2]).update(extra_data={"registered": "soon"})
    for one in people[1:3]:
        row = read(client().get(f"{PATH}{one.pk}/"))["social_auth"][0]
        assert (row["blocked"], row["registered"]) == (False, None)


@pytest.mark.parametrize("key", ["99999", "x", "9" * 30, "%00"])
def test_it_does_not_know_other_people(db: None, key: str) -> None:
    assert client().get(f"{PATH}{key}/").status_code == 404


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("username=Person 03", 1),
        ("username__contains=son 1", 10),
        ("username__startswith=Person 2", 5),
        ("username__endswith=4", 3),
        ("username=Nobody", 0),
        ("date_joined__date__gt=2000-01-01", 25),
        ("date_joined__date__gte=2000-01-01&date_joined__date__lt=2001-01-01", 0),
        ("date_joined__date__lte=2000-01-01", 0),
    ],
)
def test_it_filters_people(people: list[User], query: str, count: int) -> None:
    assert len(names(query)) == count


def test_it_filters_by_group_and_number(people: list[User]) -> None:
    group = people[0].groups.get(name=groups.PATROLLERS)
    assert len(names(f"groups__id={group.pk}")) == 5
    assert len(names(f"id__gt={people[19].pk}")) == 5
    assert len(names(f"id__gte={people[19].pk}&id__lte={people[20].pk}")) == 2
    assert len(names(f"id__lt={people[0].pk}")) == 0


@pytest.mark.parametrize("field", ["id", "username", "date_joined"])
def test_it_orders_people(people: list[User], field: str) -> None:
    expected = [one.username for one in people]
    assert names(f"ordering={field}") == expected
    assert names(f"ordering=-{field}") == expected[::-1]
    assert names("ordering=password") == expected[::-1]


@pytest.mark.parametrize(
    "query",
    [
        "id__gt=x",
        "id__lt=-1",
        "groups__id=1.5",
        "date_joined__date__gt=yesterday",
        "date_joined__date__lt=2026-02-31",
        "username=%00",
        "username__contains=a%00b",
        f"id__gte={'9' * 40}",
    ],
)
def test_it_names_the_filter_it_cannot_read(db: None, query: str) -> None:
    response = client().get(f"{PATH}?{query}")
    assert (response.status_code, read(response)["code"]) == (400, 1000)
    assert read(response)["errors"][0]["field"] == query.partition("=")[0]


@pytest.mark.parametrize("page", ["0", "x", "9", "%00"])
def test_it_has_no_such_page(people: list[User], page: str) -> None:
    assert client().get(f"{PATH}?page={page}").status_code == 404


def test_it_pages_nobody(db: None) -> None:
    page = read(client().get(f"{PATH}?username=Nobody"))
    assert page == {"count": 0, "next": None, "previous": None, "results": []}


@pytest.mark.parametrize("size", [1, 10, 1000])
def test_it_needs_few_queries_whatever_the_page_size(
    people: list[User], size: int, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(3):
        client().get(f"{PATH}?page_size={size}")
