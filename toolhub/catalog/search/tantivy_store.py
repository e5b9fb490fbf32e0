"""Where an index lives: its folder, which commit is in it, and who may write.

The state file is replaced after each commit, so it may be one commit behind the index but never ahead of it:
what is applied twice does no harm. It names the folder, so that a new index takes the old one's place in one step.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from toolhub.catalog.search.port import Applied
from toolhub.catalog.search.tantivy_schema import SCHEMA_VERSION

_POLL_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class State:
    """What the newest commit left. `commits` tells two of them with the same `seq` apart."""

    folder: str = ""
    seq: int = 0
    mark: str = ""
    commits: int = 0
    version: int = SCHEMA_VERSION

    @property
    def applied(self) -> Applied:
        return Applied(self.seq, self.mark)


class Store:
    def __init__(self, path: Path) -> None:
        self.path = path
        self._state_file = path / "state.json"

    def read(self) -> State:
        """An empty state when there is none, or one that this version cannot use."""
        try:
            state = State(**json.loads(self._state_file.read_bytes()))
        except (OSError, ValueError, TypeError):
            return State()
        return state if state.version == SCHEMA_VERSION else State()

    def write(self, state: State) -> None:
        draft = self._state_file.with_suffix(".new")
        draft.write_text(json.dumps(asdict(state)))
        draft.replace(self._state_file)

    def new_folder(self) -> str:
        """Makes an empty folder whose name no reader has seen yet."""
        folder = f"index-{time.time_ns()}"
        (self.path / folder).mkdir(parents=True)
        return folder

    def drop_other_folders(self, keep: str) -> None:
        """Whoever still reads one of them keeps what is open; the space is free when they let go."""
        for folder in self.path.glob("index-*"):
            if folder.name != keep:
                shutil.rmtree(folder, ignore_errors=True)


class WriteLock:
    """One writer among threads and processes. The same thread may take it again inside."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._threads = threading.RLock()
        self._file: int | None = None

    @contextmanager
    def hold(self, wait_seconds: float) -> Iterator[bool]:
        deadline = time.monotonic() + wait_seconds
        if not self._threads.acquire(timeout=wait_seconds):
            yield False
            return
        try:
            if self._file is None:
                with self._held_file(deadline) as granted:
                    yield granted
            else:
                yield True
        finally:
            self._threads.release()

    def forget(self) -> None:
        """For a child after fork: what another thread of the parent held would never be released here."""
        self._threads = threading.RLock()
        if self._file is not None:
            os.close(self._file)
            self._file = None

    @contextmanager
    def _held_file(self, deadline: float) -> Iterator[bool]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            granted = _lock(file, deadline)
            self._file = file if granted else None
            yield granted
        finally:
            self._file = None
            # Unlocking, unlike closing, also takes the lock from a child that inherited the file.
            fcntl.flock(file, fcntl.LOCK_UN)
            os.close(file)


def _lock(file: int, deadline: float) -> bool:
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(_POLL_SECONDS)
        else:
            return True
