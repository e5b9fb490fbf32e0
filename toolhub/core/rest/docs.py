"""Pieces of the OpenAPI document that many operations share."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, inline_serializer
from rest_framework import serializers


def query(
    name: str, kind: OpenApiTypes = OpenApiTypes.STR, description: str = ""
) -> OpenApiParameter:
    return OpenApiParameter(name, kind, OpenApiParameter.QUERY, description=description)


IF_MATCH = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="The ETag of what was read. Edits of other fields since are kept; otherwise the answer is 412"
    " with both versions.",
)


def page_parameters() -> list[OpenApiParameter]:
    return [
        query("page", OpenApiTypes.INT, "Page number, from 1."),
        query("page_size", OpenApiTypes.INT, "Results on a page: 10 unless told, at most 1,000."),
    ]


def ordering_parameter(*fields: str) -> OpenApiParameter:
    return query("ordering", description=f"One of {', '.join(fields)}; a leading - turns it round.")


def page_of(
    item: type[serializers.Serializer[Any]], **more: serializers.Field[Any, Any, Any, Any]
) -> serializers.Serializer[Any]:
    """The serializer of a page of these items."""
    name = item._spectacular_annotation["component_name"]  # type: ignore[attr-defined]  # noqa: SLF001
    return inline_serializer(
        f"Paginated{name}List",
        {
            "count": serializers.IntegerField(),
            "next": serializers.URLField(allow_null=True),
            "previous": serializers.URLField(allow_null=True),
            **more,
            "results": item(many=True),
        },
    )
