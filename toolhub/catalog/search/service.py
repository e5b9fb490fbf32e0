"""Search as the rest of the product uses it: one engine a process, fresh before each answer."""

from __future__ import annotations

import logging
import time
from functools import cache

from django.conf import settings

from toolhub.catalog.search.port import Engine, Results, SearchBroken, SearchBusy, SearchQuery
from toolhub.catalog.search.sync import catch_up, newest_change
from toolhub.catalog.search.tantivy_engine import TantivyEngine
from toolhub.core.errors import Unavailable

CHECK_SECONDS = 0.2
BRIEFLY_SECONDS = 0.2
WAIT_SECONDS = 60.0

logger = logging.getLogger(__name__)

_checked_at: dict[Engine, float] = {}


def engine() -> Engine:
    """The process-wide engine over `settings.SEARCH_DIR`."""
    return _engine(str(settings.SEARCH_DIR))


@cache
def _engine(path: str) -> Engine:
    return TantivyEngine(path)


def tool_search(query: SearchQuery) -> Results:
    """Answers with every change in it that was committed `CHECK_SECONDS` ago, or else with what there is.

    Raises Unavailable when the index cannot be read and cannot be built anew.
    """
    _freshen()
    try:
        return engine().query(query)
    except SearchBroken:
        logger.exception("search index broken, building it anew")
    try:
        search_sync(wait=True)
        return engine().query(query)
    except (SearchBroken, SearchBusy) as error:
        raise Unavailable("The search does not answer. Try again later.") from error


def search_sync(*, wait: bool = False) -> bool:
    """Brings the index up to date with the change sequence; False when another process is at it.

    Raises SearchBroken when the index cannot be written.
    """
    with engine().writing(wait_seconds=WAIT_SECONDS if wait else BRIEFLY_SECONDS) as granted:
        if granted:
            catch_up(engine())
        return granted


def search_rebuild() -> None:
    """Builds the index from nothing. Raises SearchBusy when another process keeps writing."""
    with engine().writing(wait_seconds=WAIT_SECONDS) as granted:
        if not granted:
            raise SearchBusy("another process keeps writing to the index")
        engine().clear()
        catch_up(engine())


def _freshen() -> None:
    index = engine()
    is_due = time.monotonic() - _checked_at.get(index, -CHECK_SECONDS) >= CHECK_SECONDS
    if not is_due and not getattr(settings, "SEARCH_ALWAYS_FRESH", False):
        return
    newest = newest_change()
    if index.applied() != newest:
        index.refresh()
    if index.applied() != newest:
        _try_sync()
    _checked_at[index] = time.monotonic()


def _try_sync() -> None:
    try:
        search_sync()
    except (SearchBroken, SearchBusy):
        logger.warning("search index could not be brought up to date", exc_info=True)
