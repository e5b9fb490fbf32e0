"""Atom feeds. What a feed reader has seen once keeps its id, however often the tool is edited."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from toolhub.catalog.filters import search_query
from toolhub.catalog.models import ToolList
from toolhub.catalog.search import SearchQuery, tool_search
from toolhub.catalog.selectors.feeds import (
    LENGTH,
    Entry,
    entries_named,
    entries_new,
    entries_of_list,
    entries_updated,
    published_list,
)

# XML 1.0 has no way to write these.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class ToolFeed(Feed):  # type: ignore[type-arg]
    """The shape of all of them; subclasses say which tools."""

    feed_type = Atom1Feed
    # Not that of the reader: the feed is the same for everybody.
    language = "en"

    def item_title(self, item: Entry) -> str:
        return _text(item.tool["title"])

    def item_description(self, item: Entry) -> str:
        return _text(item.tool["description"])

    def item_link(self, item: Entry) -> str:
        return tool_path(item.tool["name"])

    def item_guid(self, item: Entry) -> str:
        return f"tag:toolhub.wikimedia.org,2021:tool/{quote(item.tool['name'])}"

    def item_author_name(self, item: Entry) -> str:
        names = [author["name"] for author in item.tool["author"]]
        return _text(", ".join(names) or item.tool["created_by"]["username"])

    def item_pubdate(self, item: Entry) -> datetime:
        return datetime.fromisoformat(item.tool["created_date"])

    def item_updateddate(self, item: Entry) -> datetime:
        return item.at

    def item_categories(self, item: Entry) -> list[str]:
        return [_text(keyword) for keyword in item.tool["keywords"]]


class NewToolsFeed(ToolFeed):
    title = "Toolhub: new tools"
    link = "/"

    def items(self) -> list[Entry]:
        return entries_new()


class UpdatedToolsFeed(ToolFeed):
    title = "Toolhub: updated tools"
    link = "/"

    def items(self) -> list[Entry]:
        return entries_updated()


class ListFeed(ToolFeed):
    def get_object(self, request: HttpRequest, pk: int) -> ToolList:
        return published_list(pk)

    def title(self, toollist: ToolList) -> str:
        return _text(f"Toolhub: {toollist.title}")

    def link(self, toollist: ToolList) -> str:
        return f"/lists/{toollist.pk}"

    def items(self, toollist: ToolList) -> list[Entry]:
        return entries_of_list(toollist)


class AuthorFeed(ToolFeed):
    def get_object(self, request: HttpRequest, name: str) -> str:
        return name

    def title(self, name: str) -> str:
        return _text(f"Toolhub: tools by {name}")

    def link(self, name: str) -> str:
        return f"{reverse('catalog:tool-search')}?author__term={quote(name)}"

    def items(self, name: str) -> list[Entry]:
        return _found(SearchQuery(include={"author": (name,)}, sort="-created_date"))


class SearchFeed(ToolFeed):
    """All that the search page understands; newest first, because a feed tells what is new."""

    def get_object(self, request: HttpRequest) -> QueryDict:
        return request.GET

    def title(self, params: QueryDict) -> str:
        return _text(f"Toolhub: search for {params.get('q') or 'tools'}")

    def link(self, params: QueryDict) -> str:
        return f"{reverse('catalog:tool-search')}?{params.urlencode()}"

    def feed_url(self, params: QueryDict) -> str:
        return f"{reverse('catalog:feed-search')}?{params.urlencode()}"

    def items(self, params: QueryDict) -> list[Entry]:
        chosen = params.copy()
        chosen.setdefault("ordering", "-created_date")
        return _found(search_query(chosen, 0, LENGTH))


def tool_path(name: str) -> str:
    return reverse("catalog:tool-detail", args=(name,))


def _found(query: SearchQuery) -> list[Entry]:
    return entries_named(tool_search(query).names[:LENGTH])


def _text(value: Any) -> str:
    return UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", str(value))
