from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import orjson
import pytest
from django.test import Client

from tests.factories import tool_make
from tests.web.pages import FULL
from toolhub.accounts.models import User
from toolhub.catalog.jsonld import jsonld_script, tool_jsonld
from toolhub.catalog.models import ToolDocument
from toolhub.catalog.selectors.pages import tool_document
from toolhub.catalog.services.annotations import annotations_update
from toolhub.catalog.services.imports import tools_import_remove
from toolhub.catalog.services.toollists import toollist_create
from toolhub.catalog.views.sitemaps import ToolSitemap

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
FEEDS = ("/feeds/new.atom", "/feeds/updated.atom", "/feeds/search.atom", "/feeds/author/Ann.atom")


@pytest.fixture
def tools(alice: User) -> list[str]:
    for name in ("one", "two", "three"):
        tool_make(name, actor=alice, author=[{"name": "Ann"}], keywords=["k", name])
    return ["one", "two", "three"]


def read(client: Client, path: str) -> ET.Element:
    response = client.get(path)
    assert response.status_code == 200, path
    return ET.fromstring(response.content)  # noqa: S314 -- our own answer


def ids(feed: ET.Element) -> list[str]:
    return [str(one.text).rpartition("/")[2] for one in feed.iterfind(f"{ATOM}entry/{ATOM}id")]


def test_it_feeds_new_and_updated_tools(client: Client, tools: list[str], alice: User) -> None:
    annotations_update(actor=alice, name="one", fields={"wikidata_qid": "Q1"}, comment="")
    assert ids(read(client, "/feeds/new.atom")) == ["three", "two", "one"]
    assert ids(read(client, "/feeds/updated.atom")) == ["one", "three", "two"]


def test_it_writes_a_whole_entry(client: Client, tools: list[str]) -> None:
    feed = read(client, "/feeds/new.atom")
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == "http://testserver/tools/three"
    assert entry.findtext(f"{ATOM}title") == "Three"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Ann"
    assert [one.get("term") for one in entry.iterfind(f"{ATOM}category")] == ["k", "three"]
    assert entry.findtext(f"{ATOM}updated")
    assert entry.findtext(f"{ATOM}published")


def test_it_feeds_the_tools_of_one_author(client: Client, tools: list[str], alice: User) -> None:
    tool_make("four", actor=alice, author=[{"name": "A/B ümlaut"}])
    assert ids(read(client, "/feeds/author/Ann.atom")) == ["three", "two", "one"]
    assert ids(read(client, "/feeds/author/A/B%20ümlaut.atom")) == ["four"]
    assert ids(read(client, "/feeds/author/Nobody.atom")) == []


def test_it_feeds_a_search_and_names_itself(client: Client, tools: list[str]) -> None:
    feed = read(client, "/feeds/search.atom?q=two&keywords__term=k")
    assert ids(feed) == ["two"]
    links = {link.get("rel"): link.get("href") for link in feed.iterfind(f"{ATOM}link")}
    assert links["self"] == "http://testserver/feeds/search.atom?q=two&keywords__term=k"
    assert links["alternate"] == "http://testserver/search?q=two&keywords__term=k"


def test_it_feeds_published_lists_only(client: Client, tools: list[str], alice: User) -> None:
    fields = {"title": "My list", "tools": ["two", "one"]}
    private = toollist_create(actor=alice, fields=fields)
    shown = toollist_create(actor=alice, fields={**fields, "published": True})
    feed = read(client, f"/feeds/list/{shown.pk}.atom")
    assert ids(feed) == ["two", "one"]
    assert feed.findtext(f"{ATOM}title") == "Toolhub: My list"
    client.force_login(alice)
    assert client.get(f"/feeds/list/{private.pk}.atom").status_code == 404
    assert client.get("/feeds/list/999.atom").status_code == 404


