"""What maintainers, patrollers and developers do, with JavaScript and without."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Group
from playwright.sync_api import Page, expect

from crawler.models import Url
from crawler.services.urls import url_register
from tests.accounts.clients import access_make, application_make
from tests.browser.conftest import LogIn
from tests.browser.test_pages import FORMS, RULES, SIDE_FORMS, check
from tests.factories import user_make
from tests.feeds import Feeds
from tests.web.test_crawler_addresses_page import BAD, GOOD
from toolhub.accounts import groups
from toolhub.accounts.models import ApiToken, User
from toolhub.accounts.services.tokens import api_token_create
from toolhub.catalog.models import Revision, Tool
from toolhub.catalog.services.annotations import annotations_update
from toolhub.catalog.services.oversight import revision_hide
from toolhub.catalog.services.toollists import toollist_create

pytestmark = pytest.mark.browser

with_and_without = pytest.mark.parametrize("has_script", [True, False])


def member(name: str, *wanted: str) -> User:
    """The groups come with a migration, but the tables are emptied between such tests."""
    user = user_make(name)
    for group in groups.ALL:
        made, _ = Group.objects.get_or_create(name=group)
        if group in wanted:
            user.groups.add(made)
    return user


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


@with_and_without
def test_an_address_is_registered_after_its_preview(
    site: str, log_in: LogIn, feeds: Feeds, has_script: bool
) -> None:
    address = feeds.put("/toolinfo.json", json.dumps([GOOD, BAD], indent=2).encode())
    page = log_in(member("Alice"), java_script_enabled=has_script).new_page()
    page.goto(f"{site}/add-or-remove-tools")
    page.get_by_role("link", name="Register an address").click()
    page.get_by_label("Address of a toolinfo.json").fill("nonsense")
    press(page, "Preview the address")
    expect(page.get_by_role("alert")).to_contain_text("Fix 1 field")
    assert page.get_by_label("Address of a toolinfo.json").input_value() == "nonsense"
    page.get_by_label("Address of a toolinfo.json").fill(address)
    press(page, "Preview the address")
    expect(page.locator(".source")).to_contain_text("Start the address with https://.")
    assert not Url.objects.filter(url=address).exists()
    press(page, "Register this address")
    expect(page.get_by_role("heading", level=1)).to_contain_text("/toolinfo.json")
    expect(page.locator(".notices")).to_contain_text("The address is registered.")
    press(page, "Crawl now")
    expect(page.locator(".notices")).to_contain_text("The crawl has been asked for.")
    page.get_by_role("link", name="Remove this address").click()
    press(page, "Remove the address")
    expect(page.locator(".notices")).to_contain_text("The address is removed")
    assert not Url.objects.filter(url=address).exists()


@with_and_without
def test_a_pasted_file_is_checked_line_by_line(site: str, log_in: LogIn, has_script: bool) -> None:
    page = log_in(None, java_script_enabled=has_script).new_page()
    page.goto(f"{site}/toolinfo-validator")
    page.get_by_label("Or the text itself").fill(json.dumps([GOOD, BAD], indent=2))
    press(page, "Check the file")
    page.get_by_role("link", name="Line 12").first.click()
    assert page.url.endswith("#L12")
    expect(page.locator("#L12")).to_contain_text("It was read as")
    page.get_by_label("Or the text itself").fill(json.dumps(GOOD))
    press(page, "Check the file")
    expect(page.get_by_role("main")).to_contain_text("All is well")


@with_and_without
def test_a_file_is_written_with_a_form(site: str, log_in: LogIn, has_script: bool) -> None:
    page = log_in(None, java_script_enabled=has_script).new_page()
    page.goto(f"{site}/toolinfo-builder")
    page.get_by_label("Name", exact=True).fill("My tool!")
    page.get_by_label("Title", exact=True).fill("My tool")
    page.get_by_label("Description").fill("Does one thing.")
    page.get_by_label("Address of the tool").fill("https://tool.example.org/")
    press(page, "Write the file")
    page.get_by_role("alert").get_by_role("link").first.click()
    page.get_by_label("Name", exact=True).fill("my-tool")
    press(page, "Write the file")
    assert json.loads(page.locator("pre").inner_text())["name"] == "my-tool"
    with page.expect_download() as download:
        press(page, "Download it")
    assert json.loads(download.value.path().read_text(encoding="utf-8"))["title"] == "My tool"


@with_and_without
def test_changes_are_patrolled_where_they_stand(site: str, log_in: LogIn, has_script: bool) -> None:
    waiting = Revision.objects.filter(patrolled=False)
    before = waiting.count()
    context = log_in(member("Pat", groups.PATROLLERS), java_script_enabled=has_script)
    page = context.new_page()
    page.goto(f"{site}/recent?target_type=tool")
    page.get_by_role("button", name="Patrol tool-3").click()
    expect(page.locator(".notices")).to_contain_text("1 change is patrolled.")
    assert "target_type=tool" in page.url
    page.get_by_role("checkbox", name="Select tool-4").check()
    page.get_by_role("checkbox", name="Select tool-5").check()
    # Enter in a box means what the bar says, not the first line's button.
    page.get_by_role("checkbox", name="Select tool-5").press("Enter")
    expect(page.locator(".notices")).to_contain_text("2 changes are patrolled.")
    assert waiting.count() == before - 3
    page.get_by_label("Only unpatrolled").check()
    press(page, "Show")
    expect(page.get_by_role("main")).not_to_contain_text("tool-4")


@with_and_without
def test_a_person_is_added_to_a_group_and_that_is_undone(
    site: str, log_in: LogIn, has_script: bool
) -> None:
    alice = user_make("Alice")
    context = log_in(member("Bea", groups.BUREAUCRATS), java_script_enabled=has_script)
    page = context.new_page()
    page.goto(f"{site}/members")
    page.get_by_label("User name contains").fill("Ali")
    press(page, "Show")
    expect(page.get_by_role("table")).not_to_contain_text("Bea")
    page.locator("summary", has_text="Change groups").click()
    page.get_by_role("button", name="Add to Patrollers: Alice").click()
    expect(page.locator(".notices")).to_contain_text("Alice is in the group Patrollers now.")
    assert alice.groups.get().name == groups.PATROLLERS
    press(page, "Undo")
    expect(page.locator(".notices")).to_contain_text("Alice is no longer in the group Patrollers.")
    assert not alice.groups.exists()


@with_and_without
def test_a_token_is_made_shown_and_deleted(site: str, log_in: LogIn, has_script: bool) -> None:
    page = log_in(member("Alice"), java_script_enabled=has_script).new_page()
    page.goto(f"{site}/developer-settings")
    page.get_by_role("navigation", name="Developer settings").get_by_text("API token").click()
    press(page, "Create a token")
    text = page.locator("#token-text").inner_text()
    assert len(text) == 40
    page.goto(f"{site}/developer-settings?tab=token")
    press(page, "Show token")
    assert page.locator("#token-text").inner_text() == text
    page.get_by_role("link", name="Delete token").click()
    press(page, "Delete the token")
    expect(page.locator(".notices")).to_contain_text("The API token is deleted.")
    assert not ApiToken.objects.exists()


@with_and_without
def test_an_application_is_registered_changed_and_deleted(
    site: str, log_in: LogIn, has_script: bool
) -> None:
    page = log_in(member("Alice"), java_script_enabled=has_script).new_page()
    page.goto(f"{site}/developer-settings")
    page.get_by_label("Name of the application").fill("My application")
    page.get_by_label("Callback address").fill("nonsense")
    press(page, "Register application")
    expect(page.get_by_role("alert")).to_contain_text("Callback address")
    assert page.get_by_label("Name of the application").input_value() == "My application"
    page.get_by_label("Callback address").fill("https://app.example.org/back")
    press(page, "Register application")
    expect(page.get_by_role("alert")).to_contain_text("Copy the secret now.")
    page.get_by_role("link", name="My applications").last.click()
    page.get_by_role("link", name="Change callback: My application").click()
    page.get_by_label("Callback address").fill("https://app.example.org/elsewhere")
    press(page, "Save callback")
    expect(page.get_by_role("table")).to_contain_text("/elsewhere")
    page.get_by_role("link", name="Delete: My application").click()
    press(page, "Delete the application")
    expect(page.locator(".notices")).to_contain_text("The application My application is deleted.")


def world() -> User:
    """Somebody who may do all, with something on every page."""
    chief = member("Chief", groups.ADMINISTRATORS, groups.BUREAUCRATS)
    member("Боб Пример", groups.PATROLLERS)
    member("A rather long user name that somebody once chose")
    tool = Tool.objects.get(name="citation-hunt")
    for task in ("merging", "reading"):
        fields = {"tasks": [task]}
        annotations_update(
            actor=user_make("Bob"), name=tool.name, fields=fields, comment="أضفت مهمة"
        )
    hidden = Revision.objects.filter(tool=tool).order_by("number")[1]
    revision_hide(actor=chief, thing=tool, revision_id=hidden.pk, comment="rude")
    toollist_create(actor=chief, fields={"title": "Handy", "tools": [tool.name], "published": True})
    url_register(actor=chief, url="https://chief.example.org/a-rather-long-path/toolinfo.json")
    Url.objects.filter(url__contains="feeds.example.org/0").update(created_by=chief)
    access_make(chief, application_make(chief, "A useful application"))
    api_token_create(actor=chief)
    return chief


def test_pages_are_accessible_in_every_form(site: str, log_in: LogIn, screenshots: Path) -> None:
    chief = world()
    url = Url.objects.get(url__contains="feeds.example.org/0").pk
    main = {
        "recent": "/recent",
        "members": "/members",
        "audit": "/audit-logs",
        "url": f"/crawler-history/urls/{url}",
        "developer-settings": "/developer-settings",
        "addresses": "/add-or-remove-tools?tab=urls",
    }
    side = {
        "recent-empty": "/recent?user=nobody",
        "applications": "/developer-settings?tab=apps",
        "authorized": "/developer-settings?tab=authorized",
        "token": "/developer-settings?tab=token",
        "add-tools": "/add-or-remove-tools",
        "url-delete": f"/add-or-remove-tools/{url}/delete",
        "validator-form": "/toolinfo-validator",
        "builder-form": "/toolinfo-builder",
    }
    found: dict[str, list[str]] = {}
    for (name, path), (theme, language, width) in [
        *product(main.items(), FORMS),
        *product(side.items(), SIDE_FORMS),
    ]:
        label = f"{name}-{width}-{theme}-{language}"
        address = f"{site}{path}{'&' if '?' in path else '?'}uselang={language}"
        viewport = {"width": width, "height": 800}
        context = log_in(chief, viewport=viewport, color_scheme=theme)
        found[label] = check(context.new_page(), address, screenshots / f"{label}.png")
    assert {label: problems for label, problems in found.items() if problems} == {}


def test_what_forms_answer_is_accessible(
    site: str, log_in: LogIn, feeds: Feeds, screenshots: Path
) -> None:
    address = feeds.put("/toolinfo.json", json.dumps([GOOD, BAD], indent=2).encode())
    for theme, language, width in SIDE_FORMS:
        viewport = {"width": width, "height": 800}
        context = log_in(member("Alice"), viewport=viewport, color_scheme=theme)
        for name, path, field, text in (
            ("validator", "/toolinfo-validator", "text", json.dumps([GOOD, BAD], indent=2)),
            ("preview", "/add-or-remove-tools?tab=urls", "url", address),
            ("builder", "/toolinfo-builder", "name", "My tool!"),
            ("register", "/developer-settings", "redirect_url", "nonsense"),
        ):
            page = context.new_page()
            page.goto(f"{site}{path}{'&' if '?' in path else '?'}uselang={language}")
            page.locator(f"#id_{field}").fill(text)
            page.locator(f"form:has(#id_{field}) button[type=submit]").first.click()
            problems = checked_here(page, screenshots / f"{name}-{width}-{theme}-{language}.png")
            assert problems == [], (name, theme)


def checked_here(page: Page, shot: Path) -> list[str]:
    """The page that stands there, without opening it again."""
    page.screenshot(path=shot, full_page=True)
    problems = [
        f"{violation['id']}: {[node['target'] for node in violation['nodes']][:3]}"
        for violation in Axe().run(page, options=RULES).response["violations"]
    ]
    overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [*problems, f"{overflow} px wider than the screen"] if overflow > 0 else problems
