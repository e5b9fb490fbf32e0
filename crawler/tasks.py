from __future__ import annotations

from celery import shared_task
from django.db import transaction

from crawler.models import Run
from crawler.services.crawl import run_url_crawl
from crawler.services.runs import run_start, run_url_release_stuck


@shared_task
def crawl_start() -> int:
    """A crawl of every registered address."""
    run = run_start()
    crawl_enqueue(run)
    return run.pk


@shared_task
def crawl_url(run_url_id: int) -> None:
    run_url_crawl(run_url_id=run_url_id)


@shared_task
def crawl_sweep() -> None:
    """Takes up what a lost worker or a lost queue left lying."""
    for run_url_id in run_url_release_stuck():
        crawl_url.delay(run_url_id)


def crawl_enqueue(run: Run) -> None:
    """Queues the run's addresses, once its rows are visible to the workers."""
    ids = list(run.run_urls.values_list("pk", flat=True))
    transaction.on_commit(lambda: [crawl_url.delay(run_url_id) for run_url_id in ids])
