from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from tests.factories import tool_make
from toolhub.catalog.models import ToolDocument
from toolhub.catalog.search import (
    SearchQuery,
    engine,
    search_rebuild,
    search_sync,
    service,
    sync,
    tool_search,
)
from toolhub.catalog.search.port import Engine, SearchBroken
from toolhub.catalog.search.tantivy_engine import TantivyEngine
from toolhub.core.changes import change_append, newest_seq, recording
from toolhub.core.errors import Unavailable
from toolhub.core.models import Change

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_index(tmp_path: Path, settings: Settings) -> Iterator[None]:
    settings.SEARCH_DIR = tmp_path / "search"
    settings.SEARCH_ALWAYS_FRESH = True
    yield
    service._engine.cache_clear()
    service._checked_at.clear()


def found(text: str = "") -> tuple[str, ...]:
    return tool_search(SearchQuery(text=text, sort="name")).names


def change(name: str, action: Change.Action, *, kind: str = "tool") -> None:
    with recording():
        change_append(kind=kind, key=name, action=action)


def test_it_finds_a_tool_as_soon_as_it_is_written() -> None:
    assert found() == ()
    tool_make("edit-counter")
    assert found("counter") == ("edit-counter",)


def test_it_forgets_a_tool_that_is_gone() -> None:
    tool_make("a")
    tool_make("b")
    assert found() == ("a", "b")
    change("a", Change.Action.GONE)
    assert found() == ("b",)


def test_it_forgets_a_tool_whose_document_is_missing() -> None:
    tool_make("a")
    assert found() == ("a",)
    ToolDocument.objects.all().delete()
    change("a", Change.Action.PUT)
    assert found() == ()


def test_it_asks_one_query_when_nothing_changed(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    tool_make("a")
    found()
    change("1", Change.Action.PUT, kind="list")
    with django_assert_num_queries(1):
        found()


def test_it_asks_no_query_when_it_has_just_looked(
    settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    found()
    tool_make("a")
    settings.SEARCH_ALWAYS_FRESH = False
    with django_assert_num_queries(0):
        assert found() == ()
    service._checked_at.clear()
    assert found() == ("a",)


def test_it_replays_only_the_newest_change_of_a_tool(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sync, "BATCH", 2)
    for name in ("a", "b", "c", "d", "e"):
        tool_make(name)
    for _ in range(5):
        change("b", Change.Action.PUT)
    change("c", Change.Action.GONE)
    replayed: list[str] = []
    replay = sync._apply

    def spy(index: Engine, changes: list[Change]) -> None:
        replayed.extend(change.key for change in changes)
        replay(index, changes)

    monkeypatch.setattr(sync, "_apply", spy)
    assert search_sync()
    assert replayed == ["a", "d", "e", "b", "c"]
    assert found() == ("a", "b", "d", "e")
    assert engine().applied().seq == newest_seq()


def test_it_starts_anew_after_the_database_went_back() -> None:
    tool_make("a")
    tool_make("b")
    assert found() == ("a", "b")
    ToolDocument.objects.filter(name="b").delete()
    Change.objects.filter(key="b").delete()
    assert found() == ("a",)


def test_it_starts_anew_when_the_same_number_is_another_change() -> None:
    tool_make("a")
    tool_make("b")
    assert found() == ("a", "b")
    ToolDocument.objects.filter(name="b").update(name="c", body='{"name": "c"}')
    Change.objects.filter(key="b").update(key="c")
    assert found() == ("a", "c")


def test_it_leaves_the_index_to_another_process(settings: Settings) -> None:
    tool_make("a")
    with TantivyEngine(settings.SEARCH_DIR).writing() as granted:
        assert granted
        assert not search_sync()
        assert found() == ()
    assert found() == ("a",)


def test_it_rebuilds() -> None:
    tool_make("a")
    found()
    engine().index([{"name": "never written"}])
    engine().commit(*_applied())
    assert found() == ("a", "never written")
    search_rebuild()
    assert found() == ("a",)


def test_it_builds_a_broken_index_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    tool_make("a")
    found()
    broken = iter([SearchBroken("once")])
    answer = TantivyEngine.query

    def query(self: TantivyEngine, query: SearchQuery) -> object:
        for error in broken:
            raise error
        return answer(self, query)

    monkeypatch.setattr(TantivyEngine, "query", query)
    assert found() == ("a",)


def test_it_is_unavailable_when_building_anew_does_not_help(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def query(self: TantivyEngine, query: SearchQuery) -> object:
        raise SearchBroken("always")

    monkeypatch.setattr(TantivyEngine, "query", query)
    with pytest.raises(Unavailable):
        found()


def test_it_answers_from_what_there_is_when_it_cannot_write(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tool_make("a")
    found()
    tool_make("b")

    def commit(self: TantivyEngine, seq: int, mark: str = "") -> None:
        raise SearchBroken("disk full")

    monkeypatch.setattr(TantivyEngine, "commit", commit)
    assert found() == ("a",)


def _applied() -> tuple[int, str]:
    applied = engine().applied()
    return applied.seq, applied.mark
