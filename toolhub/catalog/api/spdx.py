from __future__ import annotations

from dataclasses import asdict
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from toolhub.catalog.spdx import licenses
from toolhub.core import params
from toolhub.core.errors import NotFound
from toolhub.core.rest.docs import query

FLAGS = ("osi_approved", "fsf_approved", "deprecated")


@extend_schema_serializer(component_name="SpdxLicense")
class SpdxLicenseOut(serializers.Serializer[Any]):
    id = serializers.CharField(max_length=255, read_only=True)
    name = serializers.CharField(max_length=255, read_only=True)
    osi_approved = serializers.BooleanField(read_only=True)
    fsf_approved = serializers.BooleanField(read_only=True)
    deprecated = serializers.BooleanField(read_only=True)


class SpdxLicenseListApi(APIView):
    @extend_schema(
        operation_id="spdx_list",
        parameters=[query(name, OpenApiTypes.BOOL) for name in FLAGS],
        responses=SpdxLicenseOut(many=True),
    )
    def get(self, request: Request) -> Response:
        """List the licenses that a tool can name."""
        given = request.query_params
        wanted = {name: flag for name in FLAGS if (flag := params.flag(given, name)) is not None}
        rows = [asdict(one) for one in licenses().values()]
        return Response([row for row in rows if wanted.items() <= row.items()])


class SpdxLicenseDetailApi(APIView):
    @extend_schema(operation_id="spdx_retrieve", responses=SpdxLicenseOut)
    def get(self, request: Request, license_id: str) -> Response:
        """Read one license."""
        found = licenses().get(license_id)
        if found is None:
            raise NotFound(f"There is no license {license_id} in the SPDX list.")
        return Response(asdict(found))
