"""A real Chromium over the live server. Without Chromium these tests are skipped, loudly."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.factories import tool_make
from tests.web.pages import full_tool, run_make
from toolhub.accounts.models import User

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LogIn = Callable[..., BrowserContext]
TYPES = ("web app", "bot", "gadget", "user script", "command line tool")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        reason = "NO BROWSER TESTS: chromium is not installed"
        warnings.warn(reason, pytest.PytestWarning, stacklevel=1)
        pytest.skip(reason)
    with pytest.MonkeyPatch.context() as patched, sync_playwright() as playwright:
        # Playwright's event loop lives in this thread, where Django would refuse to touch the database.
        patched.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        opened = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def screenshots() -> Path:
    folder = Path(settings.BASE_DIR) / "var" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def site(browser: Browser, transactional_db: None, live_server: LiveServer) -> str:
    """The address of a small catalogue: two dozen tools, one of them complete, and a few crawls."""
    full_tool()
    for number in range(14):
        tool_make(
            f"tool-{number}",
            description="Helps organisers create accounts during workshops and edit-a-thons. " * 3,
            tool_type=TYPES[number % len(TYPES)],
            keywords=[f"keyword {number % 8}", "citation"],
            author=[{"name": "A maintainer"}, {"name": "Another"}],
            for_wikis=["*"] if number % 2 else ["en.wikipedia.org", "commons.wikimedia.org"],
        )
    tool_make(
        "arabic",
        title="أداة الاستشهاد",
        description="أداة لإصلاح الاستشهادات",
        more={"_language": "ar"},
    )
    start = datetime(2026, 6, 9, 2, 2, tzinfo=UTC)
    for number in range(1, 19):
        hour = start + timedelta(hours=number)
        run_make(
            pk=number,
            started_at=hour,
            ended_at=hour,
            new_tools=number % 4,
            total_tools=4200 + 7 * number,
        )
    return str(live_server.url)


@pytest.fixture
def log_in(site: str, browser: Browser) -> Iterator[LogIn]:
    """Opens browsers as somebody, or as nobody, and closes them."""
    opened: list[BrowserContext] = []

    def enter(user: User | None, **options: object) -> BrowserContext:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        opened.append(context)
        if user is not None:
            client = Client()
            client.force_login(user)
            name = settings.SESSION_COOKIE_NAME
            cookie = {"name": name, "value": client.cookies[name].value, "url": site}
            context.add_cookies([cookie])  # type: ignore[list-item]
        return context

    yield enter
    for context in opened:
        context.close()
