"""About, help and the pages that say why something is not there."""

from __future__ import annotations

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries, Settings

from tests.factories import tool_make
from tests.web.pages import HOSTILE, Page
from toolhub.accounts.models import User
from toolhub.catalog.models import Revision
from toolhub.catalog.services.tools import tool_delete
from toolhub.core.errors import (
    Conflict,
    NotFound,
    PermissionDenied,
    ToolhubError,
    Unauthenticated,
    Unavailable,
)
from toolhub.web.middleware import ErrorPageMiddleware

pytestmark = pytest.mark.django_db

PAGES = ("/about", "/privacy", "/accessibility", "/search/help", "/language")


@pytest.mark.parametrize("path", PAGES)
def test_it_says_what_it_is_about(
    client: Client, path: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        page = Page(client, path)
    assert page.title.endswith(" – Toolhub")
    assert len(page.elements["h1"]) == 1


@pytest.mark.parametrize("path", PAGES)
def test_it_only_answers_reads(client: Client, path: str) -> None:
    if path != "/language":
        assert client.post(path).status_code == 405


def test_it_leads_to_them_from_every_page(client: Client) -> None:
    assert {"/about", "/privacy", "/accessibility", "/status"} <= Page(client, "/").links()


def test_it_shows_examples_of_searches_that_work(client: Client) -> None:
    for href in Page(client, "/search/help").links():
        if href.startswith("/search?q="):
            assert client.get(href).status_code == 200


class TestDeletedTool:
    def test_it_says_who_took_it_out_when_and_why(self, client: Client, alice: User) -> None:
        tool_make("gone", actor=alice, title="Lost")
        tool_delete(actor=alice, name="gone", comment="Nobody runs it")
        page = Page(client, "/tools/gone", status=410)
        assert page.title == "Lost is no longer listed – Toolhub"
        assert "Alice" in page.text
        assert "Nobody runs it" in page.text

    def test_it_keeps_quiet_about_what_was_hidden(self, client: Client, alice: User) -> None:
        tool_make("gone", actor=alice)
        tool_delete(actor=alice, name="gone", comment="a secret")
        Revision.objects.update(suppressed=True)
        page = Page(client, "/tools/gone", status=410)
        assert "a secret" not in page.text
        assert "Alice" not in page.text

    def test_it_prints_hostile_text_as_text(self, client: Client, alice: User) -> None:
        tool_make("gone", actor=alice, title=HOSTILE)
        tool_delete(actor=alice, name="gone", comment=HOSTILE)
        page = Page(client, "/tools/gone", status=410)
        assert HOSTILE in page.text
        assert not page.elements["script"]

    def test_it_is_not_said_of_a_name_that_nobody_had(self, client: Client) -> None:
        Page(client, "/tools/never", status=404)


def respond(error: Exception, request: HttpRequest) -> HttpResponse | None:
    return ErrorPageMiddleware(lambda _: HttpResponse()).process_exception(request, error)


class TestErrors:
    @pytest.mark.parametrize(
        ("error", "status", "text"),
        [
            (PermissionDenied("Only patrollers may."), 403, "Only patrollers may."),
            (NotFound("x"), 404, "There is nothing at this address"),
            (Conflict("Somebody was faster."), 409, "Somebody was faster."),
            (Unavailable("Search is away."), 503, "Search is away."),
        ],
    )
    def test_it_has_a_page(
        self, rf: RequestFactory, error: ToolhubError, status: int, text: str
    ) -> None:
        response = respond(error, rf.get("/"))
        assert response is not None
        assert response.status_code == status
        assert text in response.content.decode()

    def test_it_leads_to_the_login_and_back(self, rf: RequestFactory) -> None:
        response = respond(Unauthenticated("x"), rf.get("/lists?page=2"))
        assert response is not None
        assert response["Location"] == "/user/login/?next=/lists%3Fpage%3D2"

    def test_it_does_not_send_a_form_to_the_login(self, rf: RequestFactory) -> None:
        response = respond(Unauthenticated("x"), rf.post("/lists"))
        assert response is not None
        assert response.status_code == 401

    def test_it_leaves_other_errors_to_django(self, rf: RequestFactory) -> None:
        assert respond(BadRequest(), rf.get("/")) is None

    @pytest.mark.parametrize("status", ["400", "403", "403_csrf", "404", "429", "500", "503"])
    def test_it_needs_nothing_to_be_drawn(
        self, status: str, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(0):
            page = render_to_string(f"{status}.html")
        assert page.count("<h1>") == 1

    def test_it_explains_a_form_that_is_not_ours(self) -> None:
        client = Client(enforce_csrf_checks=True)
        response = client.post("/user/logout/")
        assert response.status_code == 403
        assert "Nothing was changed." in response.content.decode()


class TestMaintenance:
    @pytest.fixture(autouse=True)
    def maintained(self, settings: Settings) -> None:
        settings.MAINTENANCE = True

    def test_it_says_so_and_when_to_come_back(
        self, client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(0):
            response = client.get("/search")
        assert response.status_code == 503
        assert response["Retry-After"] == "300"
        assert "Toolhub is being maintained" in response.content.decode()

    def test_it_tells_programs_in_their_form(self, client: Client) -> None:
        response = client.get("/api/tools/")
        assert response.status_code == 503
        assert response.json()["status_code"] == 503

    def test_it_stays_alive(self, client: Client) -> None:
        assert client.get("/healthz").status_code == 200


def test_it_knows_the_languages_by_their_own_names() -> None:
    names = dict(django_settings.LANGUAGES)
    assert set(names) >= {
        "ar",
        "de",
        "en",
        "es",
        "fa",
        "fr",
        "he",
        "id",
        "ja",
        "pt",
        "ru",
        "uk",
        "zh-hans",
    }
    assert names["ja"] == "日本語"
