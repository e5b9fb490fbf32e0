from __future__ import annotations

import threading

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.db import connection

from tests.factories import tool_make, user_make
from toolhub.accounts.groups import OVERSIGHTERS
from toolhub.accounts.models import User
from toolhub.catalog.models import Favourite, Revision, ToolList
from toolhub.catalog.selectors.toollists import toollist_tool_names
from toolhub.catalog.services.favourites import favourite_add
from toolhub.catalog.services.imports import tools_import_remove
from toolhub.catalog.services.revisions import snapshot_digest
from toolhub.catalog.services.toollist_documents import toollist_snapshot
from toolhub.catalog.services.toollists import (
    toollist_create,
    toollist_delete,
    toollist_feature,
    toollist_restore,
    toollist_update,
)
from toolhub.core.errors import InvalidInput, NotFound, PermissionDenied, Unauthenticated


def make(actor: User, *names: str, title: str = "Mine") -> ToolList:
    for name in names:
        tool_make(name, actor=actor)
    return toollist_create(actor=actor, fields={"title": title, "tools": list(names)})


@pytest.mark.django_db
def test_it_keeps_a_chain_of_numbered_snapshots(alice: User) -> None:
    toollist = make(alice, "one", "two")
    changed = toollist_update(
        actor=alice, toollist=toollist, fields={"tools": ["two", "one"]}, comment="turned"
    )
    toollist_delete(actor=alice, toollist=changed, comment="gone")
    first, second, third = Revision.objects.filter(toollist=toollist).order_by("number")
    assert [one.number for one in (first, second, third)] == [1, 2, 3]
    assert [one.comment for one in (first, second, third)] == ["", "turned", "gone"]
    assert first.digest == snapshot_digest("", first.snapshot)
    assert third.digest == snapshot_digest(second.digest, third.snapshot)
    assert second.at == changed.modified_at
    assert list(first.snapshot) == [
        "id", "title", "description", "icon", "favorites", "published", "featured", "tools",
        "created_by", "created_date",
    ]  # fmt: skip
    assert second.snapshot["tools"] == ["two", "one"]
    assert second.snapshot == toollist_snapshot(changed)


@pytest.mark.django_db
def test_it_brings_back_an_old_version_with_a_tool_deleted_since(alice: User) -> None:
    toollist = make(alice, "one", "two")
    snapshot = toollist_snapshot(toollist)
    toollist_update(actor=alice, toollist=toollist, fields={"tools": ["one"]})
    tools_import_remove(actor=alice, names=["two"], comment="")
    fields = {
        name: snapshot[name] for name in ("title", "description", "icon", "published", "tools")
    }
    toollist_update(actor=alice, toollist=toollist, fields=fields)
    assert toollist_tool_names(toollist) == ["one", "two"]
    with pytest.raises(InvalidInput):
        toollist_create(actor=alice, fields=fields)


@pytest.mark.django_db
def test_it_keeps_since_when_a_tool_is_in_the_list(alice: User) -> None:
    toollist = make(alice, "one", "two")
    since = toollist.items.get(tool__name="one").added_at
    toollist_update(actor=alice, toollist=toollist, fields={"tools": ["two", "one"]})
    assert toollist.items.get(tool__name="one").added_at == since
    assert [item.position for item in toollist.items.all()] == [0, 1]


@pytest.mark.django_db
def test_it_asks_for_the_right_itself(alice: User, bob: User, charlie: User) -> None:
    toollist = make(alice)
    charlie.groups.add(Group.objects.get(name=OVERSIGHTERS))
    with pytest.raises(Unauthenticated):
        toollist_create(actor=AnonymousUser(), fields={"title": "x"})
    with pytest.raises(PermissionDenied):
        toollist_update(actor=bob, toollist=toollist, fields={"title": "x"})
    toollist_update(actor=charlie, toollist=toollist, fields={"title": "x"})
    for act in (toollist_delete, toollist_feature):
        with pytest.raises(PermissionDenied):
            act(actor=charlie, toollist=toollist)


@pytest.mark.django_db
def test_it_does_not_change_what_was_deleted_meanwhile(alice: User) -> None:
    toollist = make(alice)
    toollist_delete(actor=alice, toollist=toollist)
    with pytest.raises(NotFound):
        toollist_update(actor=alice, toollist=toollist, fields={"title": "x"})
    with pytest.raises(NotFound):
        toollist_delete(actor=alice, toollist=toollist)


@pytest.mark.django_db
def test_it_brings_back_a_deleted_list_once(alice: User, bob: User) -> None:
    toollist = make(alice, "one")
    toollist_delete(actor=alice, toollist=toollist)
    with pytest.raises(PermissionDenied):
        toollist_restore(actor=bob, toollist=toollist)
    back = toollist_restore(actor=alice, toollist=toollist, comment="a mistake")
    assert back.deleted_at is None
    assert toollist_tool_names(back) == ["one"]
    newest = Revision.objects.filter(toollist=toollist).order_by("-number")[0]
    assert (newest.number, newest.comment) == (3, "a mistake")
    with pytest.raises(NotFound):
        toollist_restore(actor=alice, toollist=toollist)


@pytest.mark.django_db
def test_it_names_every_field_that_is_wrong(alice: User) -> None:
    with pytest.raises(InvalidInput) as caught:
        toollist_create(
            actor=alice,
            fields={
                "title": "",
                "icon": "x",
                "tools": ["none", "none"],
                "description": "x" * 70000,
            },
        )
    found = [(one.field, one.code) for one in caught.value.errors]
    assert found == [
        ("title", 2031), ("description", 2041), ("icon", 3006), ("tools", 3207), ("tools", 3208),
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_it_settles_writers_of_the_same_list_and_favourite() -> None:
    alice = user_make("Alice")
    toollist = make(alice, "one", "two")
    refused: list[InvalidInput] = []

    def write(number: int) -> None:
        order = ["one", "two"] if number % 2 else ["two", "one"]
        fields = {"title": f"Title {number}", "tools": order}
        toollist_update(actor=alice, toollist=toollist, fields=fields)
        try:
            favourite_add(actor=alice, name="one")
        except InvalidInput as error:
            refused.append(error)
        connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = Revision.objects.filter(toollist=toollist).order_by("number")
    assert list(numbers.values_list("number", flat=True)) == list(range(1, 8))
    assert Favourite.objects.count() == 1
    assert len(refused) == 5
