from __future__ import annotations

import json

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.feeds import Feeds
from tests.web.pages import HOSTILE, Page
from tests.web.test_crawler_addresses_page import BAD, GOOD
from toolhub.accounts.models import User
from toolhub.catalog.models import Tool

pytestmark = pytest.mark.django_db
VALIDATOR = "/toolinfo-validator"


def checked(client: Client, status: int = 200, **sent: str) -> str:
    answer = client.post(VALIDATOR, sent)
    assert answer.status_code == status
    return answer.content.decode()


def test_it_has_a_form(client: Client) -> None:
    page = Page(client, f"{VALIDATOR}?url=https://a.example.org/")
    assert page.title == "Check a toolinfo.json – Toolhub"
    assert 'value="https://a.example.org/"' in page.html
    assert not page.elements["ol"]


def test_it_says_that_all_is_well(client: Client) -> None:
    html = checked(client, text=json.dumps(GOOD))
    assert "All is well" in html
    assert "1 would be listed" in html
    assert not Tool.objects.exists()


def test_it_puts_findings_under_their_lines(client: Client) -> None:
    text = json.dumps([GOOD, BAD], indent=2)
    line = next(n for n, one in enumerate(text.splitlines(), 1) if '"magic"' in one)
    html = checked(client, text=text)
    start = html.index(f'id="L{line}"')
    assert "is not a known tool_type" in html[start : html.index("</li>", start)]
    assert f'href="#L{line}"' in html
    # What was pasted is still in the form.
    assert html.count("hay-directory") >= 3


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ("<html>", "This is a web page, not JSON.", 1),
        ('{\n  "name": "x",\n}', "Remove this comma.", 2),
        ("[1]", "not an object", 1),
    ],
)
def test_it_reads_what_is_no_toolinfo(client: Client, text: str, said: str, line: int) -> None:
    html = checked(client, text=text)
    start = html.index(f'id="L{line}"')
    assert said in html[start : html.index("</li>", start)]


def test_it_shows_a_long_file_around_its_findings(client: Client) -> None:
    records = [{**GOOD, "name": f"tool-{number}"} for number in range(200)]
    records[150]["tool_type"] = "magic"
    html = checked(client, text=json.dumps(records, indent=2))
    assert 0 < html.count('class="source__line') < 20
    assert "source__line--gap" in html


def test_it_cuts_a_very_long_line(client: Client) -> None:
    records = [{**GOOD, "name": f"tool-{number}"} for number in range(500)]
    html = checked(client, text=json.dumps(records))
    shown = html[html.index('class="source"') : html.index("</ol>")]
    assert len(shown) < 12_000


def test_it_reads_an_address(client: Client, alice: User, feeds: Feeds) -> None:
    client.force_login(alice)
    assert "All is well" in checked(client, url=feeds.put("/toolinfo.json", GOOD))
    html = checked(client, 400, url=feeds.put("/gone.json", (404, b"")))
    assert "The server answered 404 instead of 200." in html
    assert "/gone.json" in html


def test_it_reads_addresses_for_people_only(client: Client, feeds: Feeds) -> None:
    address = feeds.put("/toolinfo.json", GOOD)
    assert "Log in to have an address read" in checked(client, 400, url=address)
    assert not feeds.seen


def test_it_wants_something(client: Client) -> None:
    assert "Give an address, or paste the text of a file." in checked(client, 400, text=" ")


def test_it_prints_hostile_text_as_text(client: Client) -> None:
    html = checked(client, text=json.dumps({**GOOD, "title": HOSTILE, HOSTILE: 1}))
    assert "<script>alert" not in html
    assert "<img" not in html


def test_it_asks_the_database_little(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(1):
        checked(client, text=json.dumps([GOOD, BAD]))
