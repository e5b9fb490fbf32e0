from __future__ import annotations

from typing import Any

import pytest

from tests.api.client import Api, code, codes
from tests.factories import tool_make
from toolhub.accounts.models import User
from toolhub.audit.models import LogEntry
from toolhub.catalog.models import Revision
from toolhub.core.models import Change

pytestmark = pytest.mark.django_db

PATH = "/api/tools/a-tool/annotations/"


def test_it_takes_one_field_and_why_from_anybody(alice: User, charlie: User) -> None:
    tool_make("a-tool", actor=alice)
    audits, changes = LogEntry.objects.count(), Change.objects.count()
    status, body = Api(charlie)("PUT", PATH, {"audiences": ["editor"], "comment": "why"})
    assert (status, body["audiences"]) == (200, ["editor"])
    assert body == Api().get(PATH) == Api().get("/api/tools/a-tool/")["annotations"]
    revision = Revision.objects.latest("id")
    assert (revision.number, revision.comment, revision.user) == (2, "why", charlie)
    assert (LogEntry.objects.count(), Change.objects.count()) == (audits + 1, changes + 1)
    entry = LogEntry.objects.latest("id")
    assert (entry.target_type, entry.get_action_display()) == ("tool", "updated")
    assert entry.params == {"revision": revision.pk}


def test_it_keeps_what_is_not_named_and_empties_what_is_null(alice: User) -> None:
    tool_make("a-tool", actor=alice)
    api = Api(alice)
    api("PUT", PATH, {"audiences": ["editor"], "tasks": ["citing"], "wikidata_qid": "Q42"})
    _, body = api("PUT", PATH, {"audiences": [], "wikidata_qid": None, "deprecated": True})
    assert (body["audiences"], body["tasks"]) == ([], ["citing"])
    assert (body["wikidata_qid"], body["deprecated"]) == (None, True)


def test_it_writes_nothing_when_nothing_changes(alice: User) -> None:
    tool_make("a-tool", actor=alice)
    seq = Change.objects.count()
    assert Api(alice)("PUT", PATH, {"audiences": [], "icon": ""})[0] == 200
    assert Api(alice)("PUT", PATH, {})[0] == 200
    assert (Revision.objects.count(), Change.objects.count()) == (1, seq)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"audiences": ["nobody"]}, [("audiences", 3101)]),
        ({"tasks": "citing"}, [("tasks", 3101)]),
        ({"content_types": [["x"]]}, [("content_types", 3101)]),
        ({"wikidata_qid": "42"}, [("wikidata_qid", 3006)]),
        ({"wikidata_qid": "Q0"}, [("wikidata_qid", 3006)]),
        ({"repository": "javascript:x"}, [("repository", 3008)]),
        ({"icon": "x"}, [("icon", 3006)]),
        ({"for_wikis": ["example.org"], "tool_type": "x"}, [("tool_type", 2081)]),
    ],
)
def test_it_names_what_is_wrong(
    alice: User, body: dict[str, Any], expected: list[tuple[str, int]]
) -> None:
    tool_make("a-tool", actor=alice)
    assert codes(Api(alice)("PUT", PATH, body)) == expected


def test_it_takes_no_core_field(alice: User) -> None:
    tool_make("a-tool", actor=alice)
    assert Api(alice)("PUT", PATH, {"title": "Other", "license": "x"})[0] == 200
    assert Api().get("/api/tools/a-tool/")["title"] == "A tool"


def test_it_refuses_nobody_and_nothing(alice: User) -> None:
    assert code(Api()("PUT", PATH, {})) == (401, 4003)
    assert code(Api(alice)("PUT", PATH, {"audiences": 5})) == (404, 4004)
    assert code(Api()("GET", PATH)) == (404, 4004)
