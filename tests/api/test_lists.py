from __future__ import annotations

from typing import Any

import orjson
import pytest
from django.contrib.auth.models import Group
from django.test import Client

from tests.factories import tool_make
from toolhub.accounts.groups import ADMINISTRATORS
from toolhub.accounts.models import User
from toolhub.audit.models import LogEntry
from toolhub.catalog.models import Revision, ToolDocument
from toolhub.catalog.services.imports import tools_import_remove
from toolhub.core.models import Change

pytestmark = pytest.mark.django_db

ICON = "https://commons.wikimedia.org/wiki/File:Example.svg"
KEYS = [
    "id", "title", "description", "icon", "favorites", "published", "featured", "tools",
    "created_by", "created_date", "modified_by", "modified_date",
]  # fmt: skip


@pytest.fixture
def tools(alice: User) -> list[str]:
    names = ["one", "two", "three"]
    for name in names:
        tool_make(name, actor=alice)
    return names


@pytest.fixture
def api() -> Client:
    return Client(headers={"accept": "application/json"}, raise_request_exception=False)


def as_user(user: User | None) -> Client:
    client = Client(headers={"accept": "application/json"}, raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client


def call(api: Client, method: str, path: str, body: Any = None, status: int = 200) -> Any:
    content = {"content_type": "application/json"} if method != "get" else {}
    data = orjson.dumps(body) if body is not None and method != "get" else body
    response = getattr(api, method)(path, data if data is not None else b"", **content)
    assert response.status_code == status, response.content
    return orjson.loads(response.content) if response.content else None


def made(user: User, **fields: Any) -> Any:
    body = {"title": "Mine", "tools": [], **fields}
    return call(as_user(user), "post", "/api/lists/", body, 201)


def names(shown: Any) -> list[str]:
    return [tool["name"] for tool in shown["tools"]]


def test_it_makes_a_list_in_the_known_shape(alice: User, tools: list[str]) -> None:
    shown = made(
        alice, title=" Mine ", tools=["two", "one"], published=True, icon=ICON, comment="why"
    )
    assert list(shown) == KEYS
    assert (shown["title"], shown["description"], shown["icon"]) == ("Mine", None, ICON)
    assert (shown["published"], shown["featured"], shown["favorites"]) == (True, False, False)
    assert names(shown) == ["two", "one"]
    assert shown["tools"][0] == orjson.loads(ToolDocument.objects.get(name="two").summary_body)
    assert shown["created_by"] == shown["modified_by"] == {"id": alice.pk, "username": "Alice"}
    assert shown == call(as_user(None), "get", f"/api/lists/{shown['id']}/")


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"tools": []}, "title", 2002),
        ({"title": " ", "tools": []}, "title", 2031),
        ({"title": "x" * 256, "tools": []}, "title", 2041),
        ({"title": "x"}, "tools", 2006),
        ({"title": "x", "tools": "one"}, "tools", 2122),
        ({"title": "x", "tools": ["one", "one"]}, "tools", 3207),
        ({"title": "x", "tools": ["none"]}, "tools", 3208),
        ({"title": "x", "tools": [f"t{one}" for one in range(129)]}, "tools", 2041),
        ({"title": "x", "tools": [], "icon": "https://example.org/a.svg"}, "icon", 3006),
        ({"title": "x", "tools": [], "description": "x" * 65536}, "description", 2041),
        ({"title": "x", "tools": [], "published": "perhaps"}, "published", 2011),
    ],
)
def test_it_names_what_is_wrong(
    alice: User, tools: list[str], body: dict[str, Any], field: str, code: int
) -> None:
    before = Change.objects.count()
    error = call(as_user(alice), "post", "/api/lists/", body, 400)
    assert error["code"] == 1000
    assert [(one["field"], one["code"]) for one in error["errors"]] == [(field, code)]
    call(as_user(None), "post", "/api/lists/", body, 401)
    assert Change.objects.count() == before


