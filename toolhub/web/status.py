"""What works, judged from the schedule and the signs of life that jobs leave (toolhub.core.heartbeats)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any

from celery import current_app
from celery.schedules import BaseSchedule, schedule
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from kombu.exceptions import KombuError

from toolhub.catalog.search.service import engine
from toolhub.catalog.search.sync import newest_change
from toolhub.core.clock import now
from toolhub.core.heartbeats import heartbeat_list
from toolhub.core.models import Change, Heartbeat

GRACE_LEAST = timedelta(minutes=1)
GRACE_SHARE = 0.1
"""A job is late when it has not begun a tenth of its period after it was due, but never within a minute."""
LAG_LIMIT_SECONDS = 30
BROKER_SECONDS = 2

LABELS: dict[str, str | Promise] = {
    "crawler.tasks.crawl_start": _("Crawl all addresses"),
    "crawler.tasks.crawl_sweep": _("Take up lost crawls"),
    "toolhub.catalog.tasks.tools_dump": _("Write the dumps"),
    "toolhub.catalog.tasks.webhooks_forget": _("Forget old messages to subscribers"),
    "toolhub.catalog.tasks.webhooks_run": _("Tell subscribers of changes"),
}


class JobState(IntEnum):
    """Worst first, as the page lists them."""

    STALLED = 0
    FAILED = 1
    LATE = 2
    UNKNOWN = 3
    DUE = 4
    RUNNING = 5
    ON_TIME = 6

    @property
    def kind(self) -> str:
        """The shape and colour of components/state.html."""
        if self <= JobState.FAILED:
            return "bad"
        if self is JobState.LATE:
            return "warn"
        return "ok" if self >= JobState.RUNNING else ""

    @property
    def text(self) -> str | Promise:
        return STATE_TEXTS[self]


STATE_TEXTS: dict[JobState, str | Promise] = {
    JobState.STALLED: _("Stalled"),
    JobState.FAILED: _("Failed"),
    JobState.LATE: _("Late"),
    JobState.UNKNOWN: _("Not run yet"),
    JobState.DUE: _("Due now"),
    JobState.RUNNING: _("Running"),
    JobState.ON_TIME: _("On time"),
}


@dataclass(frozen=True, slots=True)
class Job:
    """A periodic job. `every_seconds` is None for one that runs at a time of day."""

    name: str
    state: JobState
    every_seconds: int | None
    last_at: datetime | None
    took_seconds: float | None
    next_at: datetime | None

    @property
    def label(self) -> str | Promise:
        return LABELS.get(self.name, self.name)


@dataclass(frozen=True, slots=True)
class SearchLag:
    """How far this machine's index is behind: changes not applied yet, and the age of the oldest of them."""

    changes: int
    seconds: int

    @property
    def is_fine(self) -> bool:
        return self.seconds <= LAG_LIMIT_SECONDS


def jobs() -> list[Job]:
    beats = heartbeat_list()
    entries: list[dict[str, Any]] = list(settings.CELERY_BEAT_SCHEDULE.values())
    found = (_job(entry["task"], entry["schedule"], beats.get(entry["task"])) for entry in entries)
    return sorted(found, key=lambda job: job.state)


def search_lag() -> SearchLag:
    applied, newest = engine().applied().seq, newest_change().seq
    waiting = Change.objects.filter(kind="tool", seq__gt=applied, seq__lte=newest)
    oldest = waiting.order_by("seq").first()
    age = (now() - oldest.at).total_seconds() if oldest else 0
    return SearchLag(waiting.count(), int(age))


def queue_depth() -> int | None:
    """Tasks that wait for a worker; None when the broker does not say."""
    # Kombu's types know neither the channel of a broker nor its errors.
    connection: Any = current_app.connection_for_read(connect_timeout=BROKER_SECONDS)
    try:
        with connection, connection.channel() as channel:
            declared = channel.queue_declare(current_app.conf.task_default_queue)
            return int(declared.message_count)
    except (OSError, KombuError, *connection.connection_errors, *connection.channel_errors):
        return None


def unwell(found: Iterable[Job]) -> list[Job]:
    return [job for job in found if job.state <= JobState.LATE]


def unknown(found: Iterable[Job]) -> list[Job]:
    return [job for job in found if job.state is JobState.UNKNOWN]


def _job(name: str, every: float | BaseSchedule, beat: Heartbeat | None) -> Job:
    times = every if isinstance(every, BaseSchedule) else schedule(run_every=every)
    every_seconds = None if isinstance(every, BaseSchedule) else int(every)
    if beat is None:
        return Job(name, JobState.UNKNOWN, every_seconds, None, None, None)
    left = times.remaining_estimate(beat.started_at)
    took = (beat.ended_at - beat.started_at).total_seconds() if beat.ended_at else None
    period = timedelta(seconds=every_seconds) if every_seconds else timedelta(days=1)
    state = _state(name, beat, left, period)
    return Job(name, state, every_seconds, beat.started_at, took, now() + left)


def _state(name: str, beat: Heartbeat, left: timedelta, period: timedelta) -> JobState:
    """Judges a job by what is left until its next run: less than nothing when it is overdue."""
    if beat.ended_at is None:
        is_lost = (now() - beat.started_at).total_seconds() > _limit_seconds(name)
        return JobState.STALLED if is_lost else JobState.RUNNING
    if left < -max(GRACE_LEAST, period * GRACE_SHARE):
        return JobState.LATE
    if beat.is_failed:
        return JobState.FAILED
    return JobState.DUE if left < timedelta() else JobState.ON_TIME


def _limit_seconds(name: str) -> float:
    """After this long a worker kills the task, so a job that did not end by then was lost."""
    task = current_app.tasks.get(name)
    return float(getattr(task, "time_limit", None) or settings.CELERY_TASK_TIME_LIMIT)
