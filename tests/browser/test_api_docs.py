from __future__ import annotations

import pytest
from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    ("path", "shown"),
    [("/api-docs", "#operations-tag-tools, .opblock"), ("/api-docs/redoc", "[data-section-id]")],
)
def test_it_shows_the_operations_under_the_strict_policy(
    site: str, browser: Browser, path: str, shown: str
) -> None:
    page = browser.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on("console", lambda line: broken.append(line.text) if line.type == "error" else None)
    page.goto(site + path)
    page.wait_for_selector(shown, timeout=30_000)
    found = page.inner_text("body")
    assert "/api/tools/" in found or "tools" in found
    # Redoc would show its maker's mark from its maker's site; the policy does not let it.
    assert [line for line in broken if "redoc/logo-mini.svg" not in line] == []
    page.close()
