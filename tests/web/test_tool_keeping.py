from __future__ import annotations

import orjson
import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import tool_make
from tests.web.pages import HOSTILE, Page
from toolhub.accounts.models import User
from toolhub.catalog.models import Tool, ToolList
from toolhub.catalog.selectors.toollists import toollist_tool_names
from toolhub.catalog.services.toollists import toollist_create

pytestmark = pytest.mark.django_db

PATH = "/tools/a-tool"


@pytest.fixture
def tool(alice: User) -> Tool:
    return tool_make()


@pytest.fixture
def mine(charlie: User, tool: Tool) -> ToolList:
    return toollist_create(actor=charlie, fields={"title": "Mine", "tools": []})


def test_it_has_tabs_for_what_one_may_do(client: Client, tool: Tool, alice: User) -> None:
    assert f"{PATH}/edit" not in Page(client, PATH).links()
    assert {f"{PATH}/edit-annotations", f"{PATH}/history"} <= Page(client, PATH).links()
    client.force_login(alice)
    page = Page(client, PATH)
    assert {f"{PATH}/edit", f"{PATH}/delete"} <= page.links()
    assert "History 1" in page.text


def test_it_offers_the_star_to_people_and_login_to_others(
    client: Client, tool: Tool, charlie: User
) -> None:
    assert f"/user/login/?next={PATH}" in Page(client, PATH).links()
    client.force_login(charlie)
    assert "Add to favourites" in Page(client, PATH).text
    response = client.post(reverse("catalog:favourite-add", args=("a-tool",)), {"next": PATH})
    assert response["Location"] == PATH
    assert "Remove from favourites" in Page(client, PATH).text


def test_it_puts_a_tool_on_a_list_and_takes_it_out(
    client: Client, mine: ToolList, charlie: User
) -> None:
    client.force_login(charlie)
    assert "Add to: Mine" in Page(client, PATH).text
    response = client.post(f"{PATH}/lists/{mine.pk}/add", {"next": PATH}, follow=True)
    assert "A tool is in “Mine”." in response.content.decode()
    assert toollist_tool_names(mine) == ["a-tool"]
    client.post(f"{PATH}/lists/{mine.pk}/add")
    assert toollist_tool_names(mine) == ["a-tool"]
    assert "Remove from: Mine" in Page(client, PATH).text
    client.post(f"{PATH}/lists/{mine.pk}/remove")
    assert toollist_tool_names(mine) == []


def test_it_leaves_the_lists_of_others_alone(client: Client, mine: ToolList, alice: User) -> None:
    assert client.post(f"{PATH}/lists/{mine.pk}/add").status_code == 404
    client.force_login(alice)
    assert client.post(f"{PATH}/lists/{mine.pk}/add").status_code == 404
    ToolList.objects.update(is_published=True)
    assert client.post(f"{PATH}/lists/{mine.pk}/add").status_code == 403
    assert "Mine" not in Page(client, PATH).text


def test_it_names_the_published_lists_that_it_is_in(
    client: Client, tool: Tool, alice: User
) -> None:
    for title, published in (("Open", True), ("Secret", False)):
        fields = {"title": title, "tools": ["a-tool"], "published": published}
        toollist_create(actor=alice, fields=fields)
    text = Page(client, PATH).text
    assert "In lists Open" in text
    assert "Secret" not in text


def test_it_tells_search_engines_what_it_is(client: Client, tool: Tool) -> None:
    page = Page(client, PATH)
    data = page.html.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert orjson.loads(data)["name"] == "A tool"
    assert len(page.elements["data"]) == 1


def test_it_lets_nothing_out_of_the_data(client: Client) -> None:
    tool_make("evil", title=HOSTILE, description="</script><script>alert(1)</script>")
    page = Page(client, "/tools/evil")
    assert not page.elements["script"]
    assert len(page.elements["data"]) == 1