def test_it_keeps_an_unpublished_list_to_its_creator(
    alice: User, charlie: User, tools: list[str]
) -> None:
    charlie.groups.add(Group.objects.get(name=ADMINISTRATORS))
    path = f"/api/lists/{made(alice, title='Secret')['id']}/"
    assert call(as_user(alice), "get", path)["title"] == "Secret"
    assert call(as_user(alice), "get", "/api/lists/")["count"] == 1
    body = {"title": "x", "tools": []}
    for user in (None, charlie):
        other = as_user(user)
        call(other, "get", path, status=404)
        assert call(other, "get", "/api/lists/")["count"] == 0
        assert call(other, "get", "/api/lists/?published=false")["count"] == 0
        for method in ("put", "patch", "delete"):
            call(other, method, path, body, 404 if user else 401)
        for verb in ("feature", "unfeature"):
            call(other, "patch", f"{path}{verb}/", {}, 404 if user else 401)


def test_it_judges_the_person_before_the_body(alice: User, charlie: User) -> None:
    path = f"/api/lists/{made(alice, published=True)['id']}/"
    call(as_user(None), "put", path, {"title": ""}, 401)
    call(as_user(charlie), "put", path, {"title": ""}, 403)
    call(as_user(charlie), "put", "/api/lists/9999/", {"title": ""}, 404)
    call(as_user(charlie), "delete", path, status=403)
    call(as_user(alice), "put", path, {"title": ""}, 400)


def test_it_changes_only_what_is_named(alice: User, tools: list[str]) -> None:
    shown = made(alice, tools=tools, description="Why", icon=ICON, published=True)
    path = f"/api/lists/{shown['id']}/"
    put = call(as_user(alice), "put", path, {"title": "New", "tools": tools[::-1]})
    assert (put["title"], put["description"], put["published"]) == ("New", "Why", True)
    assert names(put) == tools[::-1]
    patched = call(as_user(alice), "patch", path, {"description": None, "comment": None})
    assert (patched["title"], patched["description"], names(patched)) == ("New", None, tools[::-1])


def test_it_reads_forms(alice: User, tools: list[str]) -> None:
    path = f"/api/lists/{made(alice, published=True)['id']}/"
    body, kind = "title=New&tools=two&tools=one&icon=", "application/x-www-form-urlencoded"
    response = as_user(alice).put(path, body, content_type=kind)
    assert response.status_code == 200
    shown = orjson.loads(response.content)
    assert (shown["title"], shown["icon"], names(shown)) == ("New", None, ["two", "one"])
    assert shown["published"] is True


def test_it_does_not_let_its_creator_feature_it(alice: User, bob: User) -> None:
    path = f"/api/lists/{made(alice, published=True, featured=True)['id']}/"
    body = {"title": "New", "featured": True, "favorites": True, "created_by": {"id": bob.pk}}
    shown = call(as_user(alice), "patch", path, body)
    assert (shown["featured"], shown["favorites"]) == (False, False)
    assert shown["created_by"]["id"] == alice.pk


def test_it_features_what_is_published_once(alice: User, bob: User, charlie: User) -> None:
    charlie.groups.add(Group.objects.get(name=ADMINISTRATORS))
    path = f"/api/lists/{made(alice, published=True)['id']}/"
    call(as_user(bob), "patch", f"{path}feature/", {}, 403)
    call(as_user(charlie), "patch", f"{path}unfeature/", {}, 404)
    call(as_user(charlie), "patch", f"{path}feature/", {"comment": "good"}, 204)
    call(as_user(charlie), "patch", f"{path}feature/", status=404)
    assert call(as_user(None), "get", "/api/lists/?featured=true")["count"] == 1
    assert call(as_user(None), "get", path)["modified_by"]["username"] == "Alice"
    call(as_user(charlie), "patch", f"{path}unfeature/", status=204)
    assert call(as_user(None), "get", "/api/lists/?featured=1")["count"] == 0
    own = f"/api/lists/{made(charlie)['id']}/feature/"
    call(as_user(charlie), "patch", own, {}, 404)


