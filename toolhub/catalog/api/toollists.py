from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from toolhub.catalog.api.serializers import CommentIn
from toolhub.catalog.api.toollist_serializers import ToolListIn, ToolListOut
from toolhub.catalog.permissions import CATALOG
from toolhub.catalog.selectors.toollists import (
    ORDERINGS,
    ToolListFilter,
    toollist_get,
    toollist_list,
)
from toolhub.catalog.services.conflicts import revision_newest_id
from toolhub.catalog.services.toollist_documents import toollist_bodies, toollist_body
from toolhub.catalog.services.toollists import (
    toollist_create,
    toollist_delete,
    toollist_feature,
    toollist_unfeature,
    toollist_update,
)
from toolhub.core import params
from toolhub.core.rest.docs import IF_MATCH, ordering_parameter, page_of, page_parameters, query
from toolhub.core.rest.filters import ordered
from toolhub.core.rest.pagination import page_bytes, window
from toolhub.core.rest.response import if_match, json_bytes
from toolhub.core.web.conditional import tag_revision


class ToolListListApi(APIView):
    permission_classes = (IsAuthenticatedOrReadOnly,)

    @extend_schema(
        operation_id="lists_list",
        parameters=[
            *page_parameters(),
            ordering_parameter(*ORDERINGS),
            query("featured", OpenApiTypes.BOOL, "Only lists that are featured, or are not."),
            query("published", OpenApiTypes.BOOL, "Only lists that are published, or are not."),
            query("user", description="Only lists made by the person of this name."),
        ],
        responses=page_of(ToolListOut),
    )
    def get(self, request: Request) -> HttpResponse:
        """List the published lists of tools, and your own."""
        part = window(request)
        given = request.query_params
        chosen = ToolListFilter(
            is_featured=params.flag(given, "featured"),
            is_published=params.flag(given, "published"),
            user=given.get("user", ""),
        )
        lists = ordered(toollist_list(actor=request.user, chosen=chosen), given, ORDERINGS)
        bodies = toollist_bodies(lists[part.offset : part.offset + part.size])
        return json_bytes(page_bytes(request, part, lists.count(), bodies))

    @extend_schema(operation_id="lists_create", request=ToolListIn, responses={201: ToolListOut})
    def post(self, request: Request) -> HttpResponse:
        """Make a list of tools."""
        fields, comment = stated(request)
        toollist = toollist_create(actor=request.user, fields=fields, comment=comment)
        return json_bytes(toollist_body(toollist), status=201)


class ToolListDetailApi(APIView):
    permission_classes = (IsAuthenticatedOrReadOnly,)

    @extend_schema(operation_id="lists_retrieve", responses=ToolListOut)
    def get(self, request: Request, pk: int) -> HttpResponse:
        """Read one list."""
        toollist = toollist_get(pk, actor=request.user)
        revision = revision_newest_id(toollist)
        return tag_revision(json_bytes(toollist_body(toollist)), revision)

    @extend_schema(
        operation_id="lists_update",
        parameters=[IF_MATCH],
        request=ToolListIn,
        responses=ToolListOut,
    )
    def put(self, request: Request, pk: int) -> HttpResponse:
        """Change a list. Fields that are not named stay as they are."""
        return self._change(request, pk, partial=False)

    @extend_schema(
        operation_id="lists_partial_update",
        parameters=[IF_MATCH],
        request=ToolListIn,
        responses=ToolListOut,
    )
    def patch(self, request: Request, pk: int) -> HttpResponse:
        """Change some fields of a list."""
        return self._change(request, pk, partial=True)

    @extend_schema(operation_id="lists_destroy", parameters=[IF_MATCH], responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Delete a list."""
        toollist_delete(
            actor=request.user,
            toollist=toollist_get(pk, actor=request.user),
            if_match=if_match(request),
        )
        return Response(status=204)

    def _change(self, request: Request, pk: int, *, partial: bool) -> HttpResponse:
        toollist = toollist_get(pk, actor=request.user)
        # Asked here too, because who may not is told so before what was sent is judged.
        CATALOG.require(request.user, "toollist.change", toollist)
        fields, comment = stated(request, partial=partial)
        changed = toollist_update(
            actor=request.user,
            toollist=toollist,
            fields=fields,
            comment=comment,
            if_match=if_match(request),
        )
        return tag_revision(json_bytes(toollist_body(changed)), revision_newest_id(changed))


class ToolListFeatureApi(APIView):
    permission_classes = (IsAuthenticatedOrReadOnly,)

    @extend_schema(
        operation_id="lists_feature_partial_update", request=CommentIn, responses={204: None}
    )
    def patch(self, request: Request, pk: int) -> Response:
        """Feature a published list."""
        toollist = toollist_get(pk, actor=request.user)
        CATALOG.require(request.user, "toollist.feature", toollist)
        toollist_feature(actor=request.user, toollist=toollist, comment=commented(request))
        return Response(status=204)


class ToolListUnfeatureApi(APIView):
    permission_classes = (IsAuthenticatedOrReadOnly,)

    @extend_schema(
        operation_id="lists_unfeature_partial_update", request=CommentIn, responses={204: None}
    )
    def patch(self, request: Request, pk: int) -> Response:
        """Feature a list no longer."""
        toollist = toollist_get(pk, actor=request.user)
        CATALOG.require(request.user, "toollist.feature", toollist)
        toollist_unfeature(actor=request.user, toollist=toollist, comment=commented(request))
        return Response(status=204)


def stated(request: Request, *, partial: bool = False) -> tuple[dict[str, Any], str]:
    """The fields of a list that the body names, and why."""
    fields = ToolListIn.read(request.data, partial=partial)
    return fields, fields.pop("comment", None) or ""


def commented(request: Request) -> str:
    return CommentIn.read(request.data).get("comment") or ""
