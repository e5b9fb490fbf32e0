from __future__ import annotations

import base64
from typing import Any

from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from toolhub.catalog.selectors.dumps import dump_file, dump_list
from toolhub.core.errors import NotFound

TYPES = {"tools.jsonl": "application/jsonl", "tools.csv": "text/csv; charset=utf-8"}


class DumpFileOut(serializers.Serializer[Any]):
    name = serializers.ChoiceField(tuple(TYPES))
    url = serializers.URLField()
    size_bytes = serializers.IntegerField()
    sha256 = serializers.CharField()


@extend_schema_serializer(component_name="Dump")
class DumpOut(serializers.Serializer[Any]):
    id = serializers.CharField()
    seq = serializers.IntegerField(help_text="The newest change in it: go on with ?since= this.")
    at = serializers.DateTimeField()
    tools = serializers.IntegerField()
    files = DumpFileOut(many=True)


@extend_schema_serializer(component_name="DumpList")
class DumpListOut(serializers.Serializer[Any]):
    results = DumpOut(many=True)


class DumpListApi(APIView):
    @extend_schema(operation_id="dumps_list", responses=DumpListOut)
    def get(self, request: Request) -> Response:
        """List the dumps of all tools, newest first."""
        dumps = dump_list()
        for dump in dumps:
            for file in dump["files"]:
                path = reverse("api:dump-file", args=(dump["id"], file["name"]))
                file["url"] = request.build_absolute_uri(path)
        return Response({"results": dumps})


class DumpFileApi(APIView):
    @extend_schema(
        operation_id="dumps_file_retrieve",
        responses={
            (200, "application/jsonl"): OpenApiTypes.STR,
            (200, "text/csv"): OpenApiTypes.STR,
        },
    )
    def get(self, request: Request, dump: str, name: str) -> HttpResponseBase:
        """Download a dump: one tool a line as JSON, by name, or a table for spreadsheets."""
        path, described = dump_file(dump, name)
        tag = f'"{described["sha256"]}"'
        try:
            response = get_conditional_response(request._request, etag=tag) or FileResponse(  # noqa: SLF001
                path.open("rb"), content_type=TYPES[name]
            )
        except FileNotFoundError as error:
            raise NotFound("This dump was removed meanwhile. See /api/dumps/.") from error
        digest = base64.b64encode(bytes.fromhex(described["sha256"])).decode()
        response.headers["ETag"] = tag
        response.headers["Repr-Digest"] = f"sha-256=:{digest}:"
        response.headers["Cache-Control"] = "public, max-age=604800, immutable"
        return response

    def perform_content_negotiation(self, request: Request, force: bool = False) -> tuple[Any, str]:
        """The address says which type it is, whatever the client would rather have."""
        return super().perform_content_negotiation(request, force=True)
