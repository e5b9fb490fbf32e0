"""Query parameters of the crawler's lists, as lookups of the database. A value that is none of its type is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import QueryDict

from toolhub.core.errors import FieldError, InvalidInput

Row = TypeVar("Row", bound=Model)
Parse = Callable[[str], Any]

COMPARISONS = ("gt", "gte", "lt", "lte")


def _number(raw: str) -> int:
    if not (raw.isascii() and raw.isdigit() and len(raw) < 16):
        raise ValueError(raw)
    return int(raw)


RUN_FILTERS: dict[str, tuple[str, Parse]] = {
    **{f"id__{one}": (f"id__{one}", _number) for one in COMPARISONS},
    **{
        f"start_date__date__{one}": (f"started_at__date__{one}", date.fromisoformat)
        for one in COMPARISONS
    },
    **{
        f"end_date__date__{one}": (f"ended_at__date__{one}", date.fromisoformat)
        for one in COMPARISONS
    },
}
RUN_ORDERINGS = {
    "id": "id",
    "start_date": "started_at",
    "end_date": "ended_at",
    "crawled_urls": "crawled_urls",
    "total_tools": "total_tools",
}
URL_FILTERS: dict[str, tuple[str, Parse]] = {
    **{f"id__{one}": (f"id__{one}", _number) for one in COMPARISONS},
    "created_by__username": ("created_by__username", str),
    "created_by__username__contains": ("created_by__username__contains", str),
    "created_by__username__startswith": ("created_by__username__startswith", str),
    "created_by__username__endswith": ("created_by__username__endswith", str),
    "url__contains": ("url__contains", str),
}
URL_ORDERINGS = {"id": "id", "url": "url", "created_date": "created_at"}
RUN_URL_ORDERINGS = {
    "id": "id",
    "url_id": "url_id",
    "url__url": "url__url",
    "status_code": "status_code",
    "url__created_by__username": "url__created_by__username",
    "valid": "valid",
}


def filtered(
    rows: QuerySet[Row], params: QueryDict, filters: dict[str, tuple[str, Parse]]
) -> QuerySet[Row]:
    """Raises InvalidInput naming the parameter."""
    lookups = {}
    for name, (lookup, parse) in filters.items():
        if raw := params.get(name):
            try:
                lookups[lookup] = parse(raw)
            except ValueError as error:
                message = (
                    f"{raw[:32]!r} is not understood. Write a number, or a date like 2026-01-31."
                )
                raise InvalidInput(FieldError(name, message, 2012)) from error
    return rows.filter(**lookups)


def ordered(rows: QuerySet[Row], params: QueryDict, orderings: dict[str, str]) -> QuerySet[Row]:
    """What the API does not know to order by is ignored, as its clients expect; ties are broken by id."""
    chosen = []
    for raw in params.get("ordering", "").split(","):
        name = raw.strip()
        if field := orderings.get(name.removeprefix("-")):
            chosen.append(f"-{field}" if name.startswith("-") else field)
    return rows.order_by(*chosen, "id") if chosen else rows
