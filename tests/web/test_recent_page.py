from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.accounts.clients import member
from tests.factories import tool_make, user_make
from tests.web.pages import HOSTILE, Page
from toolhub.accounts import groups
from toolhub.audit.models import LogEntry
from toolhub.catalog.models import Revision
from toolhub.catalog.services.annotations import annotations_update
from toolhub.catalog.services.oversight import revision_hide
from toolhub.catalog.services.toollists import toollist_create

pytestmark = pytest.mark.django_db
RECENT = "/recent"


@pytest.fixture
def patroller(client: Client) -> Client:
    client.force_login(member("Pat", groups.PATROLLERS))
    return client


def edit(name: str = "a-tool", comment: str = "more tasks", task: str = "citing") -> None:
    annotations_update(actor=user_make("Bob"), name=name, fields={"tasks": [task]}, comment=comment)


def ids() -> list[int]:
    return list(Revision.objects.order_by("pk").values_list("pk", flat=True))


def list_make() -> None:
    toollist_create(
        actor=user_make("Carol"),
        fields={"title": "Handy", "tools": ["a-tool"], "published": True},
        comment="for the workshop",
    )


def test_it_says_when_nothing_was_changed(client: Client) -> None:
    page = Page(client, RECENT)
    assert page.title == "Recent changes – Toolhub"
    assert "Nothing was changed yet." in page.text
    assert "Every change is patrolled" in page.text


def test_it_shows_a_line_for_each_change(client: Client) -> None:
    tool_make()
    edit()
    list_make()
    page = Page(client, RECENT)
    assert "3 changes wait for patrol" in page.text
    assert "/tools/a-tool" in page.links()
    assert "more tasks" in page.text
    assert "for the workshop" in page.text
    assert page.html.count("change--waiting") == 3
    assert "https://meta.wikimedia.org/wiki/User:Bob" in page.links()
    assert len(page.elements["h1"]) == 1
    # Who may not patrol gets no boxes and no buttons for it.
    assert 'name="revision"' not in page.html
    assert 'name="only"' not in page.html


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("target_type=tool", ["made for a test", "more tasks"]),
        ("target_type=toollist", ["for the workshop"]),
        ("kind=new", ["made for a test", "for the workshop"]),
        ("kind=edited", ["more tasks"]),
        ("user=Bob", ["more tasks"]),
        ("unpatrolled=on", ["made for a test", "for the workshop"]),
        ("patrolled=false", ["made for a test", "for the workshop"]),
        ("date_created_before=2001-01-01", []),
        ("date_created_after=2001-01-01T00:00:00Z", ["made for a test", "more tasks"]),
    ],
)
def test_it_narrows_down(client: Client, query: str, shown: list[str]) -> None:
    tool_make()
    edit()
    list_make()
    Revision.objects.filter(comment="more tasks").update(patrolled=True)
    page = Page(client, f"{RECENT}?{query}")
    for comment in ("made for a test", "more tasks", "for the workshop"):
        assert (comment in page.text) == (comment in shown) or "after" in query
    if not shown:
        assert "No change matches all of this." in page.text
        assert RECENT in page.links()


def test_it_keeps_what_it_cannot_understand(client: Client) -> None:
    page = Page(client, f"{RECENT}?date_created_after=soon&user=Bob&kind=odd")
    assert 'value="soon"' in page.html
    assert 'value="Bob"' in page.html
    assert "Enter a valid date." in page.text


def test_it_patrols_one_in_place(patroller: Client) -> None:
    tool_make()
    edit()
    first, second = ids()
    assert f'name="only" value="{second}"' in Page(patroller, RECENT).html
    answer = patroller.post(f"{RECENT}/patrol", {"only": second, "next": "/recent?kind=edited"})
    assert answer.status_code == 302
    assert answer["Location"] == f"/recent?kind=edited#change-{second}"
    assert list(Revision.objects.filter(patrolled=True).values_list("pk", flat=True)) == [second]
    page = Page(patroller, RECENT)
    assert "1 change is patrolled." in page.text
    assert f'value="{first}"' in page.html
    assert f'value="{second}"' not in page.html


