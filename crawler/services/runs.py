"""The life of a run: its rows are claimed, finished and, when a worker died, given back. Truth is in these rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Count, Q, Sum

from crawler.models import Run, RunUrl, Url
from toolhub.catalog.models import Tool
from toolhub.core.changes import change_append, recording
from toolhub.core.clock import now
from toolhub.core.models import Change

STUCK_AFTER = timedelta(seconds=180)
"""A claim older than this belongs to a worker that is gone: no task lives longer than a third of it."""


def run_start(*, urls: Iterable[Url] | None = None) -> Run:
    """A new run with one waiting row per address; all registered ones unless `urls` names some."""
    chosen = Url.objects.filter(created_by__is_active=True) if urls is None else urls
    with recording():
        run = Run.objects.create(started_at=now())
        RunUrl.objects.bulk_create([RunUrl(run=run, url=url) for url in chosen], batch_size=500)
        change_append(kind="run", key=str(run.pk), action=Change.Action.PUT)
    run_finish(run_id=run.pk)
    return run


def run_url_claim(*, run_url_id: int) -> RunUrl | None:
    """The row, for the one caller that gets it; None when somebody else has it or it is done."""
    waiting = RunUrl.objects.filter(pk=run_url_id, state=RunUrl.State.WAITING)
    if not waiting.update(state=RunUrl.State.FETCHING, claimed_at=now()):
        return None
    return RunUrl.objects.select_related("url__created_by").get(pk=run_url_id)


def run_url_finish(*, run_url: RunUrl) -> None:
    """Stores what was found, unless the claim was lost meanwhile, and ends the run when this was its last address."""
    run_url.state = RunUrl.State.DONE
    fields = (
        "state", "status_code", "redirected", "elapsed_ms", "schema", "valid", "error_code",
        "tools_found", "new_tools", "updated_tools", "removed_tools", "findings", "log",
    )  # fmt: skip
    mine = RunUrl.objects.filter(
        pk=run_url.pk, state=RunUrl.State.FETCHING, claimed_at=run_url.claimed_at
    )
    if mine.update(**{name: getattr(run_url, name) for name in fields}):
        run_finish(run_id=run_url.run_id)


def run_finish(*, run_id: int) -> bool:
    """Ends the run if nothing of it is left to do; True for the one caller who ended it."""
    rows = RunUrl.objects.filter(run=run_id)
    if rows.exclude(state=RunUrl.State.DONE).exists():
        return False
    sums = rows.aggregate(crawled=Count("pk"), new=Sum("new_tools"), updated=Sum("updated_tools"))
    with recording():
        ended = Run.objects.filter(pk=run_id, ended_at=None).update(
            ended_at=now(),
            crawled_urls=sums["crawled"],
            new_tools=sums["new"] or 0,
            updated_tools=sums["updated"] or 0,
            total_tools=Tool.objects.listed().count(),
        )
        if ended:
            change_append(kind="run", key=str(run_id), action=Change.Action.PUT)
    return bool(ended)


def run_url_release_stuck() -> list[int]:
    """Gives rows whose worker is gone back to the queue; their ids, for the caller to enqueue."""
    lost = Q(state=RunUrl.State.FETCHING, claimed_at__lt=now() - STUCK_AFTER)
    ids = list(RunUrl.objects.filter(lost).values_list("pk", flat=True))
    RunUrl.objects.filter(lost, pk__in=ids).update(state=RunUrl.State.WAITING, claimed_at=None)
    for run_id in Run.objects.filter(ended_at=None).values_list("pk", flat=True):
        run_finish(run_id=run_id)
    return ids