def test_it_leaves_one_row_of_each_kind_for_a_write(alice: User, tools: list[str]) -> None:
    def rows() -> tuple[int, int, int]:
        entries = LogEntry.objects.filter(target_type="toollist").count()
        revisions = Revision.objects.exclude(toollist=None).count()
        return entries, revisions, Change.objects.filter(kind="list").count()

    path = f"/api/lists/{made(alice, published=True)['id']}/"
    assert rows() == (1, 1, 1)
    call(as_user(alice), "patch", path, {"tools": tools})
    assert rows() == (2, 2, 2)
    call(as_user(alice), "put", path, {"title": "Mine", "tools": tools, "description": ""})
    assert rows() == (2, 2, 2)
    call(as_user(alice), "delete", path, status=204)
    assert rows() == (3, 3, 3)
    call(as_user(alice), "get", path, status=404)
    call(as_user(alice), "delete", path, status=404)


def test_it_tells_readers_of_changes_only_what_is_public(alice: User) -> None:
    shown = made(alice)
    path = f"/api/lists/{shown['id']}/"
    for published in (True, False):
        call(as_user(alice), "patch", path, {"published": published})
    actions = Change.objects.filter(kind="list", key=str(shown["id"]))
    assert list(actions.values_list("action", flat=True)) == ["gone", "put", "gone"]


def test_it_keeps_the_place_of_a_deleted_tool(alice: User, tools: list[str]) -> None:
    path = f"/api/lists/{made(alice, tools=tools, published=True)['id']}/"
    tools_import_remove(actor=alice, names=["two"], comment="")
    assert names(call(as_user(None), "get", path)) == ["one", "three"]
    put = call(as_user(alice), "put", path, {"title": "New", "tools": ["one", "three"]})
    assert names(put) == ["one", "three"]
    call(as_user(alice), "post", "/api/lists/", {"title": "x", "tools": ["two"]}, 400)
    tool_make("two", actor=alice)
    assert names(call(as_user(None), "get", path)) == tools


def test_it_filters_and_orders(alice: User, bob: User) -> None:
    for title, user, published in (("B", alice, True), ("A", alice, False), ("C", bob, True)):
        made(user, title=title, published=published)

    def titles(query: str, user: User | None = None) -> list[str]:
        page = call(as_user(user), "get", f"/api/lists/?{query}")
        return [one["title"] for one in page["results"]]

    assert titles("") == ["C", "B"]
    assert titles("", alice) == ["C", "A", "B"]
    assert titles("published=true", alice) == ["C", "B"]
    assert titles("published=False&user=Alice", alice) == ["A"]
    assert titles("user=Bob") == ["C"]
    assert titles("ordering=title", alice) == ["A", "B", "C"]
    assert titles("ordering=-created_by,nonsense") == ["C", "B"]
    error = call(as_user(None), "get", "/api/lists/?featured=perhaps", status=400)
    assert (error["errors"][0]["field"], error["errors"][0]["code"]) == ("featured", 2011)


@pytest.mark.parametrize("size", [1, 10, 1000])
def test_it_needs_few_queries_whatever_the_page_size(
    alice: User, bob: User, tools: list[str], size: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        made(alice if number % 2 else bob, title=str(number), tools=tools, published=True)
    for path in ("/api/lists/", "/api/search/lists/", "/api/search/lists/?q=one"):
        with django_assert_max_num_queries(4):  # one of them is the ETag's
            assert call(as_user(None), "get", path, {"page_size": size})["count"] == 12


@pytest.mark.parametrize("pk", ["0", "9" * 30, "abc", "-1"])
def test_it_answers_not_found_for_any_number(alice: User, pk: str) -> None:
    call(as_user(alice), "get", f"/api/lists/{pk}/", status=404)
    call(as_user(alice), "put", f"/api/lists/{pk}/", {}, status=404)


@pytest.mark.parametrize("body", [5, [], "x", None, [{"title": "x"}]])
def test_it_refuses_what_is_no_object(alice: User, body: Any) -> None:
    client = as_user(alice)
    raw = orjson.dumps(body)
    assert client.post("/api/lists/", raw, content_type="application/json").status_code == 400
