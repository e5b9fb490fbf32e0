from __future__ import annotations

import threading
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from crawler.models import Run, RunUrl, Url, UrlTool
from crawler.services.crawl import run_url_crawl
from crawler.services.runs import run_finish, run_start, run_url_release_stuck
from crawler.services.urls import url_register, url_remove
from tests.factories import user_make
from tests.feeds import Feeds
from toolhub.accounts.models import User
from toolhub.audit.models import LogEntry
from toolhub.catalog.models import Revision, Tool, ToolDocument
from toolhub.core.changes import newest_seq
from toolhub.core.clock import now
from toolhub.core.errors import InvalidInput, PermissionDenied, Unauthenticated

pytestmark = pytest.mark.django_db


def record(name: str, **fields: Any) -> dict[str, Any]:
    return {
        "name": name,
        "title": name.title(),
        "description": "Does one thing.",
        "url": f"https://{name}.example.org/",
        **fields,
    }


def crawl(*urls: Url) -> list[RunUrl]:
    run = run_start(urls=urls or None)
    for pk in run.run_urls.values_list("pk", flat=True):
        run_url_crawl(run_url_id=pk)
    return list(RunUrl.objects.filter(run=run).order_by("pk"))


def listed() -> set[str]:
    return set(ToolDocument.objects.values_list("name", flat=True))


def test_it_brings_the_tools_of_a_feed(alice: User, feeds: Feeds) -> None:
    url = url_register(actor=alice, url=feeds.put("/t.json", [record("one"), record("two")]))
    (row,) = crawl(url)
    assert (row.valid, row.status_code, row.new_tools, row.tools_found) == (True, 200, 2, 2)
    assert listed() == {"one", "two"}
    run = Run.objects.get()
    assert (run.crawled_urls, run.new_tools, run.updated_tools, run.total_tools) == (1, 2, 0, 2)
    assert run.ended_at is not None
    assert Tool.objects.get(name="one").created_by == alice
    assert Revision.objects.first().comment == f"Import from {url.url}"  # type: ignore[union-attr]


def test_it_changes_nothing_the_second_time(alice: User, feeds: Feeds) -> None:
    url_register(actor=alice, url=feeds.put("/t.json", [record("one"), record("two")]))
    crawl()
    revisions, entries = Revision.objects.count(), LogEntry.objects.count()
    tools_seq = newest_seq()
    (row,) = crawl()
    assert (row.new_tools, row.updated_tools, row.removed_tools) == (0, 0, 0)
    assert (Revision.objects.count(), LogEntry.objects.count()) == (revisions, entries)
    assert newest_seq() == tools_seq + 2  # the run itself: started, ended


def test_it_keeps_good_records_beside_broken_ones(alice: User, feeds: Feeds) -> None:
    body = [record("good"), {"name": "no-title"}, "text", None, record("also-good", tool_type=3)]
    url_register(actor=alice, url=feeds.put("/t.json", body))
    (row,) = crawl()
    assert listed() == {"good", "also-good"}
    assert not row.valid
    assert {"/1/title", "/2", "/3", "/4/tool_type"} <= {one["pointer"] for one in row.findings}
    assert all(one["line"] for one in row.findings if one["severity"] == "error")


@pytest.mark.parametrize(
    "answer",
    [
        b"<html>log in</html>",
        b"",
        b"[{",
        b"5",
        b"\xff\xfe{\x00}\x00",
        (500, b"[]"),
        (404, b""),
        (410, b""),
        (204, b""),
    ],
)
def test_it_keeps_the_tools_when_the_answer_is_bad(
    alice: User, feeds: Feeds, answer: bytes | tuple[int, bytes]
) -> None:
    url_register(actor=alice, url=feeds.put("/t.json", [record("one")]))
    crawl()
    feeds.put("/t.json", answer)
    (row,) = crawl()
    assert not row.valid
    assert row.error_code
    assert "ERROR" in row.log
    assert listed() == {"one"}


def test_it_removes_what_a_good_answer_leaves_out(alice: User, feeds: Feeds) -> None:
    url = url_register(actor=alice, url=feeds.put("/t.json", [record("one"), record("two")]))
    crawl()
    feeds.put("/t.json", [record("one")])
    (row,) = crawl()
    assert row.removed_tools == 1
    assert listed() == {"one"}
    assert Tool.objects.get(name="two").deleted_at is not None
    feeds.put("/t.json", [record("one"), record("two")])
    (row,) = crawl()
    assert row.new_tools == 1
    assert UrlTool.objects.filter(url=url).count() == 2


def test_it_keeps_a_value_that_is_now_written_unreadably(alice: User, feeds: Feeds) -> None:
    url_register(actor=alice, url=feeds.put("/t.json", record("one", license="MIT", subtitle="x")))
    crawl()
    feeds.put("/t.json", record("one", license={"is": "MIT"}))
    crawl()
    tool = Tool.objects.get()
    assert (tool.license, tool.subtitle) == ("MIT", None)


def test_it_keeps_a_tool_whose_record_got_worse(alice: User, feeds: Feeds) -> None:
    url_register(actor=alice, url=feeds.put("/t.json", [record("one")]))
    crawl()
    feeds.put("/t.json", [{"name": "one"}])
    crawl()
    assert listed() == {"one"}


def test_it_leaves_a_name_to_the_address_that_brought_it_first(
    alice: User, bob: User, feeds: Feeds
) -> None:
    first = url_register(actor=alice, url=feeds.put("/a.json", record("one", title="First")))
    second = url_register(actor=bob, url=feeds.put("/b.json", record("one", title="Second")))
    crawl(first)
    (row,) = crawl(second)
    assert [one["code"] for one in row.findings] == ["name_taken"]
    assert first.url in row.findings[0]["message"]
    assert row.findings[0]["line"] == 1
    assert not row.valid
    assert Tool.objects.get().title == "First"
    feeds.put("/a.json", [record("another")])
    crawl(first, second)
    assert Tool.objects.get(name="one").title == "Second"
    assert listed() == {"one", "another"}


