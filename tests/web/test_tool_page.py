from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import tool_make, user_make
from tests.web.pages import HOSTILE, Page, full_tool
from toolhub.catalog.services.imports import tools_import_remove

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client: Client) -> Page:
    full_tool()
    return Page(client, "/tools/citation-hunt")


SHOWN = {
    "name": "citation-hunt",
    "title": "Citation Hunt",
    "subtitle": "Find what lacks a source",
    "description": "Browse snippets that lack citations.",
    "url": "citationhunt.example.org",
    "keywords": "snippets",
    "author": "Guilherme",
    "author's wiki name": "Surlycyborg",
    "author's account": "eggpi",
    "author's mail": "eggpi@example.org",
    "author's page": "example.org/eggpi",
    "repository": "git.example.org/citationhunt",
    "openhub_id": "hub-id",
    "url_alternates": "citationhunt.example.org/fr",
    "bot_username": "HuntBot",
    "deprecated": "Deprecated Yes From the community",
    "experimental": "Experimental Yes From the maintainer",
    "replaced_by": "successor.example.org",
    "for_wikis": "en.wikipedia.org",
    "icon": "commons.wikimedia.org/wiki/File:Hunt.svg",
    "license": "MIT",
    "sponsor": "Some Foundation",
    "available_ui_languages": "français",
    "technology_used": "python",
    "tool_type": "Web app",
    "api_url": "citationhunt.example.org/api",
    "developer_docs_url": "docs.example.org/developer",
    "user_docs_url": "docs.example.org/user",
    "feedback_url": "docs.example.org/feedback",
    "privacy_policy_url": "docs.example.org/privacy",
    "translate_url": "translate.example.org/hunt",
    "bugtracker_url": "git.example.org/citationhunt/issues",
    "_schema": "1.2.2",
    "_language": "Language of the texts English",
    "origin": "toolinfo.json",
    "created_by": "by Alice",
    "wikidata_qid": "Q46154697",
    "audiences": "Editors",
    "content_types": "References",
    "tasks": "Citing sources",
    "subject_domains": "Science",
}


def test_it_shows_every_field(page: Page) -> None:
    text = page.text.replace(" M ", " ").replace(" C ", " ")
    assert {field for field, words in SHOWN.items() if words not in text} == set()


def test_it_leads_from_values_to_the_tools_that_share_them(page: Page) -> None:
    facets = (
        "tasks__term=citing",
        "tool_type__term=web%20app",
        "wiki__term=en.wikipedia.org",
        "license__term=MIT",
    )
    assert {f"/search?{one}" for one in facets} <= page.links()


def test_it_says_whose_value_is_shown(page: Page) -> None:
    assert "Tool type Web app M From the maintainer" in page.text
    assert "Tasks Citing sources C From the community" in page.text
    # Both stated a type; the table shows both, and a check marks the one that counts.
    assert "Tool type Shown: Web app Bot" in page.text


def test_it_warns_of_deprecated_tools_and_names_the_successor(page: Page) -> None:
    assert "Deprecated. Nobody looks after this tool any more. Use this one instead:" in page.text
    assert "https://successor.example.org/" in page.links()
    assert "Experimental. Its maintainer says" in page.text


def test_it_marks_links_that_users_gave(page: Page) -> None:
    given = [one for one in page.elements["a"] if str(one["href"]).startswith("https://")]
    assert given
    assert {one.get("rel") for one in given} == {"noopener ugc nofollow"}


def test_it_points_machines_to_the_document(page: Page) -> None:
    assert "/api/tools/citation-hunt/" in page.links()


def test_it_hides_what_nobody_stated(client: Client) -> None:
    tool_make("bare")
    text = Page(client, "/tools/bare").text
    for heading in ("Contributing", "More about it", "Where the values come from"):
        assert heading not in text
    assert "Still missing:" in text


def test_it_never_links_to_what_is_not_a_web_address(client: Client) -> None:
    tool_make("odd", repository="javascript:alert(1)", openhub_id="javascript:alert(2)")
    links = Page(client, "/tools/odd").links()
    assert not {href for href in links if href.lower().startswith(("javascript", "data"))}


def test_it_prints_hostile_text_as_text(client: Client) -> None:
    tool_make(
        "evil",
        title=HOSTILE,
        subtitle=HOSTILE,
        description=HOSTILE,
        keywords=[HOSTILE],
        sponsor=[HOSTILE],
        technology_used=[HOSTILE],
        bot_username=HOSTILE,
        license=HOSTILE,
        author=[{"name": HOSTILE, "wiki_username": HOSTILE, "email": HOSTILE}],
    )
    page = Page(client, "/tools/evil")
    assert HOSTILE in page.text
    assert not page.elements["script"]
    assert not page.elements["img"]


def test_it_says_in_which_language_the_texts_are(client: Client) -> None:
    tool_make("arabic", title="أداة", description="أداة", more={"_language": "ar"})
    page = Page(client, "/tools/arabic")
    assert {"class": "lead prose", "lang": "ar", "dir": "auto"} in page.elements["p"]
    assert {"lang": "ar"} in page.elements["bdi"]


def test_it_is_gone_when_the_tool_is(client: Client) -> None:
    tool_make("short-lived")
    tools_import_remove(actor=user_make(), names=["short-lived"], comment="test")
    Page(client, "/tools/short-lived", status=410)


def test_it_asks_little_of_the_database(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    full_tool()
    # The document, what the tabs need, the number of revisions, the lists that it is in.
    with django_assert_num_queries(4):
        Page(client, "/tools/citation-hunt")
