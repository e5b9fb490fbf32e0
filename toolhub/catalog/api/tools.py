from __future__ import annotations

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from toolhub.catalog.api.inputs import NewToolIn, ToolIn, stated
from toolhub.catalog.api.serializers import ToolOut
from toolhub.catalog.api.tool_list import (
    LIST_PARAMETERS,
    NAME_LOOKUPS,
    SHAPE_PARAMETERS,
    tool_list_response,
    tool_shaped,
)
from toolhub.catalog.selectors.tools import tool_document_get, tool_document_tagged
from toolhub.catalog.services.tools import tool_create, tool_delete, tool_require, tool_update
from toolhub.core.rest.docs import IF_MATCH, ordering_parameter, page_of, page_parameters, query
from toolhub.core.rest.response import if_match, json_bytes
from toolhub.core.web.conditional import tag_revision


class ToolListApi(APIView):
    permission_classes = (IsAuthenticatedOrReadOnly,)

    @extend_schema(
        operation_id="tools_list",
        parameters=[
            *page_parameters(),
            ordering_parameter("name", "modified_date"),
            *(query(name, OpenApiTypes.STR) for name in NAME_LOOKUPS),
            *LIST_PARAMETERS,
        ],
        responses=page_of(ToolOut),
    )
    def get(self, request: Request) -> HttpResponse:
        """List all tools."""
        return tool_list_response(request)

    @extend_schema(operation_id="tools_create", request=NewToolIn, responses={201: ToolOut})
    def post(self, request: Request) -> HttpResponse:
        """Add a tool."""
        fields, comment = stated(NewToolIn, request.data)
        tool = tool_create(actor=request.user, fields=fields, comment=comment)
        return json_bytes(tool_document_get(tool.name), status=201)


class ToolDetailApi(APIView):
    permission_classes = (IsAuthenticatedOrReadOnly,)

    @extend_schema(operation_id="tools_retrieve", parameters=SHAPE_PARAMETERS, responses=ToolOut)
    def get(self, request: Request, name: str) -> HttpResponse:
        """Read one tool."""
        return _tool_response(request, name)

    @extend_schema(
        operation_id="tools_update", parameters=[IF_MATCH], request=ToolIn, responses=ToolOut
    )
    def put(self, request: Request, name: str) -> HttpResponse:
        """Change a tool. A field that is not named stays as it is; null, "" or [] empties it."""
        return self._change(request, name, partial=False)

    @extend_schema(
        operation_id="tools_partial_update",
        parameters=[IF_MATCH],
        request=ToolIn,
        responses=ToolOut,
    )
    def patch(self, request: Request, name: str) -> HttpResponse:
        """Change some fields of a tool."""
        return self._change(request, name, partial=True)

    @extend_schema(operation_id="tools_destroy", parameters=[IF_MATCH], responses={204: None})
    def delete(self, request: Request, name: str) -> Response:
        """Delete a tool."""
        tool_delete(actor=request.user, name=name, if_match=if_match(request))
        return Response(status=204)

    def _change(self, request: Request, name: str, *, partial: bool) -> HttpResponse:
        tool_require(actor=request.user, act="tool.change", name=name)
        fields, comment = stated(ToolIn, request.data, partial=partial)
        tool_update(
            actor=request.user,
            name=name,
            fields=fields,
            comment=comment,
            if_match=if_match(request),
        )
        return _tool_response(request, name)


def _tool_response(request: Request, name: str) -> HttpResponse:
    body, revision = tool_document_tagged(name)
    return tag_revision(json_bytes(tool_shaped(request, body)), revision)
