from __future__ import annotations

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from toolhub.catalog.api.serializers import ToolOut
from toolhub.catalog.selectors.tools import (
    tool_document_bodies,
    tool_document_get,
    tool_document_list,
)
from toolhub.core.rest.docs import ordering_parameter, page_of, page_parameters, query
from toolhub.core.rest.pagination import page_bytes, window
from toolhub.core.rest.response import json_bytes

NAME_LOOKUPS = ("name", "name__contains", "name__startswith", "name__endswith")


class ToolListApi(APIView):
    @extend_schema(
        operation_id="tools_list",
        parameters=[
            *page_parameters(),
            ordering_parameter("name", "modified_date"),
            *(query(name, OpenApiTypes.STR) for name in NAME_LOOKUPS),
        ],
        responses=page_of(ToolOut),
    )
    def get(self, request: Request) -> HttpResponse:
        """List all tools."""
        part = window(request)
        params = request.query_params
        documents = tool_document_list(
            ordering=params.get("ordering", ""),
            lookups={name: params[name] for name in NAME_LOOKUPS if params.get(name)},
        )
        bodies = tool_document_bodies(documents[part.offset : part.offset + part.size])
        return json_bytes(page_bytes(request, part, documents.count(), bodies))


class ToolDetailApi(APIView):
    @extend_schema(operation_id="tools_retrieve", responses=ToolOut)
    def get(self, request: Request, name: str) -> HttpResponse:
        """Read one tool."""
        return json_bytes(tool_document_get(name))
