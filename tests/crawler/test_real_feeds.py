from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crawler.models import RunUrl, Url
from crawler.services.crawl import run_url_crawl
from crawler.services.runs import run_start
from tests.feeds import Feeds
from tests.shared import SHARED, needs_shared
from toolhub.accounts.models import User
from toolhub.catalog.models import Revision, Tool
from toolhub.core.models import Change

pytestmark = [pytest.mark.django_db, needs_shared]

REFUSALS = {"name_taken", "duplicate_name"}
OPEN = SHARED / "toolinfo" / "open"


def crawl_all() -> dict[str, RunUrl]:
    run = run_start()
    for pk in run.run_urls.values_list("pk", flat=True):
        run_url_crawl(run_url_id=pk)
    return {row.url.url: row for row in RunUrl.objects.filter(run=run).select_related("url")}


def tool_changes() -> int:
    return Change.objects.filter(kind="tool").count()


def expectations() -> dict[Path, dict[str, Any]]:
    files = sorted(OPEN.rglob("*.expected.json"))
    return {
        path.with_name(path.name.replace(".expected", "")): json.loads(path.read_bytes())
        for path in files
    }


def test_it_crawls_every_real_file_with_the_expected_verdicts(alice: User, feeds: Feeds) -> None:
    expected = {}
    for number, (path, verdict) in enumerate(expectations().items()):
        url = feeds.put(f"/{number}/toolinfo.json", path.read_bytes())
        Url.objects.create(url=url, created_by=alice)
        expected[url] = verdict
    rows = crawl_all()
    assert len(rows) == len(expected) > 100
    for url, row in rows.items():
        verdict = expected[url]
        assert row.error_code != "internal_error", (verdict["file"], row.log)
        accepted = sum(one["required_present_and_nonempty"] for one in verdict["records"])
        refused = {one["pointer"] for one in row.findings if one["code"] in REFUSALS}
        assert row.tools_found == accepted - len(refused), verdict["file"]
        found = {one["pointer"] for one in row.findings if one["severity"] == "error"}
        is_array = verdict["json"]["top"] == "array"
        for record in verdict["records"]:
            start = f"/{record['index']}" if is_array else ""
            wanted = {f"{start}/{path}" for path in record["failing_paths"]}
            assert wanted <= found, verdict["file"]
        if not verdict["json"]["parses"]:
            assert row.findings[0]["line"], verdict["file"]
            assert not row.valid
    revisions, changes = Revision.objects.count(), tool_changes()
    again = crawl_all()
    assert not [row.log for row in again.values() if row.new_tools or row.removed_tools]
    assert (Revision.objects.count(), tool_changes()) == (revisions, changes)


def test_it_brings_all_of_a_real_catalogue(alice: User, feeds: Feeds) -> None:
    body = (SHARED / "toolinfo" / "real-346.json").read_bytes()
    Url.objects.create(url=feeds.put("/toolinfo.json", body), created_by=alice)
    (row,) = crawl_all().values()
    assert row.valid, row.log
    assert row.new_tools == 346
    assert Tool.objects.listed().count() == 346
    before = Revision.objects.count()
    crawl_all()
    assert Revision.objects.count() == before
