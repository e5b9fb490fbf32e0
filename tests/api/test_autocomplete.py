from __future__ import annotations

from typing import Any

import orjson
import pytest
from django.test import Client

from tests.factories import tool_make
from toolhub.accounts.models import User
from toolhub.catalog.models import ToolList
from toolhub.catalog.services.imports import tools_import_remove
from toolhub.catalog.services.toollists import toollist_create

pytestmark = pytest.mark.django_db


@pytest.fixture
def lists(alice: User) -> dict[str, ToolList]:
    tool_make("pywikibot", actor=alice, title="Pywikibot")
    tool_make("cite-bot", actor=alice, title="Citation bot", description="Completes references.")
    stated: list[dict[str, Any]] = [
        {"title": "Bots we like", "tools": ["pywikibot"], "published": True},
        {"title": "For writers", "tools": ["cite-bot"], "published": True},
        {"title": "Zettel", "description": "Everything about bots", "published": True},
        {"title": "Secret bots", "tools": ["pywikibot"]},
    ]
    made = [toollist_create(actor=alice, fields=fields) for fields in stated]
    return {one.title: one for one in made}


def found(client: Client, query: str) -> list[str]:
    page = orjson.loads(client.get(f"/api/search/lists/?{query}").content)
    assert page["facets"] == {}
    assert page["count"] == len(page["results"])
    return [one["title"] for one in page["results"]]


def test_it_searches_published_lists_best_first(
    client: Client, lists: dict[str, ToolList], alice: User
) -> None:
    assert found(client, "q=bots") == ["Bots we like", "Zettel"]
    assert found(client, "q=BOT") == ["Bots we like", "Zettel", "For writers"]
    assert found(client, "q=bot+everything") == ["Zettel"]
    assert found(client, "q=bots+nothing") == []
    assert found(client, "") == ["Zettel", "For writers", "Bots we like"]
    assert found(client, "q=citation") == ["For writers"]
    client.force_login(alice)
    assert found(client, "q=secret") == []
    tools_import_remove(actor=alice, names=["cite-bot"], comment="")
    assert found(client, "q=citation") == []


def test_it_orders_lists(client: Client, lists: dict[str, ToolList]) -> None:
    assert found(client, "q=bot&ordering=title")[:2] == ["Bots we like", "For writers"]
    assert found(client, "ordering=created_date") == ["Bots we like", "For writers", "Zettel"]
    assert found(client, "q=bots&ordering=-score") == ["Bots we like", "Zettel"]


def test_it_sends_the_lists_themselves(client: Client, lists: dict[str, ToolList]) -> None:
    page = orjson.loads(client.get("/api/search/lists/?q=writers").content)
    detail = orjson.loads(client.get(f"/api/lists/{lists['For writers'].pk}/").content)
    assert page["results"] == [detail]


def test_it_suggests_lists_by_the_beginning_of_words(
    client: Client, lists: dict[str, ToolList]
) -> None:
    def suggested(text: str) -> list[str]:
        answer = client.get("/api/autocomplete/lists/", {"q": text})
        return [one["title"] for one in orjson.loads(answer.content)]

    assert suggested("bot") == ["Bots we like"]
    assert suggested("we bots li") == ["Bots we like"]
    assert suggested("ots") == suggested("secret") == suggested(" ") == []
    answer = client.get("/api/autocomplete/lists/?q=for")
    assert orjson.loads(answer.content) == [
        {"id": lists["For writers"].pk, "title": "For writers", "description": None}
    ]


def test_it_suggests_ten_lists_at_most(client: Client, alice: User) -> None:
    for number in range(12):
        fields = {"title": f"List {number:02}", "published": True}
        toollist_create(actor=alice, fields=fields)
    shown = orjson.loads(client.get("/api/autocomplete/lists/?q=list").content)
    assert [one["title"] for one in shown] == [f"List {number:02}" for number in range(10)]


def test_it_suggests_tools(client: Client, lists: dict[str, ToolList]) -> None:
    answer = client.get("/api/autocomplete/tools/?q=pywi")
    assert orjson.loads(answer.content) == [
        {"name": "pywikibot", "title": "Pywikibot", "description": "Does one thing."}
    ]
    assert orjson.loads(client.get("/api/autocomplete/tools/").content) == []


@pytest.mark.parametrize("text", ["%00", "%", "_", "'", '"', "\\", "a" * 5000, "%ED%A0%80"])
@pytest.mark.parametrize("path", ["search/lists", "autocomplete/lists", "autocomplete/tools"])
def test_it_survives_any_text(
    client: Client, lists: dict[str, ToolList], path: str, text: str
) -> None:
    assert client.get(f"/api/{path}/?q={text}").status_code in {200, 400}
