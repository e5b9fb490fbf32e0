from __future__ import annotations

from typing import Any

import pytest

from tests.api.client import Api, code, codes, member
from tests.factories import tool_make
from toolhub.accounts.models import User
from toolhub.audit.models import LogEntry
from toolhub.catalog.models import Revision, Tool, ToolDocument
from toolhub.core.models import Change

pytestmark = pytest.mark.django_db

TOOL = {
    "name": "new-tool",
    "title": "New tool",
    "description": "Does one thing.",
    "url": "https://new.example.org/",
}


def counts() -> tuple[int, int, int]:
    return Revision.objects.count(), LogEntry.objects.count(), Change.objects.count()


def added(before: tuple[int, int, int]) -> tuple[int, ...]:
    return tuple(now - then for now, then in zip(counts(), before, strict=True))


def test_it_adds_a_tool(alice: User) -> None:
    before = counts()
    body = {
        **TOOL, "keywords": ["a", "b"], "author": [{"name": "Alice"}], "license": "MIT", "tool_type": "bot",
        "for_wikis": ["en.wikipedia.org"], "user_docs_url": [{"url": "https://docs.example.org/"}], "comment": "why",
        "nonsense": 1,
    }  # fmt: skip
    status, tool = Api(alice)("POST", "/api/tools/", body)
    assert status == 201
    assert tool == Api().get("/api/tools/new-tool/")
    assert (tool["origin"], tool["_language"]) == ("api", "en")
    assert tool["created_by"] == tool["modified_by"] == {"id": alice.pk, "username": "Alice"}
    assert tool["user_docs_url"] == [{"language": "en", "url": "https://docs.example.org/"}]
    assert tool["keywords"] == ["a", "b"]
    assert added(before) == (1, 1, 1)
    entry = LogEntry.objects.latest("id")
    revision = Revision.objects.latest("id")
    assert (entry.get_action_display(), entry.message) == ("created", "why")
    assert entry.params == {"revision": revision.pk}
    assert (revision.number, revision.comment, revision.snapshot) == (1, "why", tool)


def test_it_takes_a_tool_from_a_form(alice: User) -> None:
    api = Api(alice)
    form = {**TOOL, "keywords": ["a", "b"], "author[0]name": "Alice", "deprecated": "true"}
    assert api.client.post("/api/tools/", form).status_code == 201
    tool = api.get("/api/tools/new-tool/")
    assert (tool["keywords"], tool["author"]) == (["a", "b"], [{"name": "Alice"}])
    assert tool["deprecated"] is True


def test_it_asks_for_a_login_before_anything_else(db: None) -> None:
    assert code(Api()("POST", "/api/tools/", {"name": "!"})) == (401, 4003)
    assert code(Api()("PUT", "/api/tools/none/", {})) == (401, 4003)
    assert code(Api()("DELETE", "/api/tools/none/")) == (401, 4003)


