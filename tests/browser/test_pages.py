"""Every page, in both themes, both directions and two widths: WCAG 2.2 AA by axe, no sideways scrolling, no errors."""

from __future__ import annotations

import gzip
from itertools import product
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response

pytestmark = pytest.mark.browser

PAGES = {
    "home": "/",
    "search": "/search?q=citation&tool_type__term=bot&keywords__not=keyword+7",
    "tool": "/tools/citation-hunt",
    "runs": "/crawler-history",
    "run": "/crawler-history/18",
}
SIDE_PAGES = {
    "search-empty": "/search?q=nothingatall&tasks__term=citing",
    "tool-arabic": "/tools/arabic",
    "not-found": "/tools/nobody-made-this",
    "status": "/status",
    "about": "/about",
    "privacy": "/privacy",
    "accessibility": "/accessibility",
    "search-help": "/search/help",
    "language": "/language?next=/search",
}
FORMS = (*product(("light", "dark"), ("en", "ar"), (360, 1280)),)
SIDE_FORMS = (("light", "en", 360), ("dark", "ar", 1280))
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# The body of a missing page arrives with status 404, which Chromium reports as an error.
EXPECTED = "Failed to load resource: the server responded with a status of 404"


def check(page: Page, address: str, shot: Path) -> list[str]:
    """Opens the page with everything unfolded; what is wrong with it."""
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("requestfailed", lambda request: problems.append(f"failed: {request.url}"))
    page.goto(address)
    for summary in page.locator("main summary:visible").all():
        summary.click()
    page.screenshot(path=shot, full_page=True)
    overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if overflow > 0:
        problems.append(f"{overflow} px wider than the screen")
    for violation in Axe().run(page, options=RULES).response["violations"]:
        where = [node["target"] for node in violation["nodes"]]
        problems.append(f"{violation['id']}: {violation['help']} {where[:3]}")
    return [problem for problem in problems if not problem.startswith(EXPECTED)]


def test_pages_are_accessible_in_every_form(site: str, browser: Browser, screenshots: Path) -> None:
    found: dict[str, list[str]] = {}
    wanted = [*product(PAGES.items(), FORMS), *product(SIDE_PAGES.items(), SIDE_FORMS)]
    for (name, path), (theme, language, width) in wanted:
        label = f"{name}-{width}-{theme}-{language}"
        address = f"{site}{path}{'&' if '?' in path else '?'}uselang={language}"
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=theme)  # type: ignore[arg-type]
        found[label] = check(context.new_page(), address, screenshots / f"{label}.png")
        context.close()
    assert {label: problems for label, problems in found.items() if problems} == {}


def test_the_theme_can_be_chosen_without_javascript(site: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, color_scheme="light")
    page = context.new_page()
    page.goto(f"{site}/search?q=citation")
    page.get_by_role("button", name="Dark").click()
    assert page.url == f"{site}/search?q=citation"
    assert page.locator("link[href*=mode-dark]").get_attribute("media") is None
    assert page.get_by_role("button", name="Dark").get_attribute("aria-pressed") == "true"
    context.close()


def test_the_search_works_without_javascript_and_by_keyboard(site: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    page.keyboard.press("Tab")
    assert page.locator("a.skip").is_visible()
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.get_by_role("searchbox").fill("snippets")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Citation Hunt").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Citation Hunt"
    context.close()


def test_filters_are_chosen_and_undone_by_links(site: str, browser: Browser) -> None:
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 1280, "height": 800}
    )
    page = context.new_page()
    page.goto(f"{site}/search")
    page.get_by_role("link", name="Leave out: Bot").click()
    assert "tool_type__not=bot" in page.url
    page.get_by_role("navigation", name="Filters").get_by_role(
        "link", name="Gadget", exact=True
    ).click()
    assert "tool_type__term=gadget" in page.url
    page.get_by_role("link", name="Clear all").click()
    assert "tool_type" not in page.url
    context.close()


def test_the_first_load_is_small(site: str, browser: Browser) -> None:
    """What the home page and its files weigh when compressed, as the product serves them."""
    context = browser.new_context()
    page = context.new_page()
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))  # noqa: PLW0108 -- Playwright cannot hook a builtin
    page.goto(site, wait_until="networkidle")
    weight = sum(len(gzip.compress(response.body())) for response in responses)
    assert len(responses) <= 10
    assert weight <= 50 * 1024, f"{weight} bytes"
    context.close()
