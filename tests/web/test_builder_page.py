from __future__ import annotations

import html
import json

import pytest
from django.test import Client

from tests.web.pages import HOSTILE, Page
from toolhub.catalog.toolinfo import parse_file

pytestmark = pytest.mark.django_db
BUILDER = "/toolinfo-builder"
LEAST = {
    "name": "my-first-tool",
    "title": "My first tool",
    "description": "Does one thing.",
    "url": "https://tool.example.org/",
    "language": "en",
}
ALL = {
    **LEAST,
    "tool_type": "web app",
    "author": "Ada\nGrace",
    "keywords": "citing\nsources",
    "for_wikis": "en.wikipedia.org\n*",
    "license": "GPL-3.0-or-later",
    "repository": "https://git.example.org/tool",
    "bugtracker_url": "https://git.example.org/tool/issues",
    "user_docs_url": "https://docs.example.org/\nfr https://docs.example.org/fr",
    "icon": "https://commons.wikimedia.org/wiki/File:Tool.svg",
    "experimental": "on",
}


def built(client: Client, sent: dict[str, str]) -> str:
    page = client.post(BUILDER, sent).content.decode()
    return html.unescape(page.split("<pre")[1].split(">", 1)[1].split("</pre>")[0])


def test_it_has_a_form(client: Client) -> None:
    page = Page(client, BUILDER)
    assert page.title == "Write a toolinfo.json – Toolhub"
    assert 'value="en"' in page.html
    assert not page.elements["pre"]


@pytest.mark.parametrize("sent", [LEAST, ALL])
def test_it_writes_a_file_that_a_crawl_takes(client: Client, sent: dict[str, str]) -> None:
    parsed = parse_file(built(client, sent).encode())
    assert not parsed.errors
    assert parsed.records[0].valid
    assert parsed.records[0].accepted
    assert not parsed.records[0].findings


def test_it_writes_what_was_typed(client: Client) -> None:
    record = json.loads(built(client, ALL))
    assert record["_schema"] == "/toolinfo/1.2.2"
    assert record["author"] == [{"name": "Ada"}, {"name": "Grace"}]
    assert record["keywords"] == "citing, sources"
    assert record["user_docs_url"][1] == {"language": "fr", "url": "https://docs.example.org/fr"}
    assert record["experimental"] is True
    assert "deprecated" not in record


def test_it_is_taken_home_as_a_file(client: Client) -> None:
    answer = client.post(BUILDER, {**LEAST, "download": "1"})
    assert answer["Content-Disposition"] == 'attachment; filename="toolinfo.json"'
    assert answer["Content-Type"] == "application/json"
    assert json.loads(answer.content)["name"] == "my-first-tool"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "My first tool!"),
        ("url", "tool.example.org"),
        ("for_wikis", "example.org"),
        ("language", "!!"),
        ("icon", "https://example.org/icon.png"),
        ("title", ""),
    ],
)
@pytest.mark.parametrize("download", [{}, {"download": "1"}])
def test_it_ties_findings_to_the_fields(
    client: Client, field: str, value: str, download: dict[str, str]
) -> None:
    answer = client.post(BUILDER, {**ALL, field: value, **download})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert f'href="#id_{field}"' in page
    assert value in html.unescape(page)
    assert "Ada\nGrace" in page
    assert "<pre" not in page


def test_it_prints_hostile_text_as_text(client: Client) -> None:
    page = client.post(BUILDER, {**LEAST, "title": HOSTILE}).content.decode()
    assert "<script>alert" not in page
    assert "<img" not in page
