"""What only callers of the services can do: pages, commands, and two at the same time."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.factories import tool_make
from toolhub.accounts.models import User
from toolhub.catalog.models import Revision, Tool
from toolhub.catalog.selectors.tools import tool_get
from toolhub.catalog.services.annotations import annotations_update
from toolhub.catalog.services.history import revision_revert
from toolhub.catalog.services.revisions import snapshot_digest
from toolhub.catalog.services.tools import tool_create, tool_delete, tool_update
from toolhub.core.errors import InvalidInput, NotFound, PermissionDenied, Unauthenticated

pytestmark = pytest.mark.django_db

TOOL = {"name": "a-tool", "title": "A", "description": "D.", "url": "https://a.example.org/"}


def broken(error: pytest.ExceptionInfo[InvalidInput]) -> list[tuple[str, int]]:
    return [(one.field, one.code) for one in error.value.errors]


def test_it_judges_names_by_itself(alice: User) -> None:
    for name in ("", "Bad Name!", "x" * 256, None):
        with pytest.raises(InvalidInput) as error:
            tool_create(actor=alice, fields={**TOOL, "name": name})
        assert broken(error) == [("name", 3006)]
    with pytest.raises(InvalidInput) as error:
        tool_create(actor=alice, fields={"license": "Mine"})
    assert broken(error) == [
        ("name", 2002), ("title", 2002), ("description", 2002), ("url", 2002), ("license", 3104),
    ]  # fmt: skip


def test_it_refuses_an_empty_required_field(alice: User) -> None:
    tool_create(actor=alice, fields=TOOL)
    for empty in (None, "", "  "):
        with pytest.raises(InvalidInput) as error:
            tool_update(actor=alice, name="a-tool", fields={"title": empty})
        assert broken(error) == [("title", 2031)]


def test_it_asks_for_the_right_itself(alice: User, charlie: User) -> None:
    tool_create(actor=alice, fields=TOOL)
    nobody = AnonymousUser()
    with pytest.raises(Unauthenticated):
        tool_create(actor=nobody, fields=TOOL)
    for actor, error in ((nobody, Unauthenticated), (charlie, PermissionDenied)):
        with pytest.raises(error):
            tool_update(actor=actor, name="a-tool", fields={"title": "B"})
        with pytest.raises(error):
            tool_delete(actor=actor, name="a-tool")
    with pytest.raises(Unauthenticated):
        annotations_update(actor=nobody, name="a-tool", fields={}, comment="")
    with pytest.raises(NotFound):
        tool_update(actor=alice, name="other", fields={})


def test_it_reads_links_in_the_language_of_the_tool(alice: User) -> None:
    links = [{"url": "https://docs.example.org/"}]
    tool_create(actor=alice, fields={**TOOL, "_language": "de", "user_docs_url": links})
    tool = tool_update(actor=alice, name="a-tool", fields={"feedback_url": links})
    assert tool.user_docs_url == tool.feedback_url == [{"language": "de", **links[0]}]


def test_it_keeps_what_the_community_said_of_a_tool_that_comes_back(alice: User) -> None:
    tool_create(actor=alice, fields=TOOL)
    annotations_update(actor=alice, name="a-tool", fields={"tasks": ["citing"]}, comment="")
    tool_delete(actor=alice, name="a-tool")
    assert tool_create(actor=alice, fields=TOOL).annotations.tasks == ["citing"]


def test_it_forgets_what_only_the_feed_knew_of_a_tool_that_comes_back(alice: User) -> None:
    tool_make("a-tool", actor=alice, sponsor=["Somebody"])
    Tool.objects.update(extra={"colour": "blue"})
    tool_delete(actor=alice, name="a-tool")
    tool = tool_create(actor=alice, fields=TOOL)
    assert (tool.extra, tool.sponsor, tool.origin) == ({}, [], "api")


def test_it_chains_the_revisions_of_every_kind_of_write(alice: User) -> None:
    tool_create(actor=alice, fields=TOOL)
    tool_update(actor=alice, name="a-tool", fields={"title": "B"})
    annotations_update(actor=alice, name="a-tool", fields={"tasks": ["citing"]}, comment="")
    first = Revision.objects.earliest("id")
    revision_revert(actor=alice, thing=tool_get("a-tool"), revision_id=first.pk)
    tool_delete(actor=alice, name="a-tool")
    tool_create(actor=alice, fields=TOOL)
    digest = ""
    for number, revision in enumerate(Revision.objects.order_by("id"), start=1):
        digest = snapshot_digest(digest, revision.snapshot)
        assert (revision.number, revision.digest) == (number, digest)
    assert number == 6