@pytest.mark.parametrize("path", FEEDS)
def test_it_lets_feed_readers_spare_the_body(client: Client, tools: list[str], path: str) -> None:
    response = client.get(path)
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    tag = response.headers["ETag"]
    again = client.get(path, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", FEEDS)
def test_it_needs_few_queries(
    client: Client, tools: list[str], path: str, django_assert_max_num_queries: Any
) -> None:
    client.get(path)
    with django_assert_max_num_queries(3):
        client.get(path)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_feeds_everybody_the_same(client: Client, tools: list[str], language: str) -> None:
    plain = client.get("/feeds/new.atom").content
    assert client.get("/feeds/new.atom", headers={"accept-language": language}).content == plain


def test_it_writes_xml_whatever_a_title_holds(client: Client, alice: User) -> None:
    tool_make("odd", actor=alice)
    row = ToolDocument.objects.get(name="odd")
    row.body = row.body.replace('"Odd"', '"a\\u000b<b>&\\uffff"')
    row.save()
    feed = read(client, "/feeds/new.atom")
    assert (
        feed.findtext(f"{ATOM}entry/{ATOM}title")
        == "a\N{REPLACEMENT CHARACTER}<b>&\N{REPLACEMENT CHARACTER}"
    )


def test_it_embeds_a_tool(client: Client, tools: list[str]) -> None:
    response = client.get("/oembed", {"url": "http://testserver/tools/one"})
    body = orjson.loads(response.content)
    assert (body["version"], body["type"], body["title"]) == ("1.0", "link", "One")
    assert body["author_name"] == "Ann"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 404),
        ("url=http://testserver/tools/none", 404),
        ("url=http://evil.example/tools/one", 404),
        ("url=javascript:alert(1)", 404),
        ("url=http://[", 404),
        ("url=http://testserver/tools/%2500", 404),
        ("url=http://testserver/tools/one&format=xml", 501),
    ],
)
def test_it_embeds_nothing_else(client: Client, tools: list[str], query: str, status: int) -> None:
    response = client.get(f"/oembed?{query}")
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({}, "listed"),
        ({"deprecated": True}, "deprecated"),
        ({"experimental": True}, "experimental"),
    ],
)
def test_it_draws_a_badge(client: Client, alice: User, fields: Any, label: str) -> None:
    tool_make("a-tool", actor=alice, **fields)
    response = client.get("/tools/a-tool/badge.svg")
    assert response.headers["Content-Type"] == "image/svg+xml"
    svg = ET.fromstring(response.content)  # noqa: S314 -- our own answer
    assert svg.findtext("{http://www.w3.org/2000/svg}title") == f"Toolhub: {label}"
    assert b"style=" not in response.content
    assert client.get("/tools/none/badge.svg").status_code == 404


def test_it_describes_its_search(client: Client, db: None) -> None:
    found = read(client, "/opensearch.xml")
    url = found.find("{http://a9.com/-/spec/opensearch/1.1/}Url")
    assert url is not None
    assert url.get("template") == "http://testserver/search?q={searchTerms}"


def test_it_maps_the_site_for_robots(
    client: Client, tools: list[str], alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ToolSitemap, "limit", 2)
    toollist_create(actor=alice, fields={"title": "Private", "tools": []})
    shown = toollist_create(actor=alice, fields={"title": "P", "tools": [], "published": True})
    tools_import_remove(actor=alice, names=["two"], comment="")
    tool_make("ümlaut", actor=alice)
    assert b"Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content
    parts = [str(one.text) for one in read(client, "/sitemap.xml").iter(f"{MAP}loc")]
    assert parts == [
        "http://testserver/sitemap-tools.xml",
        "http://testserver/sitemap-tools.xml?p=2",
        "http://testserver/sitemap-lists.xml",
    ]
    found = [
        str(one.text)
        for part in parts
        for one in read(client, part.removeprefix("http://testserver")).iter(f"{MAP}loc")
    ]
    assert found == [
        "http://testserver/tools/one",
        "http://testserver/tools/three",
        "http://testserver/tools/%C3%BCmlaut",
        f"http://testserver/lists/{shown.pk}",
    ]


def test_it_says_in_json_ld_what_is_stated(alice: User) -> None:
    tool_make("a-tool", actor=alice, **FULL)
    data = tool_jsonld(tool_document("a-tool"), "https://toolhub.example/tools/a-tool")
    assert data["@type"] == "SoftwareApplication"
    assert data["license"] == "https://spdx.org/licenses/MIT.html"
    assert data["author"][0]["name"] == "Guilherme"
    assert data["softwareHelp"] == "https://docs.example.org/user"
    assert "sameAs" not in data


def test_it_lets_no_title_end_the_script() -> None:
    script = jsonld_script({"name": "</script><!--\u2028&"})
    assert not set("<>&\u2028") & set(script)
    assert orjson.loads(script) == {"name": "</script><!--\u2028&"}
