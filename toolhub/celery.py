"""The task queue. Truth is in the database; the queue only says that something is to be looked at."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery, Task
from celery.signals import task_postrun, task_prerun

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "toolhub.settings")

app = Celery("toolhub")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@task_prerun.connect
def _begun(task: Task[Any, Any], **kwargs: Any) -> None:
    if _is_periodic(task):
        # Models can be imported only once the worker has set Django up.
        from toolhub.core.heartbeats import heartbeat_start  # noqa: PLC0415

        heartbeat_start(task.name)


@task_postrun.connect
def _ended(task: Task[Any, Any], state: str = "", **kwargs: Any) -> None:
    if _is_periodic(task):
        from toolhub.core.heartbeats import heartbeat_end  # noqa: PLC0415

        heartbeat_end(task.name, is_failed=state != "SUCCESS")


def _is_periodic(task: Task[Any, Any]) -> bool:
    return task.name in {entry["task"] for entry in app.conf.beat_schedule.values()}
