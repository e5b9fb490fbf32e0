from __future__ import annotations

from argparse import ArgumentParser
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from crawler.models import Run, RunUrl, Url
from crawler.services.crawl import run_url_crawl
from crawler.services.runs import run_start
from crawler.services.urls import url_register
from crawler.tasks import crawl_enqueue
from toolhub.accounts.services import system_user
from toolhub.core.errors import InvalidInput


class Command(BaseCommand):
    help = "Crawls the registered addresses, or those given with --url, which are registered first when they are new."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--url", action="append", default=[], help="crawl only this address (may be repeated)"
        )
        parser.add_argument(
            "--wait",
            action="store_true",
            help="crawl here and now instead of leaving it to the workers",
        )
        parser.add_argument("-q", "--quiet", action="store_true", help="print nothing but errors")

    def handle(self, *args: Any, url: list[str], wait: bool, quiet: bool, **options: Any) -> None:
        run = run_start(urls=[self.registered(one) for one in url] if url else None)
        if not wait:
            crawl_enqueue(run)
            if not quiet:
                self.stdout.write(f"Run {run.pk} of {run.run_urls.count()} addresses is queued.")
            return
        for done in self.crawl_all(run):
            if not quiet:
                self.stdout.write(progress(done))
        run.refresh_from_db()
        if not quiet:
            self.stdout.write(summary(run))

    def registered(self, address: str) -> Url:
        known = Url.objects.filter(url=address).first()
        if known is not None:
            return known
        try:
            return url_register(actor=system_user(), url=address)
        except InvalidInput as error:
            raise CommandError(f"{address}: {error.errors[0].message}") from error

    def crawl_all(self, run: Run) -> Any:
        """Yields each row as it is done."""
        ids = list(run.run_urls.values_list("pk", flat=True))
        with ThreadPoolExecutor(settings.CRAWL_THREADS, thread_name_prefix="crawl") as pool:
            for future in as_completed([pool.submit(crawl_one, one) for one in ids]):
                if (done := future.result()) is not None:
                    yield done


def crawl_one(run_url_id: int) -> RunUrl | None:
    try:
        return run_url_crawl(run_url_id=run_url_id)
    finally:
        connection.close()


def progress(row: RunUrl) -> str:
    verdict = "ok" if row.valid else row.error_code or "findings"
    return (
        f"{verdict:18} {row.status_code or '---'} {row.elapsed_ms:6} ms  {row.tools_found:5} tools "
        f"(+{row.new_tools} ~{row.updated_tools} -{row.removed_tools})  {row.url.url}"
    )


def summary(run: Run) -> str:
    took = (run.ended_at - run.started_at).total_seconds() if run.ended_at else 0
    failed = run.run_urls.filter(valid=False).count()
    return (
        f"Run {run.pk}: {run.crawled_urls} addresses in {took:.1f} s, {failed} with problems; "
        f"{run.new_tools} new, {run.updated_tools} updated, {run.total_tools} tools in all."
    )
