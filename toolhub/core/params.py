"""Reads typed values from a query string. A value that is none of its type is refused by name, an empty one is not there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time

from django.http import QueryDict
from django.utils.dateparse import parse_date, parse_datetime

from toolhub.core.errors import FieldError, InvalidInput

FLAGS = {"1": True, "true": True, "0": False, "false": False}


def flag(params: QueryDict, name: str) -> bool | None:
    """Raises InvalidInput."""
    raw = params.get(name, "")
    if raw and raw.lower() not in FLAGS:
        message = f"{raw[:32]!r} is not understood. Write true or false."
        raise InvalidInput(FieldError(name, message, 2011))
    return FLAGS.get(raw.lower())


def moment(params: QueryDict, name: str) -> datetime | None:
    """A point in time, in UTC unless it says otherwise; a date alone is its midnight. Raises InvalidInput."""
    raw = params.get(name, "")
    if not raw:
        return None
    try:
        day = parse_date(raw)
        found = datetime.combine(day, time()) if day else parse_datetime(raw)
        if found is not None:
            found = found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # the latter: a year that UTC does not have
        found = None
    if found is None:
        message = f"{raw[:32]!r} is not understood. Write a time like 2026-01-31T12:00:00Z."
        raise InvalidInput(FieldError(name, message, 2015))
    return found


def choices(params: QueryDict, name: str, known: Mapping[str, int]) -> list[int]:
    """The values behind all that were chosen. Raises InvalidInput."""
    chosen = [raw for raw in params.getlist(name) if raw]
    for raw in chosen:
        if raw not in known:
            message = f"{raw[:32]!r} is not a valid choice. Choose from {', '.join(known)}."
            raise InvalidInput(FieldError(name, message, 2081))
    return [known[raw] for raw in chosen]


def order(params: QueryDict, orderings: Mapping[str, str]) -> list[str]:
    """The database's fields behind ?ordering=, each once; what the API does not know is ignored, as its clients expect."""
    fields: dict[str, str] = {}
    for raw in params.get("ordering", "").split(","):
        name = raw.strip()
        if field := orderings.get(name.removeprefix("-")):
            fields.setdefault(field, f"-{field}" if name.startswith("-") else field)
    return list(fields.values())