def test_it_patrols_all_that_are_ticked(patroller: Client) -> None:
    tool_make()
    edit()
    edit(task="editing")
    patroller.post(f"{RECENT}/patrol", {"only": ids()[0]})
    patroller.post(f"{RECENT}/patrol", {"revision": [*ids(), "nonsense"]})
    assert Revision.objects.filter(patrolled=False).count() == 0
    assert LogEntry.objects.filter(action=LogEntry.Action.PATROLLED).count() == 3
    assert "3 changes are patrolled." in Page(patroller, RECENT).text


def test_it_says_when_nothing_was_ticked(patroller: Client) -> None:
    patroller.post(f"{RECENT}/patrol", {"next": "https://evil.example/"})
    assert "Nothing was selected." in Page(patroller, RECENT).text


def test_it_passes_over_what_is_gone(patroller: Client) -> None:
    tool_make()
    patroller.post(f"{RECENT}/patrol", {"revision": ["999", *ids()]})
    assert "1 change is patrolled." in Page(patroller, RECENT).text
    patroller.post(f"{RECENT}/patrol", {"only": "999"})
    assert "What you selected is gone meanwhile." in Page(patroller, RECENT).text


def test_it_leads_nowhere_else(patroller: Client) -> None:
    answer = patroller.post(f"{RECENT}/patrol", {"next": "https://evil.example/"})
    assert answer["Location"] == RECENT


@pytest.mark.parametrize(("name", "status"), [("", 401), ("Charlie", 403)])
def test_it_lets_only_patrollers(client: Client, name: str, status: int) -> None:
    tool_make()
    if name:
        client.force_login(user_make(name))
    answer = client.post(f"{RECENT}/patrol", {"only": ids()[0]})
    assert answer.status_code == status
    assert not Revision.objects.filter(patrolled=True).exists()


def test_it_takes_hidden_parts_out(client: Client) -> None:
    tool_make()
    edit(comment="something awful")
    edit(task="editing")
    tool = Revision.objects.get(comment="something awful").tool
    assert tool is not None
    overseer = member("Otto", groups.OVERSIGHTERS)
    revision_hide(actor=overseer, thing=tool, revision_id=ids()[1])
    page = Page(client, RECENT)
    assert "something awful" not in page.html
    assert "User name hidden" in page.text
    assert 'name="suppressed"' not in page.html
    client.force_login(overseer)
    page = Page(client, f"{RECENT}?suppressed=on")
    assert "something awful" in page.text
    assert "more tasks" not in page.text


def test_it_prints_hostile_text_as_text(client: Client) -> None:
    tool_make()
    edit(comment=HOSTILE)
    page = Page(client, RECENT)
    assert HOSTILE in page.text
    assert not page.elements["script"]


def test_it_comes_in_pages(client: Client) -> None:
    tool_make()
    base = Revision.objects.get()
    for number in range(2, 62):
        Revision.objects.create(
            tool=base.tool,
            number=number,
            user=base.user,
            at=base.at + timedelta(minutes=number),
            snapshot=base.snapshot,
            comment=f"edit {number}",
        )
    page = Page(client, f"{RECENT}?target_type=tool")
    assert "?target_type=tool&page=2" in {link.replace("&amp;", "&") for link in page.links()}
    assert "edit 61" in page.text
    assert "edit 2 " in Page(client, f"{RECENT}?page=2").text


def test_it_asks_the_database_little(
    patroller: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    tool_make()
    for task in ("citing", "editing", "merging", "reading"):
        edit(task=task)
    with django_assert_max_num_queries(7):
        Page(patroller, RECENT)
    patroller.logout()
    with django_assert_max_num_queries(4):
        Page(patroller, RECENT)
