from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from crawler.models import RunUrl
from tests.web.pages import HOSTILE, Page, run_make
from toolhub.core.clock import now

pytestmark = pytest.mark.django_db


def test_it_says_when_nothing_was_crawled(client: Client) -> None:
    assert "Nothing has been crawled yet." in Page(client, "/crawler-history").text


def test_it_lists_the_runs_newest_first_in_pages(client: Client) -> None:
    for number in range(1, 18):
        run_make(pk=number, started_at=now() + timedelta(hours=number))
    page = Page(client, "/crawler-history")
    assert "/crawler-history/17" in page.links()
    assert "/crawler-history/1" not in page.links()
    assert "?runs_page=2" in page.links()
    assert "/crawler-history/1" in Page(client, "/crawler-history?runs_page=2").links()


def test_it_draws_the_runs_with_a_table_beside(client: Client) -> None:
    for number in range(3):
        run_make(started_at=now() + timedelta(hours=number), total_tools=4296 + number)
    page = Page(client, "/crawler-history")
    charts = [one["aria-label"] for one in page.elements["svg"] if one.get("role") == "img"]
    assert charts == [
        "Tools in the catalogue: from 4,296 to 4,298",
        "Addresses crawled: from 2 to 2",
    ]
    assert "Show as table" in page.text


def test_it_says_that_a_run_is_not_over(client: Client) -> None:
    run_make(pk=1, ended_at=None)
    assert "Running" in Page(client, "/crawler-history").text
    assert "Not yet" in Page(client, "/crawler-history/1").text


@pytest.mark.parametrize("path", ["/crawler-history/1", "/crawler-history?runs_id=1"])
def test_it_tells_what_a_run_found_at_each_address(client: Client, path: str) -> None:
    run_make(pk=1)
    page = Page(client, path)
    assert "1 address has problems" in page.text
    assert (
        "feeds.example.org/0.json Problems Status 200 412 ms Schema 1.2.2 0 tools registered by Alice"
        in page.text
    )
    assert "Error: Address without a scheme. Line 15, column 12 /1/url" in page.text
    assert "INFO: Fetching https://feeds.example.org/1.json" in page.text
    logs = [one for one in page.elements["details"] if one.get("class") == "disclosure"]
    assert len(logs) == 2


def test_it_tells_of_an_address_that_did_not_answer(client: Client) -> None:
    run_make(pk=1)
    RunUrl.objects.update(status_code=None, error_code="timeout", valid=False)
    page = Page(client, "/crawler-history/1")
    assert "timeout" in page.text
    assert "Status 200" not in page.text


@pytest.mark.parametrize("run_id", ["9", "x", "", "99999999999999999999", "-1"])
def test_it_answers_any_run_number(client: Client, run_id: str) -> None:
    run_make(pk=1)
    assert client.get(f"/crawler-history?runs_id={run_id}").status_code in {200, 404}
    assert client.get(f"/crawler-history/{run_id or 0}").status_code == 404


def test_it_prints_hostile_text_as_text(client: Client) -> None:
    run_make(pk=1)
    finding = {
        "pointer": HOSTILE,
        "code": HOSTILE,
        "message": HOSTILE,
        "severity": HOSTILE,
        "line": 1,
        "column": 1,
    }
    RunUrl.objects.update(log=HOSTILE, schema=HOSTILE[:32], findings=[finding])
    page = Page(client, "/crawler-history/1")
    assert HOSTILE in page.text
    assert not page.elements["script"]
    assert not page.elements["img"]


def test_it_asks_the_database_little(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(1, 4):
        run_make(pk=number)
    with django_assert_max_num_queries(3):
        Page(client, "/crawler-history")
    with django_assert_max_num_queries(4):
        Page(client, "/crawler-history/1")
