"""Search with JavaScript: results swap without a reload, and focus, history, title and the screen reader follow."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Browser, Page, Response

pytestmark = pytest.mark.browser

SCRIPTS_MOST = 40 * 1024
FIRST_LOAD_MOST = 50 * 1024


@pytest.fixture
def search(site: str, browser: Browser) -> Page:
    """A page of results on a wide screen, with a mark that a reload would wipe away."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(f"{site}/search?q=citation")
    page.evaluate("window.isSamePage = true")
    return page


def is_same_page(page: Page) -> bool:
    return bool(page.evaluate("window.isSamePage === true"))


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent")).strip()


def test_a_filter_swaps_the_results_and_keeps_the_focus(search: Page) -> None:
    search.get_by_role("navigation", name="Filters").get_by_role(
        "link", name="Bot", exact=True
    ).click()
    search.wait_for_url("**tool_type__term=bot*")
    search.locator(".chip").first.wait_for()
    assert is_same_page(search)
    assert focused(search) == "Bot"
    search.wait_for_function(
        "document.querySelector('#announcer').textContent.includes('tools for')"
    )


def test_sorting_and_paging_swap_too(search: Page) -> None:
    search.get_by_role("navigation", name="Sort by").get_by_role("link").nth(1).click()
    search.wait_for_url("**ordering=*")
    search.get_by_role("link", name="Next").click()
    search.wait_for_url("**page=2*")
    assert is_same_page(search)
    assert search.get_by_role("heading", level=1).is_visible()


def test_another_search_swaps_and_names_the_page_anew(search: Page) -> None:
    search.keyboard.press("/")
    search.keyboard.type("workshops")
    search.keyboard.press("Enter")
    search.wait_for_url("**q=workshops*")
    search.wait_for_function("document.title.startsWith('workshops')")
    assert is_same_page(search)
    assert search.get_by_role("heading", level=1).inner_text().endswith("“workshops”")


def test_back_returns_to_the_results_before(search: Page) -> None:
    search.get_by_role("navigation", name="Filters").get_by_role(
        "link", name="Bot", exact=True
    ).click()
    search.locator(".chip").first.wait_for()
    search.go_back()
    search.wait_for_url("**/search?q=citation")
    search.wait_for_function("!document.querySelector('.chip')")


def test_links_to_tools_are_ordinary_links(search: Page) -> None:
    search.locator(".results a").first.click()
    search.wait_for_url("**/tools/*")
    assert not is_same_page(search)


@pytest.mark.parametrize(
    "path", ["/", "/search?q=citation", "/tools/citation-hunt", "/crawler-history", "/language"]
)
def test_the_first_load_is_small(site: str, browser: Browser, path: str) -> None:
    """What a page and its files weigh when compressed, as the product serves them."""
    context = browser.new_context()
    page = context.new_page()
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))  # noqa: PLW0108 -- Playwright cannot hook a builtin
    page.goto(f"{site}{path}", wait_until="networkidle")
    weights = {response.url: len(gzip.compress(response.body())) for response in responses}
    scripts = sum(size for url, size in weights.items() if url.partition("?")[0].endswith(".js"))
    context.close()
    assert sum(weights.values()) <= FIRST_LOAD_MOST, weights
    assert scripts <= SCRIPTS_MOST
