from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from toolhub.catalog.api.serializers import ToolOut
from toolhub.catalog.filters import search_query
from toolhub.catalog.search import FACETS, NAME_PARAMETERS, Facet, tool_search
from toolhub.catalog.selectors.tools import tool_search_bodies
from toolhub.core.rest.docs import ordering_parameter, page_of, page_parameters, query
from toolhub.core.rest.pagination import page_bytes, window
from toolhub.core.rest.response import json_bytes

MISSING = "--"


@extend_schema_serializer(component_name="ToolDocument")
class ToolDocumentOut(ToolOut):
    """A Tool as the search sends it: authors always carry their five keys."""


class ToolSearchApi(APIView):
    @extend_schema(
        operation_id="search_tools_list",
        parameters=[
            query("q", description="Words to look for; a word with - before it is left out."),
            *page_parameters(),
            ordering_parameter("score", "name", "title", "created_date", "modified_date"),
            *(
                query(f"{facet.name}__term", description="Only tools with this value.")
                for facet in FACETS
            ),
            *(
                query(f"{facet.name}__not", description="Only tools without this value.")
                for facet in FACETS
            ),
            *(
                query(f"{facet.name}__isnull", description="1: only tools without any value.")
                for facet in FACETS
            ),
            *(query(name, OpenApiTypes.STR) for name in NAME_PARAMETERS),
        ],
        responses=page_of(
            ToolDocumentOut, facets=serializers.DictField(child=serializers.DictField())
        ),
    )
    def get(self, request: Request) -> HttpResponse:
        """Search for tools."""
        part = window(request)
        found = tool_search(search_query(request.query_params, part.offset, part.size))
        bodies = tool_search_bodies(found.names)
        facets = orjson.dumps(
            {f"_filter_{facet.name}": facet_public(facet) for facet in found.facets}
        )
        return json_bytes(page_bytes(request, part, found.total, bodies, facets=facets))


def facet_public(facet: Facet) -> dict[str, Any]:
    """The envelope of one facet, as clients of the search read it; tools without a value count under `--`."""
    counts = [(one.value, one.count) for one in facet.values]
    if facet.missing:
        counts = sorted([*counts, (MISSING, facet.missing)], key=lambda one: -one[1])
    return {
        "doc_count": facet.total,
        facet.name: {
            "meta": {
                "type": "terms",
                "param": f"{facet.name}__term",
                "missing_value": MISSING,
                "missing_param": f"{facet.name}__isnull",
                "multi": facet.multi,
            },
            "doc_count_error_upper_bound": 0,
            "sum_other_doc_count": facet.other,
            "buckets": [{"key": value, "doc_count": count} for value, count in counts],
        },
    }
