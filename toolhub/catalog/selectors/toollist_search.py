"""Search over published lists. There are a few hundred of them: the database reads them all in a millisecond."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from toolhub.catalog.models import Tool, ToolDocument, ToolList, ToolListItem

ORDERINGS = {"title": "title", "created_date": "created_at", "modified_date": "modified_at"}
MAX_LENGTH = 512
MAX_WORDS = 16
SUGGESTIONS = 10


def toollist_search(text: str) -> QuerySet[ToolList]:
    """Published lists that have every word in title or description, or in name or title of one of their tools.

    Best first: by the number of words in the title, then newest.
    """
    words = _words(text)
    lists = ToolList.objects.published()
    if words:
        # Found first and ranked then: in one statement MariaDB looks for the tools again for each list.
        lists = ToolList.objects.filter(pk__in=_ids(words))
    score: Any = Value(0, IntegerField())
    for word in words:
        score = score + Case(When(title__icontains=word, then=1), default=0)
    best = lists.annotate(score=score).order_by("-score", "-created_at", "title", "-id")
    return best.select_related("created_by", "modified_by")


def toollist_suggestions(text: str) -> list[Mapping[str, Any]]:
    """Lists in whose title each word begins one, by title. No word, no suggestion."""
    words = _words(text)
    lists = ToolList.objects.published()
    for word in words:
        lists = lists.filter(Q(title__istartswith=word) | Q(title__icontains=f" {word}"))
    found = lists.order_by("title", "id") if words else lists.none()
    return list(found.values("id", "title", "description")[:SUGGESTIONS])


def tool_suggestions(names: Iterable[str]) -> list[dict[str, Any]]:
    """Name, title and description of these tools in this order; one deleted meanwhile is left out."""
    names = list(names)
    rows = ToolDocument.objects.filter(name__in=names).values_list("name", "summary_body")
    found = {name: orjson.loads(body) for name, body in rows}
    keys = ("name", "title", "description")
    return [{key: found[name][key] for key in keys} for name in names if name in found]


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(text[:MAX_LENGTH].split()))[:MAX_WORDS]


def _ids(words: list[str]) -> list[int]:
    lists = ToolList.objects.published()
    for word in words:
        lists = lists.filter(_has(word))
    return list(lists.order_by().values_list("pk", flat=True))


def _has(word: str) -> Q:
    tools = Tool.objects.listed().filter(Q(name__icontains=word) | Q(title__icontains=word))
    # Tool by tool, not place by place: comparing text is what costs here.
    items = ToolListItem.objects.filter(tool__in=tools.values("pk"))
    in_text = Q(title__icontains=word) | Q(description__icontains=word)
    return in_text | Q(pk__in=items.values("toollist"))
