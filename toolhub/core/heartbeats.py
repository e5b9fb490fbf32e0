"""Periodic jobs leave a sign of life, so that the status page can say which is late and which was lost on its way.

toolhub.celery calls both functions around every task of the schedule: no task has to remember to.
"""

from __future__ import annotations

from toolhub.core.clock import now
from toolhub.core.models import Heartbeat


def heartbeat_start(job: str) -> None:
    beginning = {"started_at": now(), "ended_at": None, "is_failed": False}
    Heartbeat.objects.update_or_create(job=job, defaults=beginning)


def heartbeat_end(job: str, *, is_failed: bool) -> None:
    Heartbeat.objects.filter(job=job).update(ended_at=now(), is_failed=is_failed)


def heartbeat_list() -> dict[str, Heartbeat]:
    """The newest sign of life of each job that ever ran."""
    return {beat.job: beat for beat in Heartbeat.objects.all()}
