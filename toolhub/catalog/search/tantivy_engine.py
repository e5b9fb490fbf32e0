"""The search engine inside the process: a tantivy index in a folder of this machine. See `port.Engine`."""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import tantivy

from toolhub.catalog.search.facets import Document, clean
from toolhub.catalog.search.port import Applied, Results, SearchBroken, SearchBusy, SearchQuery
from toolhub.catalog.search.tantivy_reader import Reader
from toolhub.catalog.search.tantivy_schema import SCHEMA, to_tantivy
from toolhub.catalog.search.tantivy_store import State, Store, WriteLock

HEAP_BYTES = 32_000_000
COMMIT_WAIT_SECONDS = 10.0

_engines: weakref.WeakSet[TantivyEngine] = weakref.WeakSet()


class TantivyEngine:
    def __init__(self, path: Path | str) -> None:
        self._store = Store(Path(path))
        self._lock = WriteLock(Path(path) / "lock")
        self._opening = threading.Lock()
        self._pending: dict[str, tantivy.Document | None] = {}
        self._broken_folder = ""
        self._reader: Reader | None = None
        _engines.add(self)

    def writing(self, *, wait_seconds: float = 0.0) -> AbstractContextManager[bool]:
        return self._lock.hold(wait_seconds)

    def index(self, documents: Iterable[Document]) -> None:
        for document in documents:
            self._pending[clean(document["name"])] = to_tantivy(document)

    def remove(self, names: Iterable[str]) -> None:
        self._pending.update(dict.fromkeys(map(clean, names)))

    def commit(self, seq: int, mark: str = "") -> None:
        with self._exclusive(), _writing_errors():
            state = self._shown().state
            folder = state.folder or self._create()
            _write(self._open(folder), self._pending)
            self._pending = {}
            self._store.write(State(folder, seq, mark, state.commits + 1))
            self._store.drop_other_folders(keep=folder)
        self.refresh()

    def clear(self) -> None:
        with self._exclusive(), _writing_errors():
            self._pending = {}
            folder = self._create()
            self._store.write(State(folder, commits=self._shown().state.commits + 1))
            self._store.drop_other_folders(keep=folder)
        self.refresh()

    def applied(self) -> Applied:
        return self._shown().state.applied

    def refresh(self) -> None:
        with self._opening:
            state = self._store.read()
            if self._reader is None or state != self._reader.state:
                self._reader = self._read(state)

    def query(self, query: SearchQuery) -> Results:
        reader = self._shown()
        try:
            return reader.query(query)
        except BaseException as error:
            if not _is_engine_failure(error):
                raise
            self._broken_folder, self._reader = reader.state.folder, None
            raise SearchBroken("the search index cannot be read") from error

    def forget_locks(self) -> None:
        """For a child after fork: nobody is left who could release what other threads held."""
        self._opening = threading.Lock()
        self._lock.forget()

    def _shown(self) -> Reader:
        if self._reader is None:
            self.refresh()
        return self._reader or _empty()

    def _read(self, state: State) -> Reader:
        """What cannot be read is as good as nothing: the next sync starts from there."""
        if not state.folder or state.folder == self._broken_folder:
            return _empty()
        try:
            return Reader(_searcher(self._open(state.folder)), state)
        except BaseException as error:
            if not _is_engine_failure(error):
                raise
            self._broken_folder = state.folder
            return _empty()

    def _open(self, folder: str) -> tantivy.Index:
        return tantivy.Index.open(str(self._store.path / folder))

    def _create(self) -> str:
        folder = self._store.new_folder()
        tantivy.Index(SCHEMA, str(self._store.path / folder))
        return folder

    @contextmanager
    def _exclusive(self) -> Iterator[None]:
        with self.writing(wait_seconds=COMMIT_WAIT_SECONDS) as granted:
            if not granted:
                raise SearchBusy("another process keeps writing to the index")
            self.refresh()
            yield


@contextmanager
def _writing_errors() -> Iterator[None]:
    """A full disk is no reason to stop answering from what is there: only reads find an index broken."""
    try:
        yield
    except BaseException as error:
        if not _is_engine_failure(error):
            raise
        raise SearchBroken("the search index cannot be written") from error


def _write(index: tantivy.Index, pending: dict[str, tantivy.Document | None]) -> None:
    """The writer, and the memory it takes, lives for one batch."""
    writer = index.writer(heap_size=HEAP_BYTES, num_threads=1)
    try:
        for name, document in pending.items():
            writer.delete_documents_by_term("name", name)
            if document is not None:
                writer.add_document(document)
        writer.commit()
    finally:
        writer.wait_merging_threads()


def _searcher(index: tantivy.Index) -> tantivy.Searcher:
    # The default policy watches the folder with a thread, which a forked process would not have.
    index.config_reader("manual")
    index.reload()
    return index.searcher()


def _empty() -> Reader:
    return Reader(tantivy.Index(SCHEMA).searcher(), State())


def _is_engine_failure(error: BaseException) -> bool:
    """A panic in Rust arrives as a BaseException of a class that cannot be imported."""
    return isinstance(error, ValueError | OSError) or type(error).__name__ == "PanicException"


def _forget_locks() -> None:
    for engine in list(_engines):
        engine.forget_locks()


os.register_at_fork(after_in_child=_forget_locks)
