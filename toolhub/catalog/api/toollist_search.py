from __future__ import annotations

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from toolhub.catalog.api.toollist_serializers import (
    AutoCompleteListOut,
    AutoCompleteToolOut,
    ListDocumentOut,
)
from toolhub.catalog.search import SearchQuery, tool_search
from toolhub.catalog.selectors.toollist_search import (
    ORDERINGS,
    SUGGESTIONS,
    tool_suggestions,
    toollist_search,
    toollist_suggestions,
)
from toolhub.catalog.services.toollist_documents import toollist_bodies
from toolhub.core.rest.docs import ordering_parameter, page_of, page_parameters, query
from toolhub.core.rest.filters import ordered
from toolhub.core.rest.pagination import page_bytes, window
from toolhub.core.rest.response import json_bytes

BEGINNING = "The words typed so far; the last one may be the beginning of one."


class ToolListSearchApi(APIView):
    @extend_schema(
        operation_id="search_lists_list",
        parameters=[
            query("q", description="Words that all have to be in the list or in one of its tools."),
            *page_parameters(),
            ordering_parameter("score", *ORDERINGS),
        ],
        responses=page_of(
            ListDocumentOut, facets=serializers.DictField(child=serializers.DictField())
        ),
    )
    def get(self, request: Request) -> HttpResponse:
        """Search for published lists of tools."""
        part = window(request)
        given = request.query_params
        found = ordered(toollist_search(given.get("q", "")), given, ORDERINGS)
        bodies = toollist_bodies(found[part.offset : part.offset + part.size])
        return json_bytes(page_bytes(request, part, found.count(), bodies, facets=b"{}"))


class ToolListAutocompleteApi(APIView):
    @extend_schema(
        operation_id="autocomplete_lists_list",
        parameters=[query("q", description=BEGINNING)],
        responses=AutoCompleteListOut(many=True),
    )
    def get(self, request: Request) -> Response:
        """Suggest up to ten lists."""
        return Response(toollist_suggestions(request.query_params.get("q", "")))


class ToolAutocompleteApi(APIView):
    @extend_schema(
        operation_id="autocomplete_tools_list",
        parameters=[query("q", description=BEGINNING)],
        responses=AutoCompleteToolOut(many=True),
    )
    def get(self, request: Request) -> Response:
        """Suggest up to ten tools."""
        text = request.query_params.get("q", "").strip()
        if not text:
            return Response([])
        found = tool_search(SearchQuery(text=text, limit=SUGGESTIONS, with_facets=False))
        return Response(tool_suggestions(found.names))
