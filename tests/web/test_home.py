from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import tool_make
from tests.web.pages import Page, full_tool, run_make
from toolhub.accounts.models import User
from toolhub.catalog.models import ToolList
from toolhub.catalog.services.toollists import toollist_create

pytestmark = pytest.mark.django_db


def test_it_says_what_will_be_here_while_nothing_is(client: Client) -> None:
    page = Page(client, "/")
    assert "No tool is listed yet" in page.text
    assert "Nothing has been crawled yet" in page.text
    assert "Coolest Tool Award, will stand here" in page.text


def test_it_leads_from_intents_to_searches_with_their_counts(client: Client) -> None:
    full_tool()
    page = Page(client, "/")
    assert "/search?tasks__term=citing" in page.links()
    assert "Add and repair citations 1" in page.text
    # An intent that no tool serves would lead to an empty page.
    assert "Translate articles" not in page.text


def test_it_shows_the_newest_tools_and_what_is_missing(client: Client) -> None:
    for number in range(8):
        tool_make(f"tool-{number}")
    page = Page(client, "/")
    assert "/tools/tool-7" in page.links()
    assert "/tools/tool-1" not in page.links()
    assert "/search?license__isnull=1" in page.links()
    assert "8 gadgets, bots" in page.text


def test_it_tells_of_the_last_crawls(client: Client) -> None:
    run_make(pk=1, new_tools=2, total_tools=4200)
    run_make(pk=2, updated_tools=3)
    page = Page(client, "/")
    assert "5 records new or changed in the last 2 crawls" in page.text
    assert "/crawler-history/2" in page.links()
    charts = [one["aria-label"] for one in page.elements["svg"] if one.get("role") == "img"]
    assert charts[0] == "Tools in the catalogue: from 4,200 to 4,298 over the newest crawls"
    assert len(page.elements["table"]) == 1


def test_it_shows_featured_lists(client: Client, alice: User) -> None:
    tool_make("one")
    fields = {"title": "Award winners", "description": "Of 2025", "published": True}
    made = toollist_create(actor=alice, fields={**fields, "tools": ["one"]})
    toollist_create(actor=alice, fields={**fields, "title": "Ordinary"})
    ToolList.objects.filter(pk=made.pk).update(is_featured=True)
    page = Page(client, "/")
    assert "Award winners 1 tool Of 2025" in page.text
    assert {f"/lists/{made.pk}", "/published-lists"} <= page.links()
    assert "Ordinary" not in page.text


def test_it_asks_the_database_little(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    full_tool()
    run_make()
    Page(client, "/")
    with django_assert_max_num_queries(4):
        Page(client, "/")
