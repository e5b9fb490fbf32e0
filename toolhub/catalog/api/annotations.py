from __future__ import annotations

import orjson
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.views import APIView

from toolhub.catalog.api.inputs import AnnotationsIn, stated
from toolhub.catalog.api.serializers import AnnotationsOut
from toolhub.catalog.selectors.tools import tool_document_tagged
from toolhub.catalog.services.annotations import annotations_update
from toolhub.catalog.services.tools import tool_require
from toolhub.core.rest.docs import IF_MATCH
from toolhub.core.rest.response import if_match, json_bytes
from toolhub.core.web.conditional import tag_revision


class AnnotationsApi(APIView):
    permission_classes = (IsAuthenticatedOrReadOnly,)

    @extend_schema(operation_id="tools_annotations_retrieve", responses=AnnotationsOut)
    def get(self, request: Request, name: str) -> HttpResponse:
        """Read what the community says about a tool."""
        return _annotations_response(name)

    @extend_schema(
        operation_id="tools_annotations_update",
        parameters=[IF_MATCH],
        request=AnnotationsIn,
        responses=AnnotationsOut,
    )
    def put(self, request: Request, name: str) -> HttpResponse:
        """Say something about a tool. A field that is not named stays as it is; null, "" or [] empties it."""
        tool_require(actor=request.user, act="annotations.change", name=name)
        fields, comment = stated(AnnotationsIn, request.data)
        annotations_update(
            actor=request.user,
            name=name,
            fields=fields,
            comment=comment,
            if_match=if_match(request),
        )
        return _annotations_response(name)


def _annotations_response(name: str) -> HttpResponse:
    body, revision = tool_document_tagged(name)
    return tag_revision(json_bytes(orjson.dumps(orjson.loads(body)["annotations"])), revision)
