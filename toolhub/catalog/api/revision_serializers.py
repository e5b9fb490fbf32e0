"""The shapes of history."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import (
    extend_schema_field,
    extend_schema_serializer,
    inline_serializer,
)
from rest_framework import serializers

from toolhub.accounts.api.serializers import UserOut
from toolhub.catalog.api.serializers import CommentIn
from toolhub.catalog.api.toollist_serializers import ListHeadOut, SummaryToolOut

NOTHING = {"type": "object", "maxProperties": 0}
OPERATIONS = ("add", "remove", "replace", "move", "copy", "test")


@extend_schema_field({"type": ["string", "integer"]})
class ContentIdField(serializers.Field[Any, Any, Any, Any]):
    """The name of a tool, the number of a list."""


# A suppressed revision shows an empty object to those who may not see it.
@extend_schema_field({"oneOf": [{"$ref": "#/components/schemas/Tool"}, NOTHING]})
class ToolinfoField(serializers.Field[Any, Any, Any, Any]):
    pass


@extend_schema_field({"description": "Any JSON."})
class ValueField(serializers.Field[Any, Any, Any, Any]):
    pass


@extend_schema_serializer(component_name="Revision")
class RevisionOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    timestamp = serializers.DateTimeField(read_only=True)
    user = UserOut(read_only=True)
    comment = serializers.CharField(read_only=True)
    suppressed = serializers.BooleanField(read_only=True)
    patrolled = serializers.BooleanField(read_only=True)
    content_type = serializers.ChoiceField(("tool", "toollist"), read_only=True)
    content_id = ContentIdField(read_only=True)
    parent_id = serializers.IntegerField(allow_null=True, read_only=True)
    child_id = serializers.IntegerField(allow_null=True, read_only=True)
    content_title = serializers.CharField(read_only=True)


@extend_schema_serializer(component_name="ToolRevision")
class ToolRevisionOut(RevisionOut):
    pass


@extend_schema_serializer(component_name="ToolRevisionDetail")
class ToolRevisionDetailOut(RevisionOut):
    toolinfo = ToolinfoField(read_only=True)


@extend_schema_serializer(component_name="ToolListRevision")
class ToolListRevisionOut(RevisionOut):
    pass


@extend_schema_serializer(component_name="ToolListHistoricVersion")
class ToolListThenOut(ListHeadOut):
    """A list as it was; nothing when the revision is suppressed and one may not see it."""

    id = serializers.IntegerField(required=False)
    title = serializers.CharField(required=False)
    tools = SummaryToolOut(many=True, required=False)
    created_by = UserOut(required=False)
    created_date = serializers.DateTimeField(required=False)


@extend_schema_serializer(component_name="ToolListRevisionDetail")
class ToolListRevisionDetailOut(RevisionOut):
    toollist = ToolListThenOut()


# Written as a mapping, because `from` cannot be the name of an attribute.
OPERATION: dict[str, serializers.Field[Any, Any, Any, Any]] = {
    "op": serializers.ChoiceField(OPERATIONS),
    "path": serializers.CharField(),
    "value": ValueField(required=False),
    "from": serializers.CharField(required=False),
}
OperationOut = type(inline_serializer("Operation", OPERATION))


def _diff(name: str, revision: type[RevisionOut]) -> serializers.Serializer[Any]:
    return inline_serializer(
        name,
        {"original": revision(), "operations": OperationOut(many=True), "result": revision()},
    )


TOOL_DIFF = _diff("ToolRevisionDiff", ToolRevisionOut)
LIST_DIFF = _diff("ToolListRevisionDiff", ToolListRevisionOut)


@extend_schema_serializer(component_name="ToolListRevision")
class ToolListRevisionIn(CommentIn):
    """The address says which revision is meant; `id` is read no more."""

    id = serializers.IntegerField(required=False, write_only=True)
