from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    extend_schema,
    extend_schema_field,
    extend_schema_serializer,
)
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from toolhub.accounts.api.serializers import UserOut
from toolhub.audit.models import LogEntry
from toolhub.catalog.permissions import CATALOG
from toolhub.catalog.selectors.audit import (
    ORDERINGS,
    AuditFilter,
    audit_get,
    audit_list,
    audit_public,
)
from toolhub.core import params
from toolhub.core.rest.docs import ordering_parameter, page_of, page_parameters, query
from toolhub.core.rest.filters import ordered
from toolhub.core.rest.pagination import page_bytes, window
from toolhub.core.rest.response import json_bytes

ACTIONS = {str(action.value): action.value for action in LogEntry.Action}
ACTION_NAMES = [action.label for action in LogEntry.Action]


# The words are what is sent; the numbers stand in the document that clients were generated from.
@extend_schema_field(
    {
        "anyOf": [
            {"type": "string", "enum": ACTION_NAMES},
            {"type": "integer", "enum": list(range(10))},
        ]
    }
)
class ActionField(serializers.Field[Any, Any, Any, Any]):
    pass


@extend_schema_field({"type": ["string", "integer"]})
class TargetIdField(serializers.Field[Any, Any, Any, Any]):
    """The name of a tool, the number of anything else."""


@extend_schema_serializer(component_name="Target")
class TargetOut(serializers.Serializer[Any]):
    type = serializers.CharField(read_only=True)
    id = TargetIdField(read_only=True)
    label = serializers.CharField(read_only=True)  # type: ignore[assignment]


@extend_schema_serializer(component_name="LogEntryToolList")
class LogEntryToolListOut(serializers.Serializer[Any]):
    id = serializers.IntegerField(required=False)
    title = serializers.CharField(required=False)


@extend_schema_serializer(component_name="LogEntryParams")
class LogEntryParamsOut(serializers.Serializer[Any]):
    """What belongs to the act, by its kind; the state of a revision is that of now."""

    revision = serializers.IntegerField(required=False)
    suppressed = serializers.BooleanField(required=False)
    patrolled = serializers.BooleanField(required=False)
    tool_name = serializers.CharField(required=False)
    user = UserOut(required=False)
    toollist = LogEntryToolListOut(required=False)


@extend_schema_serializer(component_name="LogEntry")
class LogEntryOut(serializers.Serializer[Any]):
    id = serializers.IntegerField(read_only=True)
    timestamp = serializers.DateTimeField(read_only=True)
    user = UserOut(allow_null=True, read_only=True)
    target = TargetOut(read_only=True)
    action = ActionField(read_only=True)
    params = LogEntryParamsOut(allow_null=True, required=False)
    message = serializers.CharField(allow_null=True, read_only=True)


class LogEntryListApi(APIView):
    @extend_schema(
        operation_id="auditlogs_list",
        parameters=[
            *page_parameters(),
            ordering_parameter(*ORDERINGS),
            OpenApiParameter(
                "action",
                {"type": "array", "items": {"type": "integer", "enum": list(ACTIONS.values())}},
                OpenApiParameter.QUERY,
                description=", ".join(f"{one.value} = {one.label}" for one in LogEntry.Action),
            ),
            query("target_type", description=f"One of {', '.join(LogEntry.Target.values)}."),
            query("user", description="The name of the person who did it."),
            query("after", OpenApiTypes.DATETIME, "From this time on."),
            query("before", OpenApiTypes.DATETIME, "Up to this time."),
        ],
        responses=page_of(LogEntryOut),
    )
    def get(self, request: Request) -> HttpResponse:
        """Who did what, newest first."""
        part = window(request)
        given = request.query_params
        sees_hidden = CATALOG.can(request.user, "revision.see_suppressed")
        chosen = AuditFilter(
            actions=params.choices(given, "action", ACTIONS),
            target_type=given.get("target_type", ""),
            user=given.get("user", ""),
            after=params.moment(given, "after"),
            before=params.moment(given, "before"),
        )
        rows = audit_list(actor=request.user, chosen=chosen, sees_hidden=sees_hidden)
        rows = ordered(rows, given, ORDERINGS)
        shown = audit_public(rows[part.offset : part.offset + part.size], sees_hidden=sees_hidden)
        items = [entry_bytes(entry) for entry in shown]
        return json_bytes(page_bytes(request, part, rows.count(), items))


class LogEntryDetailApi(APIView):
    @extend_schema(operation_id="auditlogs_retrieve", responses=LogEntryOut)
    def get(self, request: Request, pk: int) -> HttpResponse:
        """Read one entry of the log."""
        row = audit_get(pk, actor=request.user)
        sees_hidden = CATALOG.can(request.user, "revision.see_suppressed")
        return json_bytes(entry_bytes(audit_public([row], sees_hidden=sees_hidden)[0]))


def entry_bytes(entry: dict[str, Any]) -> bytes:
    return orjson.dumps(entry, option=orjson.OPT_UTC_Z)
