"""A crawl that somebody asks for, of one address."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext

from crawler.models import Run, Url
from crawler.permissions import CRAWLER
from crawler.selectors import url_results
from crawler.services.runs import run_start
from toolhub.accounts.permissions import Actor
from toolhub.core.changes import recording
from toolhub.core.clock import now
from toolhub.core.errors import Conflict, NotFound

AGAIN_AFTER = timedelta(minutes=5)


class CrawledJustNow(Conflict):
    code = "crawled_just_now"


def url_crawl_start(*, actor: Actor, url: Url) -> Run:
    """A run of this one address, for the caller to enqueue.

    Raises PermissionDenied for a stranger, CrawledJustNow when the last one is younger than AGAIN_AFTER.
    """
    CRAWLER.require(actor, "url.change", url)
    with recording():
        # Two who ask at the same moment stand in line here.
        if not Url.objects.select_for_update().filter(pk=url.pk).exists():
            raise NotFound(gettext("This address is no longer registered."))
        last = url_results(url).first()
        if last is not None and last.run.started_at > now() - AGAIN_AFTER:
            raise CrawledJustNow(
                gettext("This address was crawled less than 5 minutes ago. Wait a little.")
            )
        return run_start(urls=[url])