BREACHES = [
    ({"name": "Bad Name!"}, [("name", 3006)]),
    ({"name": "---"}, [("name", 3006)]),
    ({"name": "x" * 256}, [("name", 2041)]),
    ({"name": ""}, [("name", 2031)]),
    ({"title": "\u200b"}, [("title", 2031)]),
    ({"title": None}, [("title", 2022)]),
    ({"title": ["a"]}, [("title", 2012)]),
    ({"url": "nonsense"}, [("url", 3008)]),
    ({"url": ""}, [("url", 2031)]),
    ({"url": "javascript:alert(1)"}, [("url", 3008)]),
    ({"url": "http://127.0.0.1/"}, [("url", 3008)]),
    ({"repository": "javascript:alert(1)"}, [("repository", 3008)]),
    ({"api_url": "JavaScript:alert(1)"}, [("api_url", 3008)]),
    ({"replaced_by": "data:text/html,x"}, [("replaced_by", 3008)]),
    ({"translate_url": "vbscript:x"}, [("translate_url", 3008)]),
    ({"bugtracker_url": "x" * 2048}, [("bugtracker_url", 2041)]),
    ({"license": "Mine"}, [("license", 3104)]),
    ({"for_wikis": ["example.org"]}, [("for_wikis", 3101)]),
    ({"available_ui_languages": ["xx-nope"]}, [("available_ui_languages", 3102)]),
    ({"_language": "klingonish"}, [("_language", 3102)]),
    ({"tool_type": "spaceship"}, [("tool_type", 2081)]),
    ({"author": [{"wiki": "Alice"}]}, [("author", 3101), ("author", 3101)]),
    ({"author": [{"name": "A", "url": "javascript:x"}]}, [("author", 3101)]),
    ({"author": 5}, [("author", 3101)]),
    ({"icon": "https://example.org/i.png"}, [("icon", 3006)]),
    ({"user_docs_url": "https://docs.example.org/"}, [("user_docs_url", 3203)]),
    ({"user_docs_url": [{"language": "en"}]}, [("user_docs_url", 3205)]),
    ({"feedback_url": [{"url": "javascript:x"}]}, [("feedback_url", 3101)]),
    ({"url_alternates": ["https://a.example.org/"]}, [("url_alternates", 3101)]),
    ({"deprecated": "perhaps"}, [("deprecated", 2011)]),
    ({"keywords": [{"a": 1}]}, [("keywords", 3101)]),
    ({"comment": ""}, [("comment", 2031)]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), BREACHES)
def test_it_names_the_field_and_the_code(
    alice: User, change: dict[str, Any], expected: list[tuple[str, int]]
) -> None:
    found = codes(Api(alice)("POST", "/api/tools/", {**TOOL, **change}))
    assert list(dict.fromkeys(found)) == list(dict.fromkeys(expected))
    assert not Tool.objects.exists()


def test_it_names_every_field_that_is_missing(alice: User) -> None:
    missing = [("title", 2002), ("description", 2002), ("url", 2002)]
    assert sorted(codes(Api(alice)("POST", "/api/tools/", {"name": "x"}))) == sorted(missing)
    assert codes(Api(alice)("POST", "/api/tools/", [])) == [("non_field_errors", 1001)]


def test_it_names_all_that_is_wrong_at_once(alice: User) -> None:
    bad = {**TOOL, "url": "x", "license": "Mine", "tasks": ["x"], "for_wikis": ["example.org"]}
    found = codes(Api(alice)("POST", "/api/tools/", bad))
    assert sorted(found) == [("for_wikis", 3101), ("license", 3104), ("url", 3008)]


@pytest.mark.parametrize("name", ["taken", "Taken", "-taken-", "TAKEN_"])
def test_it_refuses_a_taken_name_however_it_is_spelled(alice: User, bob: User, name: str) -> None:
    tool_make("taken", actor=alice)
    assert codes(Api(bob)("POST", "/api/tools/", {**TOOL, "name": name})) == [("name", 3001)]
    assert Tool.objects.get().created_by == alice


def test_it_gives_a_deleted_name_a_new_life(alice: User, bob: User) -> None:
    tool_make("new-tool", actor=alice, license="MIT", keywords=["old"])
    assert Api(alice)("DELETE", "/api/tools/new-tool/") == (204, None)
    before = counts()
    status, tool = Api(bob)("POST", "/api/tools/", TOOL)
    assert status == 201
    assert (tool["origin"], tool["created_by"]["username"]) == ("api", "Bob")
    assert (tool["license"], tool["keywords"]) == (None, [])
    assert added(before) == (1, 1, 1)
    assert Revision.objects.latest("id").number == 3
    assert Api(bob)("PUT", "/api/tools/new-tool/", {**TOOL, "title": "Mine"})[0] == 200


