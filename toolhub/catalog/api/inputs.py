"""What bodies may hold. Shapes and lengths are judged here; what values mean is judged by the services."""

from __future__ import annotations

from typing import Any

from django.core.validators import URLValidator
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers
from rest_framework.fields import empty

from toolhub.catalog.api.serializers import URL_LENGTH, AuthorOut, UrlMultilingualOut
from toolhub.catalog.toolinfo import schema
from toolhub.core.rest.inputs import Input

OPTIONAL = {"allow_null": True, "required": False}


class TextIn(serializers.CharField):
    """Text that null and "" empty."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 255, "allow_blank": True, **OPTIONAL, **options})


class AddressIn(serializers.URLField):
    """An address that the service judges: it has one policy for all that are stored, and the code clients know."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": URL_LENGTH, "allow_blank": True, **OPTIONAL, **options})
        self.validators = [one for one in self.validators if not isinstance(one, URLValidator)]


class IconIn(serializers.RegexField):
    def __init__(self, **options: Any) -> None:
        limits = {"max_length": URL_LENGTH, "allow_blank": True}
        super().__init__(schema.ICON_PATTERN, **{**limits, **OPTIONAL, **options})


class FlagIn(serializers.BooleanField):
    # A form leaves a box out that is not ticked, but here a field left out stays as it is.
    default_empty_html = empty

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**OPTIONAL, **options})


class ListIn(serializers.ListField):
    """A list that the service judges as a whole, with the code that clients know. The child is for the document."""

    def __init__(self, child: serializers.Field[Any, Any, Any, Any], **options: Any) -> None:
        super().__init__(child=child, **{**OPTIONAL, **options})

    def run_validation(self, data: Any = empty) -> Any:
        return self.validate_empty_values(data)[1]


def words(**options: Any) -> ListIn:
    return ListIn(serializers.CharField(max_length=255), **options)


def links() -> ListIn:
    return ListIn(UrlMultilingualOut())


class SharedIn(Input):
    """Fields that the maintainer and the community may both state."""

    deprecated = FlagIn()
    replaced_by = AddressIn()
    experimental = FlagIn()
    for_wikis = ListIn(serializers.RegexField(schema.FOR_WIKIS_PATTERN, max_length=255))
    icon = IconIn()
    available_ui_languages = ListIn(serializers.RegexField(schema.LANGUAGE_PATTERN, max_length=16))
    tool_type = serializers.ChoiceField(
        schema.TOOL_TYPES, allow_null=True, allow_blank=True, required=False
    )
    repository = TextIn(max_length=URL_LENGTH)
    api_url = AddressIn()
    developer_docs_url = links()
    user_docs_url = links()
    feedback_url = links()
    privacy_policy_url = links()
    translate_url = AddressIn()
    bugtracker_url = AddressIn()
    comment = serializers.CharField(allow_null=True, required=False, write_only=True)


@extend_schema_serializer(component_name="UpdateTool")
class ToolIn(SharedIn):
    title = serializers.CharField(max_length=255)
    description = serializers.CharField(max_length=65535)
    url = AddressIn(allow_null=False, allow_blank=False, required=True)
    keywords = ListIn(serializers.CharField())
    author = ListIn(AuthorOut())
    subtitle = TextIn()
    openhub_id = TextIn()
    url_alternates = links()
    bot_username = TextIn()
    license = TextIn(help_text="An SPDX identifier, see /api/spdx/.")
    sponsor = words()
    technology_used = words()
    _language = TextIn(max_length=16)


@extend_schema_serializer(component_name="CreateTool")
class NewToolIn(ToolIn):
    name = serializers.RegexField(schema.NAME_PATTERN, max_length=255)


@extend_schema_serializer(component_name="UpdateAnnotations")
class AnnotationsIn(SharedIn):
    wikidata_qid = serializers.RegexField(r"^Q\d+$", max_length=32, allow_null=True, required=False)
    audiences = ListIn(serializers.ChoiceField(schema.AUDIENCES))
    content_types = ListIn(serializers.ChoiceField(schema.CONTENT_TYPES))
    tasks = ListIn(serializers.ChoiceField(schema.TASKS))
    subject_domains = ListIn(serializers.ChoiceField(schema.SUBJECT_DOMAINS))


def stated(kind: type[Input], data: Any, *, partial: bool = False) -> tuple[dict[str, Any], str]:
    """The fields that the body names, and why somebody states them. Raises InvalidInput."""
    fields = kind.read(data, partial=partial)
    return fields, fields.pop("comment", None) or ""
