"""A small catalogue for page tests, and a reader that answers what a page holds."""

from __future__ import annotations

from collections import defaultdict
from html.parser import HTMLParser
from typing import Any

from django.test import Client

from crawler.models import Run, RunUrl, Url
from tests.factories import tool_make, user_make
from toolhub.catalog.models import Tool
from toolhub.catalog.services.annotations import annotations_update
from toolhub.core.clock import now

FULL: dict[str, Any] = {
    "title": "Citation Hunt",
    "subtitle": "Find what lacks a source",
    "description": "Browse snippets that lack citations.",
    "url": "https://citationhunt.example.org/",
    "keywords": ["snippets"],
    "author": [
        {
            "name": "Guilherme",
            "wiki_username": "Surlycyborg",
            "developer_username": "eggpi",
            "email": "eggpi@example.org",
            "url": "https://example.org/eggpi",
        }
    ],
    "repository": "https://git.example.org/citationhunt",
    "openhub_id": "hub-id",
    "url_alternates": [{"language": "fr", "url": "https://citationhunt.example.org/fr"}],
    "bot_username": "HuntBot",
    "license": "MIT",
    "sponsor": ["Some Foundation"],
    "technology_used": ["python"],
    "tool_type": "web app",
    "for_wikis": ["en.wikipedia.org"],
    "bugtracker_url": "https://git.example.org/citationhunt/issues",
    "user_docs_url": [{"language": "en", "url": "https://docs.example.org/user"}],
    "developer_docs_url": [{"language": "en", "url": "https://docs.example.org/developer"}],
    "privacy_policy_url": [{"language": "en", "url": "https://docs.example.org/privacy"}],
    "experimental": True,
    "more": {"_schema": "1.2.2", "_language": "en"},
}
COMMUNITY: dict[str, Any] = {
    "wikidata_qid": "Q46154697",
    "audiences": ["editor"],
    "content_types": ["reference"],
    "tasks": ["citing"],
    "subject_domains": ["science"],
    "tool_type": "bot",
    "deprecated": True,
    "replaced_by": "https://successor.example.org/",
    "icon": "https://commons.wikimedia.org/wiki/File:Hunt.svg",
    "available_ui_languages": ["fr"],
    "api_url": "https://citationhunt.example.org/api",
    "feedback_url": [{"language": "en", "url": "https://docs.example.org/feedback"}],
    "translate_url": "https://translate.example.org/hunt",
}
FINDING = {
    "pointer": "/1/url",
    "code": "url_no_scheme",
    "message": "Address without a scheme.",
    "severity": "error",
    "line": 15,
    "column": 12,
}
HOSTILE = "<script>alert(1)</script>\"'><img src=x>"


def full_tool() -> Tool:
    """A tool of which every field is stated, by the maintainer or by the community."""
    tool = tool_make("citation-hunt", **FULL)
    annotations_update(
        actor=user_make(), name=tool.name, fields=COMMUNITY, comment="made for a test"
    )
    return tool


def run_make(**fields: Any) -> Run:
    """A finished run of two addresses: one with a finding, one that is fine."""
    run = Run.objects.create(
        **{"ended_at": now(), "crawled_urls": 2, "total_tools": 4298, **fields}
    )
    address = "https://feeds.example.org/{}.json"
    for number, is_valid in enumerate((False, True)):
        url, _ = Url.objects.get_or_create(
            url=address.format(number), defaults={"created_by": user_make()}
        )
        RunUrl.objects.create(
            run=run,
            url=url,
            state=RunUrl.State.DONE,
            status_code=200,
            elapsed_ms=412,
            schema="1.2.2",
            valid=is_valid,
            tools_found=number,
            findings=[] if is_valid else [FINDING],
            log=f"INFO: Fetching {url.url}",
        )
    return run


class Page(HTMLParser):
    """What a page is made of: `count` by tag, `attributes` by tag, `text`, and its `title`."""

    def __init__(self, client: Client, path: str, status: int = 200) -> None:
        super().__init__()
        self.response = client.get(path)
        assert self.response.status_code == status, path
        self.html = self.response.content.decode()
        self.elements: dict[str, list[dict[str, str | None]]] = defaultdict(list)
        self.parts: list[str] = []
        self.feed(self.html)
        self.text = " ".join(" ".join(self.parts).split())
        self.title = self.html.split("<title>")[1].split("</title>")[0].strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        # The two scripts of every page are ours and come from a file; any other would be somebody's attack.
        is_ours = tag == "script" and str(found.get("src")).startswith("/static/")
        # What search engines read about a tool is data, which no browser runs.
        is_data = tag == "script" and found.get("type") == "application/ld+json"
        kind = "own script" if is_ours else "data" if is_data else tag
        self.elements[kind].append(found)

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def links(self) -> set[str]:
        return {str(one["href"]) for one in self.elements["a"]}
