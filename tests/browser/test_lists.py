"""What people do with lists and favourites, with JavaScript and without."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Group
from playwright.sync_api import Page

from tests.browser.conftest import LogIn
from tests.browser.test_pages import FORMS, RULES, check
from tests.factories import tool_make, user_make
from toolhub.accounts.groups import ADMINISTRATORS
from toolhub.accounts.models import User
from toolhub.catalog.models import ToolList
from toolhub.catalog.services.favourites import favourite_add
from toolhub.catalog.services.toollists import toollist_create, toollist_feature

pytestmark = pytest.mark.browser


def admin_make() -> User:
    chief = user_make("Chief")
    # The group comes with a migration, but the tables are emptied between such tests.
    chief.groups.add(Group.objects.get_or_create(name=ADMINISTRATORS)[0])
    return chief


def lists_make() -> ToolList:
    """A featured list, an ordinary one, an unpublished one, and two favourites, all Alice's."""
    alice = user_make("Alice")
    names = ["tool-3", "citation-hunt", "arabic", "tool-1"]
    texts = {"description": "For people who run an edit-a-thon.", "published": True}
    made = toollist_create(
        actor=alice, fields={"title": "Coolest Tool Award 2025", **texts, "tools": names}
    )
    toollist_feature(actor=admin_make(), toollist=made)
    toollist_create(actor=alice, fields={"title": "أدوات الترجمة", **texts, "tools": ["arabic"]})
    toollist_create(actor=alice, fields={"title": "Draft " * 12, "tools": names[:2]})
    for name in names[:2]:
        favourite_add(actor=alice, name=name)
    return made


def has_order(page: Page, *titles: str) -> None:
    """Waits for it: with JavaScript the tools are replaced without a reload."""
    for number, title in enumerate(titles):
        place = page.locator(".list-tool").nth(number).get_by_role("link", name=title)
        place.wait_for()
    assert page.locator(".list-tool").count() == len(titles)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def add(page: Page, words: str, title: str) -> None:
    page.get_by_label("Add a tool").fill(words)
    press(page, "Find tools")
    press(page, f"Add {title}")
    page.locator(".list-tool").get_by_role("link", name=title).wait_for()


@pytest.mark.parametrize("has_script", [True, False])
def test_a_list_is_made_ordered_and_published(site: str, log_in: LogIn, has_script: bool) -> None:
    page = log_in(user_make("Bob"), java_script_enabled=has_script).new_page()
    page.goto(f"{site}/lists")
    page.get_by_role("main").get_by_role("link", name="Make a list").first.click()
    page.get_by_label("Title").fill("For workshops")
    page.get_by_label("Add a tool").fill("tool-2")
    page.get_by_label("Add a tool").press("Enter")
    press(page, "Add Tool 2")
    add(page, "snippets", "Citation Hunt")
    add(page, "tool-5", "Tool 5")
    press(page, "Move up: Citation Hunt")
    has_order(page, "Citation Hunt", "Tool 2", "Tool 5")
    if not has_script:
        moved = "document.activeElement.getAttribute('aria-label')"
        assert page.evaluate(moved) == "Move down: Citation Hunt"
    press(page, "Remove from the list: Tool 2")
    has_order(page, "Citation Hunt", "Tool 5")
    assert page.get_by_label("Title").input_value() == "For workshops"
    page.get_by_text("Published", exact=True).click()
    press(page, "Save list")
    assert page.get_by_role("heading", level=1).inner_text() == "For workshops"
    assert "The list is saved." in page.inner_text("[role=status]")
    titles = [one.inner_text() for one in page.locator("ol h3 a").all()]
    assert titles == ["Citation Hunt", "Tool 5"]


def test_who_is_faster_than_the_network_loses_nothing(site: str, log_in: LogIn) -> None:
    page = log_in(user_make("Bob")).new_page()
    page.goto(f"{site}/lists/create")
    page.get_by_label("Add a tool").fill("tool-2")
    press(page, "Find tools")
    page.get_by_role("button", name="Add Tool 2", exact=True).wait_for()
    page.evaluate(
        """() => {
            document.querySelector('[value="add:tool-2"]').click();
            document.querySelector('#id_find').value = 'snippets';
            document.querySelector('#find-tools').click();
        }"""
    )
    page.get_by_role("button", name="Add Citation Hunt", exact=True).wait_for()
    has_order(page, "Tool 2")
    assert page.get_by_label("Add a tool").input_value() == "snippets"


