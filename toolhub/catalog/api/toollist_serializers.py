"""The shapes of lists and favourites."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from toolhub.accounts.api.serializers import UserOut
from toolhub.catalog.api.inputs import FlagIn
from toolhub.catalog.api.serializers import URL_LENGTH, AuthorOut, TextField, WordsField
from toolhub.catalog.services.toollist_checks import DESCRIPTION_LENGTH, MAX_TOOLS
from toolhub.catalog.toolinfo import schema
from toolhub.core.rest.inputs import Input


@extend_schema_field({"type": "string", "pattern": schema.ICON_PATTERN, "maxLength": URL_LENGTH})
class IconField(serializers.CharField):
    """The page of a file on Wikimedia Commons. The service judges it, with the code that clients know."""


@extend_schema_serializer(component_name="SummaryAnnotations")
class SummaryAnnotationsOut(serializers.Serializer[Any]):
    icon = IconField(allow_null=True, required=False)
    tool_type = serializers.ChoiceField(schema.TOOL_TYPES, allow_null=True, required=False)


@extend_schema_serializer(component_name="SummaryTool")
class SummaryToolOut(serializers.Serializer[Any]):
    name = serializers.RegexField(schema.NAME_PATTERN, read_only=True)
    title = serializers.CharField(read_only=True)
    description = serializers.CharField(read_only=True)
    url = serializers.CharField(read_only=True)
    keywords = WordsField(read_only=True)
    author = AuthorOut(many=True, read_only=True)
    icon = serializers.CharField(allow_null=True, read_only=True)
    tool_type = serializers.ChoiceField(schema.TOOL_TYPES, allow_null=True, read_only=True)
    annotations = SummaryAnnotationsOut()


class ListHeadOut(serializers.Serializer[Any]):
    id = serializers.IntegerField(read_only=True)
    title = serializers.CharField(max_length=255)
    description = TextField(max_length=DESCRIPTION_LENGTH)
    icon = IconField(allow_null=True, required=False)
    favorites = serializers.BooleanField(required=False, help_text="Always false.")
    published = serializers.BooleanField(required=False)
    featured = serializers.BooleanField(required=False)


@extend_schema_serializer(component_name="ToolList")
class ToolListOut(ListHeadOut):
    tools = SummaryToolOut(many=True, read_only=True)
    created_by = UserOut()
    created_date = serializers.DateTimeField(read_only=True)
    modified_by = UserOut()
    modified_date = serializers.DateTimeField(read_only=True)


SUMMARY_TOOL = {"$ref": "#/components/schemas/SummaryTool"}


# The document that clients were generated from says one tool here, but an array was always sent.
@extend_schema_field({"anyOf": [{"type": "array", "items": SUMMARY_TOOL}, SUMMARY_TOOL]})
class ListDocumentToolsField(serializers.Field[Any, Any, Any, Any]):
    pass


@extend_schema_serializer(component_name="ListDocument")
class ListDocumentOut(ToolListOut):
    tools = ListDocumentToolsField()  # type: ignore[assignment]


@extend_schema_serializer(component_name="AutoCompleteListDocument")
class AutoCompleteListOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    title = serializers.CharField()
    description = serializers.CharField(allow_null=True)


@extend_schema_serializer(component_name="AutoCompleteToolDocument")
class AutoCompleteToolOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    title = serializers.CharField()
    description = serializers.CharField()


@extend_schema_serializer(component_name="EditToolList")
class ToolListIn(Input):
    title = serializers.CharField(max_length=255)
    description = serializers.CharField(
        max_length=DESCRIPTION_LENGTH, allow_null=True, allow_blank=True, required=False
    )
    icon = IconField(max_length=URL_LENGTH, allow_null=True, required=False)
    published = FlagIn(allow_null=False)
    tools = serializers.ListField(child=serializers.CharField(), max_length=MAX_TOOLS)
    comment = serializers.CharField(allow_null=True, required=False, write_only=True)


@extend_schema_serializer(component_name="AddFavorite")
class FavouriteIn(Input):
    name = serializers.CharField()
