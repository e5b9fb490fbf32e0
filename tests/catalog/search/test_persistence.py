from __future__ import annotations

import multiprocessing
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from tests.catalog.search.contract import fill, names
from tests.catalog.search.documents import tool, tools
from toolhub.catalog.search import tantivy_store
from toolhub.catalog.search.port import Applied, SearchBroken, SearchBusy, SearchQuery
from toolhub.catalog.search.tantivy_engine import TantivyEngine
from toolhub.catalog.search.tantivy_reader import Reader

FORK = multiprocessing.get_context("fork")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "search"


@pytest.fixture
def engine(path: Path) -> TantivyEngine:
    engine = TantivyEngine(path)
    fill(engine, *tools(20), seq=20)
    return engine


def data_files(path: Path) -> list[Path]:
    return [
        file
        for file in path.glob("index-*/*")
        if file.suffix in {".term", ".idx", ".store", ".fast"}
    ]


def test_it_keeps_what_was_committed(engine: TantivyEngine, path: Path) -> None:
    again = TantivyEngine(path)
    assert again.applied().seq == 20
    assert names(again, limit=30) == names(engine, limit=30)


@pytest.mark.parametrize(
    "damage", ["truncated", "garbled", "deleted", "no meta", "no folder", "state", "empty state"]
)
def test_it_starts_anew_when_damaged(engine: TantivyEngine, path: Path, damage: str) -> None:
    state = path / "state.json"
    for file in data_files(path):
        if damage == "truncated":
            file.write_bytes(file.read_bytes()[:20])
        if damage == "garbled":
            file.write_bytes(os.urandom(file.stat().st_size))
        if damage in {"deleted", "no folder"}:
            file.unlink()
    for meta in path.glob("index-*/*.json") if damage in {"no meta", "no folder"} else ():
        meta.unlink()
    if "state" in damage:
        state.write_text("" if damage == "empty state" else '{"folder": "../elsewhere"}')
    again = TantivyEngine(path)
    assert again.applied() == Applied()
    assert names(again) == ()
    fill(again, tool("new"), seq=1)
    assert names(TantivyEngine(path)) == ("new",)
    assert len(list(path.glob("index-*"))) == 1


def test_it_starts_anew_with_another_version(
    engine: TantivyEngine, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tantivy_store, "SCHEMA_VERSION", 2)
    assert TantivyEngine(path).applied() == Applied()


def test_it_says_when_it_cannot_write(engine: TantivyEngine, path: Path) -> None:
    for meta in path.glob("index-*/meta.json"):
        meta.unlink()
    engine.index([tool("new")])
    with pytest.raises(SearchBroken):
        engine.commit(21)
    assert len(names(engine, limit=30)) == 20


def test_it_starts_anew_when_it_cannot_be_read(
    engine: TantivyEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: Reader, query: SearchQuery) -> None:
        raise ValueError("corrupt")

    with monkeypatch.context() as patched:
        patched.setattr(Reader, "query", broken)
        with pytest.raises(SearchBroken):
            names(engine)
    assert engine.applied() == Applied()
    fill(engine, tool("new"))
    assert names(engine) == ("new",)


def test_it_is_shared_by_threads(engine: TantivyEngine) -> None:
    def ask(number: int) -> int:
        if number % 10 == 0:
            with engine.writing(wait_seconds=10) as granted:
                assert granted
                fill(engine, tool(f"new-{number}"), seq=20 + number)
        return engine.query(SearchQuery(text="new" if number % 2 else "")).total

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(ask, range(60)))
    assert engine.query(SearchQuery()).total == 26


def test_it_lets_one_thread_write(engine: TantivyEngine) -> None:
    answers = []

    def other() -> None:
        with engine.writing() as granted:
            answers.append(granted)

    with engine.writing() as granted, engine.writing() as again:
        assert granted
        assert again
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    other()
    assert answers == [False, True]


def test_it_lets_one_engine_write(
    engine: TantivyEngine, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("toolhub.catalog.search.tantivy_engine.COMMIT_WAIT_SECONDS", 0.05)
    other = TantivyEngine(path)
    other.index([tool("new")])
    with engine.writing():
        with other.writing() as granted:
            assert not granted
        with pytest.raises(SearchBusy):
            other.commit(21)
    other.commit(21)
    engine.refresh()
    assert engine.applied().seq == 21


def test_a_clear_reaches_other_engines(engine: TantivyEngine, path: Path) -> None:
    other = TantivyEngine(path)
    assert other.applied().seq == 20
    engine.clear()
    assert len(names(other, limit=30)) == 20
    other.refresh()
    assert other.applied() == Applied()


def test_processes_see_each_others_commits(engine: TantivyEngine, path: Path) -> None:
    here, there = FORK.Pipe()
    child = FORK.Process(target=_child, args=(path, there), daemon=True)
    child.start()
    there.close()
    assert here.recv() == (20, 20)
    fill(engine, tool("from-parent"), seq=21)
    here.send("refresh")
    assert here.recv() == (21, 21)
    assert here.recv() == "committed"
    engine.refresh()
    child.join(10)
    assert child.exitcode == 0
    assert engine.applied().seq == 22
    assert names(engine, "from-child") == ("from-child",)


def test_a_child_inherits_the_engine_but_no_lock(engine: TantivyEngine) -> None:
    with engine.writing():
        child = FORK.Process(target=_inherits, args=(engine,), daemon=True)
        child.start()
        child.join(10)
    assert child.exitcode == 0
    with engine.writing() as granted:
        assert granted


def _child(path: Path, there: Connection) -> None:
    engine = TantivyEngine(path)
    there.send((engine.applied().seq, engine.query(SearchQuery()).total))
    there.recv()
    engine.refresh()
    there.send((engine.applied().seq, engine.query(SearchQuery()).total))
    fill(engine, tool("from-child"), seq=22)
    there.send("committed")


def _inherits(engine: TantivyEngine) -> None:
    assert len(names(engine, limit=30)) == 20
    with engine.writing() as granted:
        assert not granted