@pytest.mark.parametrize("has_script", [True, False])
def test_a_list_is_featured_on_the_start_page(site: str, log_in: LogIn, has_script: bool) -> None:
    fields = {"title": "For workshops", "published": True, "tools": ["tool-2"]}
    made = toollist_create(actor=user_make("Bob"), fields=fields)
    page = log_in(admin_make(), java_script_enabled=has_script).new_page()
    page.goto(f"{site}/lists/{made.pk}")
    press(page, "Feature this list")
    assert page.get_by_text("Featured", exact=True).count()
    page.goto(site)
    page.get_by_role("link", name="For workshops").click()
    assert page.url == f"{site}/lists/{made.pk}"
    press(page, "Feature no longer")
    assert page.get_by_text("Featured", exact=True).count() == 0


@pytest.mark.parametrize("has_script", [True, False])
def test_a_list_is_found_edited_deleted_and_brought_back(
    site: str, log_in: LogIn, has_script: bool
) -> None:
    lists_make()
    page = log_in(user_make("Alice"), java_script_enabled=has_script).new_page()
    page.goto(f"{site}/published-lists")
    page.get_by_role("main").get_by_role("searchbox").fill("coolest")
    page.get_by_role("main").get_by_role("searchbox").press("Enter")
    page.get_by_role("heading", name="1 list for").wait_for()
    page.get_by_role("link", name="Coolest Tool Award 2025").click()
    page.get_by_role("link", name="Edit list").click()
    page.get_by_label("Title").fill("")
    press(page, "Save list")
    page.get_by_role("alert").get_by_role("link").click()
    page.get_by_label("Title").fill("Renamed")
    press(page, "Save list")
    assert page.get_by_role("heading", level=1).inner_text() == "Renamed"
    page.get_by_role("link", name="Delete list").click()
    press(page, "Delete list")
    assert "The list is deleted." in page.inner_text("[role=status]")
    press(page, "Undo")
    assert page.get_by_role("heading", level=1).inner_text() == "Renamed"


@pytest.mark.parametrize("has_script", [True, False])
def test_a_favourite_is_removed_and_brought_back(
    site: str, log_in: LogIn, has_script: bool
) -> None:
    lists_make()
    page = log_in(user_make("Alice"), java_script_enabled=has_script).new_page()
    page.goto(f"{site}/favorites")
    press(page, "Remove from favourites: Citation Hunt")
    assert page.get_by_role("link", name="Citation Hunt").count() == 0
    press(page, "Undo")
    assert page.get_by_role("link", name="Citation Hunt").count() == 1


def test_pages_of_lists_are_accessible_in_every_form(
    site: str, log_in: LogIn, screenshots: Path
) -> None:
    made = lists_make()
    pages = {
        "lists-own": "/lists",
        "lists-browse": "/published-lists",
        "list": f"/lists/{made.pk}",
        "list-create": "/lists/create?tools=tool-1&tools=citation-hunt&tools=arabic",
        "list-delete": f"/lists/{made.pk}/delete",
        "favourites": "/favorites",
    }
    found: dict[str, list[str]] = {}
    for (name, path), (theme, language, width) in product(pages.items(), FORMS):
        label = f"{name}-{width}-{theme}-{language}"
        address = f"{site}{path}{'&' if '?' in path else '?'}uselang={language}"
        viewport = {"width": width, "height": 800}
        page = log_in(user_make("Alice"), viewport=viewport, color_scheme=theme).new_page()
        found[label] = check(page, address, screenshots / f"{label}.png")
        page.context.close()
    assert {label: problems for label, problems in found.items() if problems} == {}


def test_the_form_is_accessible_when_it_found_something_and_when_it_is_wrong(
    site: str, log_in: LogIn, screenshots: Path
) -> None:
    tool_make("citation-bot")
    page = log_in(user_make("Alice"), viewport={"width": 360, "height": 800}).new_page()
    page.goto(f"{site}/lists/create?tools=tool-1&tools=citation-bot")
    page.get_by_label("Icon").fill("https://example.org/icon.svg")
    press(page, "Save list")
    page.get_by_label("Add a tool").fill("citation")
    press(page, "Find tools")
    page.get_by_role("heading", name="Found for").wait_for()
    page.screenshot(path=screenshots / "list-form-found-360.png", full_page=True)
    assert Axe().run(page, options=RULES).response["violations"] == []
    press(page, "Save list")
    page.get_by_role("alert").wait_for()
    assert Axe().run(page, options=RULES).response["violations"] == []
