from __future__ import annotations

import orjson
import pytest

from tests.factories import tool_make
from toolhub.accounts.models import User
from toolhub.audit.models import LogEntry
from toolhub.catalog.models import Revision, Tool, ToolDocument
from toolhub.catalog.services.imports import (
    Outcome,
    ToolWrite,
    Written,
    tools_import,
    tools_import_remove,
)
from toolhub.catalog.services.revisions import snapshot_digest
from toolhub.core.models import Change

FIELDS = {"title": "A", "description": "Does a.", "url": "https://a.example.org/"}

pytestmark = pytest.mark.django_db


def write(actor: User, name: str = "a", **fields: object) -> Written:
    stated = {**FIELDS, **fields}
    return tools_import(actor=actor, writes=[ToolWrite(name, stated)], comment="test")[0]


def rows() -> tuple[int, int, int]:
    return (
        Revision.objects.count(),
        LogEntry.objects.filter(target_type="tool").count(),
        (Change.objects.filter(kind="tool").count()),
    )


def test_it_leaves_revision_audit_document_and_change_for_a_new_tool(alice: User) -> None:
    assert write(alice).outcome is Outcome.CREATED
    revision = Revision.objects.get()
    entry = LogEntry.objects.get(target_type="tool")
    assert (revision.number, revision.user, revision.comment) == (1, alice, "test")
    assert (entry.get_action_display(), entry.user, entry.params) == (
        "created", alice, {"revision": revision.pk},
    )  # fmt: skip
    assert Change.objects.filter(kind="tool").values_list("key", "action").get() == ("a", "put")
    assert orjson.loads(ToolDocument.objects.get().body)["title"] == "A"


def test_it_writes_nothing_when_nothing_changed(alice: User) -> None:
    write(alice, keywords=["x"], subtitle=None)
    before = rows()
    assert write(alice, keywords=["x"], subtitle="").outcome is Outcome.UNCHANGED
    assert rows() == before


def test_it_updates_only_on_real_change_and_numbers_revisions(alice: User, bob: User) -> None:
    write(alice)
    assert write(bob, title="B").outcome is Outcome.UPDATED
    tool = Tool.objects.get()
    assert (tool.title, tool.created_by, tool.modified_by) == ("B", alice, bob)
    assert list(Revision.objects.order_by("id").values_list("number", flat=True)) == [1, 2]
    document = orjson.loads(ToolDocument.objects.get().body)
    assert (document["title"], document["modified_by"]["username"]) == ("B", "Bob")


def test_it_empties_a_field_the_statement_no_longer_names(alice: User) -> None:
    write(alice, license="MIT", keywords=["x"])
    write(alice)
    tool = Tool.objects.get()
    assert (tool.license, tool.keywords) == (None, [])


def test_it_chains_the_digests_of_revisions(alice: User) -> None:
    for title in "ABC":
        write(alice, title=title)
    digest = ""
    for revision in Revision.objects.order_by("number"):
        digest = snapshot_digest(digest, revision.snapshot)
        assert revision.digest == digest


def test_it_soft_deletes_and_revives(alice: User) -> None:
    write(alice)
    assert tools_import_remove(actor=alice, names=["a", "unknown"], comment="gone") == 1
    assert not ToolDocument.objects.exists()
    assert Tool.objects.get().deleted_at is not None
    assert Change.objects.filter(kind="tool").last().action == "gone"  # type: ignore[union-attr]
    assert tools_import_remove(actor=alice, names=["a"], comment="again") == 0
    assert write(alice).outcome is Outcome.REVIVED
    assert Tool.objects.get().deleted_at is None
    assert ToolDocument.objects.get().name == "a"
    assert list(Revision.objects.order_by("id").values_list("number", flat=True)) == [1, 2, 3]


def test_it_leaves_a_tool_alone_that_a_person_keeps(alice: User) -> None:
    write(alice)
    Tool.objects.update(origin=Tool.Origin.API)
    before = rows()
    assert write(alice, title="B").outcome is Outcome.REFUSED
    assert rows() == before


def test_it_rolls_a_whole_batch_back_when_the_caller_objects(alice: User) -> None:
    def object_to_it(written: list[Written]) -> None:
        raise LookupError

    before = rows()
    with pytest.raises(LookupError):
        tools_import(actor=alice, writes=[ToolWrite("a", FIELDS)], comment="", after=object_to_it)
    assert rows() == before
    assert not Tool.objects.exists()


def test_it_writes_many_tools_in_few_queries(
    alice: User, django_assert_max_num_queries: object
) -> None:
    writes = [ToolWrite(f"t{number}", FIELDS) for number in range(100)]
    with django_assert_max_num_queries(24):  # type: ignore[operator]
        tools_import(actor=alice, writes=writes, comment="")
    assert Tool.objects.count() == ToolDocument.objects.count() == 100


def test_it_tells_names_apart_byte_by_byte(alice: User) -> None:
    for name in ("cafe", "café", "straße", "strasse"):
        tool_make(name, actor=alice)
    assert Tool.objects.count() == 4


def test_it_renders_the_search_shape_beside_the_public_one(alice: User) -> None:
    tool_make("a", author=[{"name": "Ann"}])
    document = ToolDocument.objects.get()
    public, hit = orjson.loads(document.body), orjson.loads(document.search_body)
    assert public["author"] == [{"name": "Ann"}]
    assert hit["author"][0] == {
        "name": "Ann", "wiki_username": None, "developer_username": None, "email": None, "url": None,
    }  # fmt: skip
    assert public["created_date"].endswith("Z")
    assert hit["created_date"].endswith("+00:00")