def test_it_changes_the_fields_that_are_named(alice: User) -> None:
    tool_make("new-tool", actor=alice, license="MIT", keywords=["old"], deprecated=True)
    before = counts()
    body: dict[str, Any] = {
        **TOOL,
        "title": "Other",
        "keywords": [],
        "deprecated": None,
        "comment": "why",
    }
    status, tool = Api(alice)("PUT", "/api/tools/new-tool/", body)
    assert status == 200
    assert (tool["title"], tool["keywords"], tool["deprecated"]) == ("Other", [], False)
    assert tool["license"] == "MIT"
    assert added(before) == (1, 1, 1)
    assert (
        ToolDocument.objects.get().body.encode() == Api().client.get("/api/tools/new-tool/").content
    )


@pytest.mark.parametrize("nothing", [None, ""])
def test_it_empties_a_text_field(alice: User, nothing: str | None) -> None:
    tool_make("new-tool", actor=alice, license="MIT", tool_type="bot")
    body = {"license": nothing, "tool_type": nothing, "icon": nothing, "api_url": nothing}
    status, tool = Api(alice)("PATCH", "/api/tools/new-tool/", body)
    assert (status, tool["license"], tool["tool_type"]) == (200, None, None)


def test_it_writes_nothing_when_nothing_changes(alice: User) -> None:
    tool_make(
        "new-tool", actor=alice, **{key: TOOL[key] for key in ("title", "description", "url")}
    )
    before = counts()
    assert Api(alice)("PUT", "/api/tools/new-tool/", {**TOOL, "subtitle": ""})[0] == 200
    assert added(before) == (0, 0, 0)


def test_it_keeps_name_and_origin_whatever_is_sent(alice: User) -> None:
    tool_make("new-tool", actor=alice)
    for method in ("PUT", "PATCH"):
        body = {**TOOL, "name": "other", "origin": "api", "created_by": 1, "title": method}
        status, tool = Api(alice)(method, "/api/tools/new-tool/", body)
        assert (status, tool["name"], tool["origin"], tool["title"]) == (
            200, "new-tool", "crawler", method,
        )  # fmt: skip


def test_it_says_who_changed_it_last(alice: User) -> None:
    tool_make("new-tool", actor=alice)
    admin = Api(member("Administrators"))
    _, tool = admin("PATCH", "/api/tools/new-tool/", {"title": "Mended"})
    assert tool["created_by"]["username"] == "Alice"
    assert tool["modified_by"]["username"] == "Administrators"


@pytest.mark.parametrize(
    ("group", "change", "delete"),
    [
        ("Administrators", 200, 204),
        ("Oversighters", 200, 403),
        ("Bureaucrats", 403, 403),
        ("Patrollers", 403, 403),
    ],
)
def test_it_lets_groups_do_what_they_may(alice: User, group: str, change: int, delete: int) -> None:
    tool_make("new-tool", actor=alice)
    api = Api(member(group))
    assert api("PUT", "/api/tools/new-tool/", {**TOOL, "title": "x"})[0] == change
    assert api("PATCH", "/api/tools/new-tool/", {"title": "y"})[0] == change
    assert api("DELETE", "/api/tools/new-tool/")[0] == delete


def test_it_tells_a_stranger_so_before_it_reads_the_body(alice: User, charlie: User) -> None:
    tool_make("new-tool", actor=alice)
    api = Api(charlie)
    assert code(api("PUT", "/api/tools/new-tool/", {"title": ""})) == (403, 4005)
    assert code(api("DELETE", "/api/tools/new-tool/")) == (403, 4005)
    assert code(api("PATCH", "/api/tools/none/", {"title": ""})) == (404, 4004)


def test_it_deletes_a_tool(alice: User) -> None:
    tool_make("new-tool", actor=alice)
    before = counts()
    assert Api(alice)("DELETE", "/api/tools/new-tool/") == (204, None)
    assert added(before) == (1, 1, 1)
    assert code(Api()("GET", "/api/tools/new-tool/")) == (404, 4004)
    assert code(Api(alice)("DELETE", "/api/tools/new-tool/")) == (404, 4004)
    assert Change.objects.latest("seq").action == "gone"
