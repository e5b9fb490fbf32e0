from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from celery import shared_task
from celery.schedules import crontab
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from tests.factories import tool_make
from tests.web.pages import Page, run_make
from toolhub.catalog.search.service import engine, search_rebuild
from toolhub.celery import app
from toolhub.core.models import Heartbeat
from toolhub.web import status
from toolhub.web.status import JobState, queue_depth, search_lag

pytestmark = pytest.mark.django_db

CRAWL = "crawler.tasks.crawl_start"
HOUR = timedelta(hours=1)


def beat(ago: timedelta, *, took: timedelta | None = timedelta(seconds=2), **fields: Any) -> None:
    started_at = timezone.now() - ago
    ended_at = started_at + took if took is not None else None
    Heartbeat.objects.create(job=CRAWL, started_at=started_at, ended_at=ended_at, **fields)


@pytest.fixture
def job(settings: Settings) -> None:
    settings.CELERY_BEAT_SCHEDULE = {"crawl": {"task": CRAWL, "schedule": 3600}}


def state() -> JobState:
    return status.jobs()[0].state


@pytest.mark.usefixtures("job")
class TestJobs:
    def test_it_knows_a_job_that_never_ran(self) -> None:
        assert state() == JobState.UNKNOWN

    def test_it_is_on_time(self) -> None:
        beat(HOUR / 2)
        found = status.jobs()[0]
        assert found.state == JobState.ON_TIME
        assert found.took_seconds == pytest.approx(2)
        assert found.next_at is not None
        assert abs(found.next_at - timezone.now() - HOUR / 2) < timedelta(seconds=5)

    @pytest.mark.parametrize(
        ("ago", "expected"),
        [
            (HOUR + timedelta(minutes=2), JobState.DUE),
            (HOUR + timedelta(minutes=7), JobState.LATE),
            (50 * HOUR, JobState.LATE),
        ],
    )
    def test_it_is_due_and_then_late(self, ago: timedelta, expected: JobState) -> None:
        beat(ago)
        assert state() == expected

    def test_it_runs_and_is_then_stalled(self) -> None:
        beat(timedelta(seconds=5), took=None)
        assert state() == JobState.RUNNING
        Heartbeat.objects.update(started_at=timezone.now() - timedelta(minutes=5))
        assert state() == JobState.STALLED

    def test_it_says_that_it_failed(self) -> None:
        beat(HOUR / 2, is_failed=True)
        assert state() == JobState.FAILED

    def test_it_reads_a_time_of_day(self, settings: Settings) -> None:
        settings.CELERY_BEAT_SCHEDULE = {
            "crawl": {"task": CRAWL, "schedule": crontab(hour=3, minute=17)}
        }
        beat(timedelta(minutes=1))
        found = status.jobs()[0]
        assert found.state == JobState.ON_TIME
        assert found.every_seconds is None
        assert found.next_at is not None
        assert (found.next_at.hour, found.next_at.minute) == (3, 17)
        Heartbeat.objects.update(started_at=timezone.now() - timedelta(days=2))
        assert state() == JobState.LATE


class TestHeartbeats:
    @pytest.fixture
    def schedule(self) -> Iterator[None]:
        before = app.conf.beat_schedule
        app.conf.beat_schedule = {
            "good": {"task": "tests.good", "schedule": 60},
            "bad": {"task": "tests.bad", "schedule": 60},
        }
        yield
        app.conf.beat_schedule = before

    @pytest.mark.usefixtures("schedule")
    def test_it_is_left_by_every_job_of_the_schedule(self) -> None:
        good.apply()
        bad.apply()
        other.apply()
        found = Heartbeat.objects.order_by("job").values_list("job", "is_failed")
        assert list(found) == [("tests.bad", True), ("tests.good", False)]
        assert not Heartbeat.objects.filter(ended_at=None).exists()


@shared_task(name="tests.good")
def good() -> None:
    assert Heartbeat.objects.get(job="tests.good").ended_at is None


@shared_task(name="tests.bad")
def bad() -> None:
    raise ValueError("on purpose")


@shared_task(name="tests.other")
def other() -> None:
    """Not periodic."""


def test_it_measures_how_far_search_is_behind() -> None:
    search_rebuild()
    assert search_lag() == status.SearchLag(0, 0)
    tool_make("one")
    tool_make("two")
    assert search_lag().changes == 2
    search_rebuild()
    assert search_lag().changes == 0
    assert engine().applied().seq


def test_it_counts_what_waits_in_the_queue() -> None:
    before = queue_depth()
    assert before is not None
    other.delay()
    assert queue_depth() == before + 1
    app.control.purge()


def test_it_says_when_the_queue_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = "redis://127.0.0.1:9/0"
    monkeypatch.setattr(app, "connection_for_read", lambda **more: app.connection(closed, **more))
    assert queue_depth() is None


class TestPage:
    def test_it_does_not_praise_what_never_ran(self, client: Client) -> None:
        run_make()
        page = Page(client, "/status")
        assert page.title == "Status – Toolhub"
        assert "background jobs have not run yet." in page.text
        assert page.text.count("Not run yet") == len(status.jobs())
        assert "no-store" in page.response["Cache-Control"]

    @pytest.mark.usefixtures("job")
    def test_it_says_that_all_is_well(self, client: Client) -> None:
        beat(HOUR / 2)
        assert "Pages, search and background jobs work." in Page(client, "/status").text

    def test_it_names_every_job(self) -> None:
        assert [job.name for job in status.jobs() if job.name not in status.LABELS] == []

    @pytest.mark.usefixtures("job")
    def test_it_puts_what_needs_attention_first(self, client: Client) -> None:
        beat(5 * HOUR)
        page = Page(client, "/status")
        assert "1 background job needs attention." in page.text
        assert "Crawl all addresses Late Every 1 h" in page.text

    def test_it_asks_little(
        self, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_max_num_queries(6):
            client.get("/status")
