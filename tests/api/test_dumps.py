from __future__ import annotations

import csv
import hashlib
import io
import os
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import orjson
import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from tests.factories import tool_make
from toolhub.accounts.models import User
from toolhub.catalog.models import ToolDocument
from toolhub.catalog.services.dumps import KEPT, dump_write
from toolhub.catalog.services.imports import tools_import_remove
from toolhub.catalog.tasks import tools_dump
from toolhub.core import db

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DUMPS_DIR = tmp_path / "dumps"
    return tmp_path / "dumps"


@pytest.fixture
def api() -> Client:
    return Client(headers={"accept": "application/json"}, raise_request_exception=False)


def get(api: Client, path: str) -> Any:
    response = api.get(path)
    assert response.status_code == 200, response.content
    return orjson.loads(response.content)


def download(api: Client, name: str, dump: int = 0) -> bytes:
    file = {file["name"]: file for file in get(api, "/api/dumps/")["results"][dump]["files"]}[name]
    response = api.get(urlsplit(file["url"]).path, headers={"accept": "text/csv"})
    body = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert (len(body), hashlib.sha256(body).hexdigest()) == (file["size_bytes"], file["sha256"])
    assert response.headers["ETag"] == f'"{file["sha256"]}"'
    return body


def some_tools(alice: User) -> None:
    for name in ("b", "ä-tool", "a", "引用", "c", "Z"):
        tool_make(name, actor=alice, keywords=[name])
    tools_import_remove(actor=alice, names=["b"], comment="")
    tool_make("a", actor=alice, title="Another title")


def replay(api: Client) -> dict[str, bytes]:
    """A mirror that knows the API alone."""
    mirror: dict[str, bytes] = {}
    since, more = 0, True
    while more:
        page = get(api, f"/api/changes/?since={since}&kind=tool&limit=3")
        names = {one["key"] for one in page["results"]}
        found = get(api, "/api/tools/?name__in=" + ",".join(names))["results"] if names else []
        for name in names:
            mirror.pop(name, None)
        mirror |= {tool["name"]: orjson.dumps(tool) for tool in found}
        since, more = page["next_since"], page["has_more"]
    return mirror


def test_it_gives_what_a_replay_of_all_changes_gives(api: Client, alice: User) -> None:
    some_tools(alice)
    dump_write()
    mirror = replay(api)
    assert set(mirror) == {"a", "c", "Z", "ä-tool", "引用"}
    lines = b"".join(mirror[name] + b"\n" for name in sorted(mirror))
    assert download(api, "tools.jsonl") == lines
    assert get(api, "/api/dumps/")["results"][0]["seq"] == get(api, "/api/changes/")["newest"]


def test_it_writes_a_table_no_spreadsheet_runs(api: Client, alice: User) -> None:
    tool_make("a-tool", actor=alice, title="=HYPERLINK(1)", keywords=["x", "y"])
    dump_write()
    rows = list(csv.DictReader(io.StringIO(download(api, "tools.csv").decode(), newline="")))
    assert rows[0]["title"] == "'=HYPERLINK(1)"
    assert (rows[0]["keywords"], rows[0]["icon"]) == ('["x","y"]', "")
    assert rows[0]["annotations.tasks"] == "[]"


def test_it_keeps_the_newest_seven(api: Client, alice: User, folder: Path) -> None:
    for number in range(KEPT + 3):
        tool_make(f"tool-{number}", actor=alice)
        call_command("dump", stdout=io.StringIO())
    dumps = get(api, "/api/dumps/")["results"]
    assert [dump["tools"] for dump in dumps] == [10, 9, 8, 7, 6, 5, 4]
    assert len(list(folder.iterdir())) == KEPT


def test_it_writes_nothing_twice(alice: User, folder: Path) -> None:
    tools_dump()
    before = list(folder.iterdir())
    assert dump_write() == before[0]
    assert list(folder.iterdir()) == before


def test_it_leaves_nothing_of_a_dump_that_failed(
    api: Client, alice: User, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir()
    (folder / ".part-old").mkdir()
    os.utime(folder / ".part-old", (0, 0))
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
        with pytest.raises(OSError, match="disk full"):
            dump_write()
    assert [path.name for path in folder.iterdir()] == [".part-old"]
    assert get(api, "/api/dumps/")["results"] == []
    assert list(folder.parent.glob("dumps/*")) == [folder / ".part-old"]
    dump_write()
    assert not (folder / ".part-old").exists()


def test_it_answers_304_to_who_has_the_file(api: Client, alice: User) -> None:
    dump_write()
    file = get(api, "/api/dumps/")["results"][0]["files"][0]
    path = urlsplit(file["url"]).path
    response = api.get(path, headers={"if-none-match": f'"{file["sha256"]}"'})
    assert (response.status_code, response.content) == (304, b"")


@pytest.mark.parametrize(
    "path",
    [
        "none/tools.jsonl",
        "2026-01-01-1/tools.jsonl",
        "{dump}/manifest.json",
        "{dump}/none",
        "{dump}/..%2f..%2fdb.sqlite3",
        "..%2f/tools.csv",
        "%00/tools.csv",
    ],
)
def test_it_shows_no_other_file(api: Client, alice: User, path: str) -> None:
    path = path.replace("{dump}", dump_write().name)
    response = api.get(f"/api/dumps/{path}")
    assert response.status_code == 404
    assert orjson.loads(response.content)["code"] == 4004


def test_it_has_no_dump_before_the_first_night(api: Client, db: None) -> None:
    assert get(api, "/api/dumps/") == {"results": []}


@pytest.mark.django_db(transaction=True)
def test_it_reads_one_state_while_others_write(alice: User) -> None:
    def write() -> None:
        tool_make("meanwhile", actor=alice)
        connection.close()

    with db.snapshot():
        before = ToolDocument.objects.count()
        writer = Thread(target=write)
        writer.start()
        writer.join(20)
        assert not writer.is_alive()
        assert ToolDocument.objects.count() == before
    assert ToolDocument.objects.count() == before + 1
