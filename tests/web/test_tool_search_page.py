from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import tool_make
from tests.web.pages import HOSTILE, Page, full_tool

pytestmark = pytest.mark.django_db


def names(page: Page) -> list[str]:
    return [href.removeprefix("/tools/") for href in page.links() if href.startswith("/tools/")]


def test_it_finds_by_words_and_says_how_many(client: Client) -> None:
    full_tool()
    tool_make("other")
    page = Page(client, "/search?q=snippets")
    assert page.title == "snippets – search – Toolhub"
    assert "1 tool for “ snippets ”" in page.text
    assert names(page) == ["citation-hunt"]


def test_it_narrows_leaves_out_and_asks_for_missing(client: Client) -> None:
    tool_make("a-bot", tool_type="bot")
    tool_make("a-gadget", tool_type="gadget")
    tool_make("untyped")
    assert names(Page(client, "/search?tool_type__term=bot")) == ["a-bot"]
    assert sorted(names(Page(client, "/search?tool_type__not=bot"))) == ["a-gadget", "untyped"]
    assert names(Page(client, "/search?tool_type__isnull=1")) == ["untyped"]


def test_it_offers_each_value_to_choose_and_to_leave_out(client: Client) -> None:
    full_tool()
    page = Page(client, "/search?q=citation&page=1")
    assert "?q=citation&tasks__term=citing" in page.links()
    assert "?q=citation&tasks__not=citing" in page.links()
    assert "Leave out: Citing sources" in {one.get("aria-label") for one in page.elements["a"]}


def test_it_undoes_each_filter_and_all_of_them(client: Client) -> None:
    full_tool()
    page = Page(
        client, "/search?q=citation&tasks__term=citing&license__not=GPL-3.0&audiences__isnull=0"
    )
    assert "?q=citation&license__not=GPL-3.0&audiences__isnull=0" in page.links()
    assert "?q=citation&tasks__term=citing&audiences__isnull=0" in page.links()
    assert "?q=citation" in page.links()


def test_it_shows_a_chosen_value_that_no_tool_has(client: Client) -> None:
    full_tool()
    page = Page(client, "/search?keywords__term=nobody-has-this")
    assert "No tool matches all of this." in page.text
    assert "Keyword: nobody-has-this" in page.text


def test_it_pages_and_keeps_the_search(client: Client) -> None:
    for number in range(14):
        tool_make(f"tool-{number:02}", keywords=["k"])
    first = Page(client, "/search?keywords__term=k&ordering=name")
    assert len(names(first)) == 12
    assert "?keywords__term=k&ordering=name&page=2" in first.links()
    assert "1 to 12 of 14" in first.text
    assert sorted(names(Page(client, "/search?ordering=name&page=2"))) == ["tool-12", "tool-13"]


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999", "٣", ""])
def test_it_answers_any_page_number(client: Client, page: str) -> None:
    tool_make()
    Page(client, f"/search?page={page}&page_size={page}")


def test_it_says_when_a_page_is_past_the_last(client: Client) -> None:
    tool_make()
    assert "This page is past the last result." in Page(client, "/search?page=7").text


@pytest.mark.parametrize(
    "ordering", ["score", "name", "-name", "-created_date", "created_date", "-modified_date", "x"]
)
def test_it_answers_any_order(client: Client, ordering: str) -> None:
    tool_make()
    assert names(Page(client, f"/search?ordering={ordering}")) == ["a-tool"]


def test_it_prints_hostile_text_as_text(client: Client) -> None:
    tool_make(
        "evil", title=HOSTILE, description=HOSTILE, keywords=[HOSTILE], author=[{"name": HOSTILE}]
    )
    page = Page(client, "/search", status=200)
    assert HOSTILE in page.text
    assert not page.elements["script"]
    assert not page.elements["img"]
    asked = client.get("/search", {"q": HOSTILE, "keywords__term": HOSTILE, HOSTILE: HOSTILE})
    assert b"<script>" not in asked.content
    assert b"<img" not in asked.content


def test_it_says_in_which_language_a_text_is(client: Client) -> None:
    tool_make("arabic", description="أداة", more={"_language": "ar"})
    page = Page(client, "/search")
    assert {"class": "clamp", "lang": "ar", "dir": "auto"} in page.elements["p"]


def test_it_asks_the_database_little(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(14):
        tool_make(f"tool-{number}")
    Page(client, "/search")
    with django_assert_max_num_queries(2):
        Page(client, "/search")
