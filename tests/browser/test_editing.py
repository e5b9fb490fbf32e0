"""What people do with a tool's record and its history, with JavaScript and without."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from playwright.sync_api import Browser, BrowserContext
from playwright.sync_api import Page as Tab

from tests.browser.test_pages import FORMS, RULES, SIDE_FORMS, check
from tests.factories import user_make
from toolhub.accounts import groups
from toolhub.accounts.models import User
from toolhub.catalog.models import Revision, Tool
from toolhub.catalog.services.annotations import annotations_update
from toolhub.catalog.services.oversight import revision_hide
from toolhub.catalog.services.toollists import toollist_create
from toolhub.catalog.services.tools import tool_update

pytestmark = pytest.mark.browser

TOOL = "/tools/citation-hunt"
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["js", "no-js"])
LONG = "Browse snippets that lack citations, in every language and on every wiki. "


class People:
    """Opens pages as somebody."""

    def __init__(self, site: str, browser: Browser) -> None:
        self.site, self.browser = site, browser
        self.opened: list[BrowserContext] = []

    def context(self, user: User | None, **options: object) -> BrowserContext:
        context = self.browser.new_context(**options)  # type: ignore[arg-type]
        self.opened.append(context)
        if user is not None:
            client, name = Client(), settings.SESSION_COOKIE_NAME
            client.force_login(user)
            cookie = {"name": name, "value": client.cookies[name].value, "url": self.site}
            context.add_cookies([cookie])  # type: ignore[list-item]
        return context

    def page(self, user: User | None, path: str, *, scripts: bool = True) -> Tab:
        page = self.context(user, java_script_enabled=scripts).new_page()
        page.goto(f"{self.site}{path}")
        return page


@pytest.fixture
def people(site: str, browser: Browser) -> Iterator[People]:
    opened = People(site, browser)
    yield opened
    for context in opened.opened:
        context.close()


def member(name: str, *names: str) -> User:
    user = user_make(name)
    for one in names:
        # The groups come with a migration, but the tables are emptied between such tests.
        user.groups.add(Group.objects.get_or_create(name=one)[0])
    return user


def edits_make() -> list[int]:
    """The ids of the revisions, the oldest first: texts, links and tasks were changed by two people."""
    alice, charlie = user_make("Alice"), user_make("Charlie")
    fields = {"description": LONG * 3, "keywords": ["snippets", "sources"], "license": ""}
    tool_update(actor=alice, name="citation-hunt", fields=fields, comment="Say more of it")
    annotations_update(
        actor=charlie,
        name="citation-hunt",
        fields={"tasks": ["citing", "editing"], "replaced_by": ""},
        comment="What people do with it",
    )
    fields = {"title": "Citation Hunt 2", "bugtracker_url": "https://git.example.org/hunt/new"}
    tool_update(actor=alice, name="citation-hunt", fields=fields, comment="")
    revisions = Revision.objects.filter(tool__name="citation-hunt").order_by("number")
    return list(revisions.values_list("pk", flat=True))


def heading(page: Tab) -> str:
    return page.get_by_role("heading", level=1).inner_text()


@SCRIPTS
def test_somebody_adds_a_tool_and_says_what_it_is_for(people: People, scripts: bool) -> None:
    page = people.page(user_make("Charlie"), "/add-or-remove-tools/create", scripts=scripts)
    page.locator("#id_name").fill("my tool!")
    page.locator("#id_title").fill("My tool")
    page.locator("#id_description").fill("Does what I need.")
    page.locator("#id_url").fill("my-tool.example.org")
    page.get_by_role("button", name="Add tool").click()
    alert = page.get_by_role("alert")
    assert "Fix 2 fields before you save" in alert.inner_text()
    alert.get_by_role("link", name="Name").first.click()
    assert page.url.endswith("#id_name")
    page.locator("#id_name").fill("my-tool")
    page.locator("#id_url").fill("https://my-tool.example.org/")
    page.get_by_role("button", name="Add tool").click()
    page.get_by_label("Citing sources").check()
    page.locator("#id_comment").fill("First tasks")
    page.get_by_role("button", name="Save changes").click()
    assert heading(page) == "My tool"
    assert page.get_by_role("link", name="Citing sources").is_visible()


@SCRIPTS
def test_the_owner_corrects_an_edit_and_looks_at_it_before_saving(
    people: People, scripts: bool
) -> None:
    page = people.page(user_make("Alice"), TOOL, scripts=scripts)
    page.get_by_role("link", name="Edit", exact=True).click()
    page.locator("#id_license").fill("my own")
    page.locator("#id_author-1-name").fill("Somebody else")
    page.get_by_role("button", name="Preview changes").click()
    assert "Fix 1 field" in page.get_by_role("alert").inner_text()
    page.locator("#id_license").fill("GPL-3.0-or-later")
    page.get_by_role("button", name="Preview changes").click()
    assert page.get_by_text("Preview: 2 changes, not saved yet").is_visible()
    assert page.locator("#id_author-2-name").is_visible()
    page.locator("#id_comment").fill("A colleague, and the license")
    page.get_by_role("button", name="Save changes").click()
    assert page.get_by_text("The changes are saved.").is_visible()
    assert page.get_by_role("link", name="GPL-3.0-or-later").is_visible()
    page.get_by_role("button", name="Undo").click()
    assert Tool.objects.get(name="citation-hunt").license == "MIT"


@SCRIPTS
def test_two_people_edit_the_same_field(people: People, scripts: bool) -> None:
    alice = user_make("Alice")
    page = people.page(alice, f"{TOOL}/edit", scripts=scripts)
    page.locator("#id_title").fill("My hunt")
    page.locator("#id_subtitle").fill("My subtitle")
    page.locator("#id_comment").fill("Mine")
    stated = {"title": "Their hunt", "keywords": ["theirs"]}
    tool_update(actor=alice, name="citation-hunt", fields=stated, comment="Theirs")
    page.get_by_role("button", name="Save changes").click()
    assert page.get_by_text("Somebody else saved the same fields meanwhile").is_visible()
    assert page.locator("#id_title").input_value() == "My hunt"
    page.get_by_label("Keep theirs").check()
    page.get_by_role("button", name="Save changes").click()
    tool = Tool.objects.get(name="citation-hunt")
    assert (tool.title, tool.subtitle) == ("Their hunt", "My subtitle")
    assert tool.keywords == ["theirs"]


@SCRIPTS
def test_a_reader_compares_two_revisions(people: People, scripts: bool) -> None:
    ids = edits_make()
    page = people.page(None, TOOL, scripts=scripts)
    page.locator("main .tabs").get_by_role("link", name="History").click()
    assert heading(page) == "Citation Hunt 2: history"
    page.locator(f"input[name=from][value='{ids[0]}']").check()
    page.get_by_role("button", name="Compare selected").click()
    assert f"/revision/{ids[0]}/diff/{ids[-1]}" in page.url
    assert page.locator("ins", has_text="new").first.is_visible()
    page.get_by_role("link", name="Show unchanged fields").click()
    assert page.get_by_role("cell", name="Same").count() > 10
    page.locator(".sides a.strong").first.click()
    assert page.get_by_role("heading", name="Citation Hunt", exact=True).is_visible()


@SCRIPTS
def test_the_owner_undoes_an_old_edit(people: People, scripts: bool) -> None:
    edits_make()
    page = people.page(user_make("Alice"), f"{TOOL}/history", scripts=scripts)
    page.locator(".revision").first.get_by_role("button", name="Undo").click()
    assert page.get_by_text("The changes are undone.").is_visible()
    assert Tool.objects.get(name="citation-hunt").title == "Citation Hunt"
    page.locator(".revision").last.get_by_role("button", name="Restore").click()
    assert page.get_by_text("The revision is restored.").is_visible()
    assert Tool.objects.get(name="citation-hunt").keywords == ["snippets"]


@SCRIPTS
def test_patrollers_and_oversighters_look_after_the_history(people: People, scripts: bool) -> None:
    ids = edits_make()
    patroller = member("Bob", groups.PATROLLERS)
    page = people.page(patroller, f"{TOOL}/history", scripts=scripts)
    page.locator(".revision").first.get_by_role("button", name="Mark as patrolled").click()
    assert page.get_by_text("The revision is patrolled.").is_visible()
    assert Revision.objects.get(pk=ids[-1]).patrolled
    page = people.page(member("Dora", groups.OVERSIGHTERS), f"{TOOL}/history", scripts=scripts)
    page.locator(".revision").nth(1).get_by_role("link", name="Hide").click()
    page.locator("#id_comment").fill("Private data")
    page.get_by_role("button", name="Hide revision").click()
    assert Revision.objects.get(pk=ids[-2]).suppressed
    page = people.page(None, f"{TOOL}/history", scripts=scripts)
    assert page.get_by_text("User name hidden").is_visible()


@SCRIPTS
def test_somebody_keeps_a_tool_and_the_owner_deletes_it(people: People, scripts: bool) -> None:
    charlie = user_make("Charlie")
    toollist_create(actor=charlie, fields={"title": "Mine", "tools": []})
    page = people.page(charlie, TOOL, scripts=scripts)
    page.get_by_role("button", name="Add to favourites").click()
    assert page.get_by_role("button", name="Remove from favourites").is_visible()
    page.get_by_text("Add to a list").click()
    page.get_by_role("button", name="Mine").click()
    assert page.get_by_text("Citation Hunt is in “Mine”.").is_visible()
    page = people.page(user_make("Alice"), TOOL, scripts=scripts)
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Delete tool").click()
    assert not Tool.objects.listed().filter(name="citation-hunt").exists()
    page.get_by_role("button", name="Undo").click()
    assert heading(page) == "Citation Hunt"


def looked_at(ids: list[int]) -> dict[str, str]:
    history = f"{TOOL}/history"
    return {
        "add": "/add-or-remove-tools/create",
        "edit": f"{TOOL}/edit",
        "annotate": f"{TOOL}/edit-annotations",
        "history": history,
        "revision": f"{history}/revision/{ids[-1]}",
        "diff": f"{history}/revision/{ids[0]}/diff/{ids[-1]}",
        "undo": f"{history}/revision/{ids[-1]}/undo/{ids[-2]}",
        "delete": f"{TOOL}/delete",
        "tool-own": TOOL,
    }


def test_pages_are_accessible_in_every_form(people: People, screenshots: Path) -> None:
    ids = edits_make()
    chief = member("Chief", groups.ADMINISTRATORS)
    toollist_create(actor=chief, fields={"title": "Chief’s own", "tools": ["citation-hunt"]})
    hunt = Tool.objects.get(name="citation-hunt")
    revision_hide(actor=chief, thing=hunt, revision_id=ids[1], comment="")
    found: dict[str, list[str]] = {}
    pages = looked_at(ids)
    often = [(name, pages[name]) for name in ("edit", "history", "diff")]
    seldom = [one for one in pages.items() if one not in often]
    wanted = [*product(often, FORMS), *product(seldom, SIDE_FORMS)]
    for (name, path), (theme, language, width) in wanted:
        label = f"{name}-{width}-{theme}-{language}"
        context = people.context(
            chief, viewport={"width": width, "height": 800}, color_scheme=theme
        )
        address = f"{people.site}{path}?uselang={language}"
        found[label] = check(context.new_page(), address, screenshots / f"{label}.png")
        context.close()
    assert {label: problems for label, problems in found.items() if problems} == {}


def test_what_a_step_answers_is_accessible_too(people: People, screenshots: Path) -> None:
    alice = user_make("Alice")
    found: dict[str, list[str]] = {}
    for theme, language, width in (
        ("light", "en", 1280),
        ("light", "en", 360),
        ("dark", "ar", 1280),
    ):
        context = people.context(
            alice,
            viewport={"width": width, "height": 800},
            color_scheme=theme,
            extra_http_headers={"Accept-Language": language},
        )
        for step in ("wrong", "preview", "conflict"):
            page = context.new_page()
            label = f"edit-{step}-{width}-{theme}-{language}"
            found[label] = stepped(page, people.site, step, alice, screenshots / f"{label}.png")
    assert {label: problems for label, problems in found.items() if problems} == {}


def stepped(page: Tab, site: str, step: str, alice: User, shot: Path) -> list[str]:
    page.goto(f"{site}{TOOL}/edit")
    page.locator("#id_title").fill(f"{step} {shot.name}")
    page.locator("#id_keywords").fill("one\ntwo")
    page.locator("#id_comment").fill("why")
    if step == "wrong":
        page.locator("#id_url").fill("nowhere")
        page.locator("#id_author-0-name").fill("")
    if step == "conflict":
        fields = {"title": f"Theirs {shot.name}"}
        tool_update(actor=alice, name="citation-hunt", fields=fields, comment="")
    button = "[name=preview]" if step == "preview" else ".form-actions [type=submit]:not([name])"
    page.locator(button).click()
    return seen(page, shot)


def seen(page: Tab, shot: Path) -> list[str]:
    """As `check`, of a page that is open already."""
    page.screenshot(path=shot, full_page=True)
    overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    wide = [f"{overflow} px wider than the screen"] if overflow > 0 else []
    violations = Axe().run(page, options=RULES).response["violations"]
    return wide + [
        f"{one['id']}: {one['help']} {[node['target'] for node in one['nodes']][:3]}"
        for one in violations
    ]
