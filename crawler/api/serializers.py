from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from toolhub.accounts.api.serializers import UserOut
from toolhub.core.rest.inputs import Input


@extend_schema_serializer(component_name="Url")
class UrlOut(serializers.Serializer[Any]):
    id = serializers.IntegerField(read_only=True)
    url = serializers.URLField(max_length=255)
    created_by = UserOut(read_only=True)
    created_date = serializers.DateTimeField(source="created_at", read_only=True)


@extend_schema_serializer(component_name="EditUrl")
class UrlIn(Input):
    url = serializers.CharField(max_length=255)


@extend_schema_serializer(component_name="Run")
class RunOut(serializers.Serializer[Any]):
    id = serializers.IntegerField(read_only=True)
    start_date = serializers.DateTimeField(source="started_at", read_only=True)
    end_date = serializers.DateTimeField(source="ended_at", allow_null=True, read_only=True)
    crawled_urls = serializers.IntegerField(read_only=True)
    new_tools = serializers.IntegerField(read_only=True)
    updated_tools = serializers.IntegerField(read_only=True)
    total_tools = serializers.IntegerField(read_only=True)


class FindingOut(serializers.Serializer[Any]):
    """One thing the crawler noticed in the file."""

    pointer = serializers.CharField()
    code = serializers.CharField()
    message = serializers.CharField()
    severity = serializers.ChoiceField(("error", "warning"))
    line = serializers.IntegerField(allow_null=True)
    column = serializers.IntegerField(allow_null=True)


NO_ANSWER = 999
"""What clients know as the status of an address that did not answer. The page and our model say it in words."""


@extend_schema_serializer(component_name="RunUrl")
class RunUrlOut(serializers.Serializer[Any]):
    id = serializers.IntegerField(read_only=True)
    run_id = serializers.IntegerField(read_only=True)
    url = UrlOut(read_only=True)
    status_code = serializers.SerializerMethodField()
    redirected = serializers.BooleanField(read_only=True)
    elapsed_ms = serializers.IntegerField(read_only=True)
    schema = serializers.CharField(allow_null=True, read_only=True)
    valid = serializers.BooleanField(read_only=True)
    logs = serializers.CharField(source="log", read_only=True)
    error_code = serializers.CharField(read_only=True)
    findings = FindingOut(many=True, read_only=True)

    def get_status_code(self, row: Any) -> int:
        return row.status_code or NO_ANSWER
