"""One address of one run, from claim to result. No input, however hostile, lets an exception leave `run_url_crawl`."""

from __future__ import annotations

import logging
from dataclasses import asdict

from django.utils.translation import gettext as _

from crawler.models import RunUrl, Url
from crawler.pipeline import Verdict, judge
from crawler.rules.feed import Feed
from crawler.selectors import name_holders, url_tool_names
from crawler.services.journal import Journal
from crawler.services.runs import run_url_claim, run_url_finish
from crawler.services.urls import NameLost, url_tools_drop, url_tools_keep
from toolhub.catalog.services.imports import Outcome, ToolWrite, Written, tools_import
from toolhub.catalog.toolinfo import ParsedFile, ParsedRecord, parse_file
from toolhub.core import http

logger = logging.getLogger(__name__)

FINDINGS_KEPT = 500
"""A feed of 5,000 broken records is told by its first ones."""


def run_url_crawl(*, run_url_id: int) -> RunUrl | None:
    """None when another worker has this row or it is done already."""
    run_url = run_url_claim(run_url_id=run_url_id)
    if run_url is None:
        return None
    journal = Journal()
    try:
        _crawl(run_url, journal)
    except Exception:
        # The last door: an error of ours is logged with its trace and ends this address only.
        logger.exception("crawl of %s failed", run_url.url.url)
        run_url.error_code, run_url.valid = "internal_error", False
        journal.error(
            _("An error on our side ended this crawl. It has been logged; the tools stay.")
        )
    run_url.log = journal.text()
    run_url_finish(run_url=run_url)
    return run_url


def _crawl(run_url: RunUrl, journal: Journal) -> None:
    response = _fetch(run_url, journal)
    if response is None:
        return
    run_url.status_code = response.status
    run_url.redirected = response.redirected
    run_url.elapsed_ms = response.elapsed_ms
    journal.info(f"Answer {response.status}, {len(response.body)} bytes, {response.elapsed_ms} ms")
    if response.redirected:
        journal.warning(f"Redirected to {response.url}")
    if response.status != 200:
        run_url.error_code = f"http_{response.status}"
        journal.error(f"Status {response.status} instead of 200. The tools stay as they are.")
        return
    parsed = parse_file(response.body, charset=response.charset)
    try:
        _apply(run_url, parsed, journal)
    except NameLost:
        # Two addresses brought the same new name at the same moment; now it is known who has it.
        _apply(run_url, parsed, journal)


def _fetch(run_url: RunUrl, journal: Journal) -> http.Response | None:
    journal.info(f"Fetching {run_url.url.url}")
    try:
        return http.get(run_url.url.url)
    except http.OutboundError as error:
        run_url.error_code = error.code
        run_url.elapsed_ms = error.elapsed_ms
        journal.error(f"{error.message} ({error.code}). The tools stay as they are.")
        return None


def _apply(run_url: RunUrl, parsed: ParsedFile, journal: Journal) -> None:
    url = run_url.url
    verdict = judge(_feed(url, parsed))
    for finding in verdict.findings[:FINDINGS_KEPT]:
        journal.finding(finding)
    written = _import(url, verdict.take, journal)
    removed = _remove(url, verdict, journal)
    refused = sum(one.outcome is Outcome.REFUSED for one in written)
    run_url.schema = parsed.schema
    run_url.valid = verdict.valid and not refused
    run_url.findings = [asdict(finding) for finding in verdict.findings[:FINDINGS_KEPT]]
    run_url.error_code = parsed.errors[0].code if parsed.errors else ""
    run_url.tools_found = len(written) - refused
    run_url.new_tools = sum(one.outcome in {Outcome.CREATED, Outcome.REVIVED} for one in written)
    run_url.updated_tools = sum(one.outcome is Outcome.UPDATED for one in written)
    run_url.removed_tools = removed
    journal.info(
        f"{len(parsed.records)} records: {run_url.new_tools} new, {run_url.updated_tools} updated, "
        f"{removed} removed, {len(parsed.records) - run_url.tools_found} refused"
    )


def _feed(url: Url, parsed: ParsedFile) -> Feed:
    holders = name_holders(record.name for record in parsed.records)
    return Feed(
        parsed=parsed,
        holders={name: held.url for name, held in holders.items() if held.url_id != url.pk},
        previous=frozenset(url_tool_names(url)),
    )


def _import(url: Url, records: tuple[ParsedRecord, ...], journal: Journal) -> list[Written]:
    def keep(part: list[Written]) -> None:
        fresh = [one.tool for one in part if one.outcome is not Outcome.REFUSED]
        url_tools_keep(url=url, tools=fresh)

    writes = [
        ToolWrite(record.name, record.fields, record.extra, record.unread) for record in records
    ]
    written = tools_import(
        actor=url.created_by, writes=writes, comment=f"Import from {url.url}", after=keep
    )
    for one in written:
        if one.outcome is Outcome.REFUSED:
            journal.error(
                f"“{one.tool.name}” is kept by a person through the API, not by this file."
            )
        elif one.outcome is not Outcome.UNCHANGED:
            journal.info(f"“{one.tool.name}” {one.outcome.value}")
    return written


def _remove(url: Url, verdict: Verdict, journal: Journal) -> int:
    names = sorted(verdict.remove)
    for name in names:
        journal.warning(f"“{name}” is no longer in the file and was removed")
    return url_tools_drop(url=url, names=names, comment=f"Removed from {url.url}") if names else 0
