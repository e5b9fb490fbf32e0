from __future__ import annotations

from typing import Any

from django.db.models import Count, Model, QuerySet, Window
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.serializers import Serializer

from toolhub.core.rest.pagination import page_bytes, window
from toolhub.core.rest.renderers import JSONRenderer
from toolhub.core.rest.response import json_bytes


def page_response(
    request: Request, rows: QuerySet[Any], shape: type[Serializer[Any]]
) -> HttpResponse:
    """One page of the rows. They are counted by the query that reads them."""
    part = window(request)
    counted = rows.annotate(rows_in_all=Window(Count("*")))
    found: list[Model] = list(counted[part.offset : part.offset + part.size])
    # A page after the last one has no row to tell the count.
    total = found[0].rows_in_all if found else rows.count() if part.offset else 0  # type: ignore[attr-defined]
    render = JSONRenderer().render
    return json_bytes(page_bytes(request, part, total, [render(shape(row).data) for row in found]))
