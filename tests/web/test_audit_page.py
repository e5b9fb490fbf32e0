from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from crawler.services.urls import url_register, url_remove
from tests.accounts.clients import member
from tests.factories import tool_make, user_make
from tests.web.pages import HOSTILE, Page
from toolhub.accounts import groups
from toolhub.accounts.selectors import group_list
from toolhub.accounts.services.members import member_add, member_remove
from toolhub.audit.models import LogEntry
from toolhub.catalog.models import Revision
from toolhub.catalog.services.annotations import annotations_update
from toolhub.catalog.services.oversight import revision_hide, revision_patrol
from toolhub.catalog.services.toollists import toollist_create

pytestmark = pytest.mark.django_db
LOGS = "/audit-logs"
FEED = "https://feeds.example.org/toolinfo.json"


@pytest.fixture
def history(db: None) -> None:
    """One of many kinds of entries."""
    boss = member("Ada", groups.ADMINISTRATORS)
    tool = tool_make()
    for task in ("citing", "editing"):
        annotations_update(
            actor=user_make("Bob"), name=tool.name, fields={"tasks": [task]}, comment="more tasks"
        )
    second = Revision.objects.order_by("pk")[1]
    revision_patrol(actor=boss, thing=tool, revision_id=second.pk)
    revision_hide(actor=boss, thing=tool, revision_id=second.pk, comment="rude")
    toollist_create(
        actor=user_make("Carol"),
        fields={"title": "Handy", "tools": [], "published": True},
        comment="",
    )
    url = url_register(actor=user_make("Bob"), url=FEED)
    url_remove(actor=user_make("Bob"), url=url)
    patrollers = group_list().get(name=groups.PATROLLERS)
    ids = {"group_id": patrollers.pk, "user_id": user_make("Bob").pk}
    member_add(actor=boss, **ids)
    member_remove(actor=boss, **ids)


def test_it_says_when_nothing_has_happened(client: Client) -> None:
    page = Page(client, LOGS)
    assert page.title == "Audit log – Toolhub"
    assert "Nothing has happened yet." in page.text


@pytest.mark.usefixtures("history")
def test_it_tells_each_act_in_a_sentence(client: Client) -> None:
    page = Page(client, LOGS)
    number = Revision.objects.order_by("pk")[1].pk
    for sentence in (
        "Alice created the tool a-tool",
        "Bob changed the tool a-tool",
        f"Ada patrolled the revision {number} of a-tool",
        f"Ada hid the revision {number} of a-tool",
        "Carol created the list Handy",
        f"Bob registered the address {FEED}",
        f"Bob removed the address {FEED}",
        "Ada added Bob to the group Patrollers",
        "Ada removed Bob from the group Patrollers",
        "The account Carol was created",
    ):
        assert sentence in page.text, sentence
    assert "rude" in page.text
    assert {"/tools/a-tool", "/recent?user=Bob"} <= page.links()


@pytest.mark.usefixtures("history")
def test_it_does_not_tell_who_made_a_hidden_edit(client: Client) -> None:
    assert "A hidden user changed the tool a-tool" in Page(client, LOGS).text
    assert "A hidden user" not in Page(client, f"{LOGS}?user=Bob").text


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("user=Ada", "Ada hid the revision", "Alice created"),
        ("target_type=url", "Bob registered", "Ada"),
        ("action=3", "Ada added Bob", "Ada removed Bob"),
        ("action=4&target_type=group&user=Ada", "Ada removed Bob", "Ada added"),
        ("after=2001-01-01", "Ada hid the revision", "No entry"),
        ("before=2001-01-01", "No entry matches all of this.", "Alice"),
    ],
)
def test_it_narrows_down(client: Client, query: str, shown: str, hidden: str) -> None:
    text = Page(client, f"{LOGS}?{query}").text
    assert shown in text
    assert hidden not in text


def test_it_keeps_what_it_cannot_understand(client: Client) -> None:
    page = Page(client, f"{LOGS}?after=soon&user=Bob&action=99")
    assert 'value="soon"' in page.html
    assert 'value="Bob"' in page.html
    assert "Enter a valid date." in page.text


@pytest.mark.parametrize("action", LogEntry.Action.values)
@pytest.mark.parametrize("target", LogEntry.Target.values)
def test_it_has_words_for_whatever_happened(client: Client, action: int, target: str) -> None:
    entry: dict[str, Any] = {"target_id": "77", "target_label": "<b>Thing</b>"}
    LogEntry.objects.create(action=action, target_type=target, **entry)
    page = Page(client, LOGS)
    assert not page.elements["b"]
    assert "{" not in page.text


def test_it_prints_hostile_text_as_text(client: Client) -> None:
    tool_make("a-tool", actor=user_make(HOSTILE))
    LogEntry.objects.update(message=HOSTILE)
    page = Page(client, LOGS)
    assert HOSTILE in page.text
    assert not page.elements["script"]
    assert not page.elements["img"]


@pytest.mark.usefixtures("history")
def test_it_asks_the_database_little(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(3):
        Page(client, LOGS)
