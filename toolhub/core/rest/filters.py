"""Query parameters as lookups and orderings of the database. A value that is none of its type is refused by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import QueryDict
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from toolhub.core.errors import FieldError, InvalidInput
from toolhub.core.params import order
from toolhub.core.rest.docs import query

Row = TypeVar("Row", bound=Model)
Parse = Callable[[str], Any]
Filters = Mapping[str, tuple[str, Parse]]
"""From the parameter to the database's lookup and the reader of its value."""

COMPARISONS = ("gt", "gte", "lt", "lte")


def number(raw: str) -> int:
    if not (raw.isascii() and raw.isdigit() and len(raw) < 16):
        raise ValueError(raw)
    return int(raw)


def day(raw: str) -> date:
    return date.fromisoformat(raw)


def text(raw: str) -> str:
    if "\0" in raw:
        raise ValueError(raw)
    return raw


TYPES: dict[Parse, OpenApiTypes] = {number: OpenApiTypes.INT, day: OpenApiTypes.DATE}


def comparisons(parameter: str, lookup: str, parse: Parse) -> dict[str, tuple[str, Parse]]:
    """The four parameters `<parameter>__gt` to `__lte`."""
    return {f"{parameter}__{one}": (f"{lookup}__{one}", parse) for one in COMPARISONS}


def filter_parameters(filters: Filters) -> list[OpenApiParameter]:
    """These filters in the OpenAPI document."""
    return [query(name, TYPES.get(parse, OpenApiTypes.STR)) for name, (_, parse) in filters.items()]


def filtered(rows: QuerySet[Row], params: QueryDict, filters: Filters) -> QuerySet[Row]:
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
                if parse is text:
                    message = f"{raw[:32]!r} holds a character that no value has."
                raise InvalidInput(FieldError(name, message, 2012)) from error
    return rows.filter(**lookups)


def ordered(rows: QuerySet[Row], params: QueryDict, orderings: Mapping[str, str]) -> QuerySet[Row]:
    """What the API does not know to order by is ignored, as its clients expect; ties are broken by id."""
    chosen = order(params, orderings)
    return rows.order_by(*chosen, "id") if chosen else rows
