from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from crawler.selectors import run_newest_ended
from toolhub.catalog.selectors.tools import tool_count


@extend_schema_serializer(component_name="Home")
class HomeOut(serializers.Serializer[Any]):
    total_tools = serializers.IntegerField(read_only=True)
    last_crawl_time = serializers.DateTimeField(allow_null=True, read_only=True)
    last_crawl_changed = serializers.IntegerField(read_only=True)


class HomeApi(APIView):
    @extend_schema(operation_id="ui_home_retrieve", responses=HomeOut)
    def get(self, request: Request) -> Response:
        """The numbers of the home page. Before the first crawl has ended there is no time of it."""
        run = run_newest_ended()
        return Response(
            {
                "total_tools": tool_count(),
                "last_crawl_time": run.ended_at if run else None,
                "last_crawl_changed": run.new_tools + run.updated_tools if run else 0,
            }
        )