def test_it_refuses_the_second_record_of_a_name(alice: User, feeds: Feeds) -> None:
    body = [record("one", title="First"), record("One", title="Second")]
    url_register(actor=alice, url=feeds.put("/t.json", body))
    (row,) = crawl()
    assert Tool.objects.get().title == "First"
    assert "duplicate_name" in {one["code"] for one in row.findings}


def test_it_says_that_a_person_keeps_a_tool(alice: User, feeds: Feeds) -> None:
    url_register(actor=alice, url=feeds.put("/t.json", record("one")))
    crawl()
    Tool.objects.update(origin="api", title="By hand")
    (row,) = crawl()
    assert not row.valid
    assert "kept by a person" in row.log
    assert Tool.objects.get().title == "By hand"


def test_it_does_not_remove_what_a_person_keeps_meanwhile(alice: User, feeds: Feeds) -> None:
    url_register(actor=alice, url=feeds.put("/t.json", [record("one"), record("two")]))
    crawl()
    Tool.objects.filter(name="one").update(origin="api")
    feeds.put("/t.json", [record("two")])
    crawl()
    assert listed() == {"one", "two"}


def test_it_ends_only_the_address_at_fault(alice: User, feeds: Feeds) -> None:
    url_register(actor=alice, url=feeds.put("/bad.json", b"[" * 200_000))
    url_register(actor=alice, url=feeds.put("/good.json", record("one")))
    gone = url_register(actor=alice, url="https://no-such-host.invalid/toolinfo.json")
    rows = crawl()
    assert [row.valid for row in rows] == [False, True, False]
    assert rows[2].url == gone
    assert rows[2].error_code
    assert listed() == {"one"}
    assert Run.objects.get().ended_at is not None


def test_it_gives_each_address_to_one_worker(alice: User, feeds: Feeds) -> None:
    url_register(actor=alice, url=feeds.put("/t.json", record("one")))
    run = run_start()
    pk = run.run_urls.get().pk
    assert run_url_crawl(run_url_id=pk) is not None
    assert run_url_crawl(run_url_id=pk) is None
    assert feeds.seen == ["/t.json"]
    assert run_finish(run_id=run.pk) is False


def test_it_takes_up_what_a_lost_worker_left(alice: User, feeds: Feeds) -> None:
    url_register(actor=alice, url=feeds.put("/t.json", record("one")))
    run = run_start()
    row = run.run_urls.get()
    RunUrl.objects.filter(pk=row.pk).update(
        state=RunUrl.State.FETCHING, claimed_at=now().replace(year=2020)
    )
    assert run_url_release_stuck() == [row.pk]
    assert run_url_crawl(run_url_id=row.pk) is not None
    assert run_url_release_stuck() == []


def test_it_ends_a_run_without_addresses_at_once(db: None) -> None:
    assert Run.objects.filter(pk=run_start().pk).exclude(ended_at=None).exists()


def test_it_registers_an_address_once(alice: User, bob: User, feeds: Feeds) -> None:
    address = feeds.put("/t.json", [])
    url = url_register(actor=alice, url=address)
    with pytest.raises(InvalidInput) as error:
        url_register(actor=bob, url=address)
    assert error.value.errors[0].code == 3001
    entry = LogEntry.objects.get(target_type="url")
    assert (entry.user, entry.target_label) == (alice, url.url)


@pytest.mark.parametrize(
    "address",
    ["", "ftp://example.org/", "http://127.0.0.1/", "http://[::1]/", "javascript:1", "x" * 300,
     "https://example.org:22/", "https://user:pw@example.org/", "https://example.org/" + "a" * 250],
)  # fmt: skip
def test_it_refuses_an_address_it_could_not_crawl(alice: User, address: str) -> None:
    with pytest.raises(InvalidInput) as error:
        url_register(actor=alice, url=address)
    assert error.value.errors[0].field == "url"
    assert not Url.objects.exists()


def test_it_lets_only_the_registrant_remove_an_address(
    alice: User, charlie: User, feeds: Feeds
) -> None:
    url = url_register(actor=alice, url=feeds.put("/t.json", record("one")))
    crawl()
    with pytest.raises(PermissionDenied):
        url_remove(actor=charlie, url=url)
    url_remove(actor=alice, url=url)
    assert not Url.objects.exists()
    assert not listed()


def test_it_wants_a_login_to_register(feeds: Feeds, db: None) -> None:
    with pytest.raises(Unauthenticated):
        url_register(actor=AnonymousUser(), url="https://example.org/")


@pytest.mark.django_db(transaction=True)
def test_it_gives_a_new_name_to_one_of_two_simultaneous_addresses(feeds: Feeds) -> None:
    alice = user_make()
    for number in range(6):
        address = feeds.put(
            f"/{number}.json", [record(f"tool-{one}", title=f"{number}") for one in range(8)]
        )
        url_register(actor=alice, url=address)
    run = run_start()

    def work(pk: int) -> None:
        try:
            run_url_crawl(run_url_id=pk)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=work, args=(pk,))
        for pk in run.run_urls.values_list("pk", flat=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = list(RunUrl.objects.filter(run=run))
    assert sum(row.new_tools for row in rows) == 8
    assert not [row.log for row in rows if row.error_code == "internal_error"]
    assert Revision.objects.count() == 8
    assert len(set(UrlTool.objects.values_list("tool", flat=True))) == 8
