"""The shapes of the catalogue's API, for its OpenAPI document. Reads send stored documents and never run these."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from toolhub.accounts.api.serializers import UserOut
from toolhub.catalog.toolinfo import schema
from toolhub.core.rest.inputs import Input

URL_LENGTH = 2047


class TextField(serializers.CharField):
    """Text that may be missing."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"allow_null": True, "required": False, "max_length": 255, **options})


class UrlField(serializers.URLField):
    def __init__(self, **options: Any) -> None:
        super().__init__(
            **{"allow_null": True, "required": False, "max_length": URL_LENGTH, **options}
        )


class WordsField(serializers.ListField):
    def __init__(
        self, child: serializers.Field[Any, Any, Any, Any] | None = None, **options: Any
    ) -> None:
        child = child or serializers.CharField(max_length=255)
        super().__init__(child=child, **{"required": False, **options})


class AuthorOut(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=255)
    wiki_username = serializers.CharField(max_length=255, required=False)
    developer_username = serializers.CharField(max_length=255, required=False)
    email = serializers.EmailField(max_length=255, required=False)
    url = serializers.URLField(max_length=URL_LENGTH, required=False)


class UrlMultilingualOut(serializers.Serializer[Any]):
    language = serializers.RegexField(schema.LANGUAGE_PATTERN, max_length=16, required=False)
    url = serializers.URLField(max_length=URL_LENGTH, required=False)


class SharedOut(serializers.Serializer[Any]):
    """Fields that the maintainer and the community may both state."""

    deprecated = serializers.BooleanField(required=False)
    replaced_by = UrlField()
    experimental = serializers.BooleanField(required=False)
    for_wikis = WordsField(serializers.RegexField(schema.FOR_WIKIS_PATTERN, max_length=255))
    icon = serializers.RegexField(
        schema.ICON_PATTERN, max_length=URL_LENGTH, allow_null=True, required=False
    )
    available_ui_languages = WordsField(
        serializers.RegexField(schema.LANGUAGE_PATTERN, max_length=16)
    )
    tool_type = serializers.ChoiceField(schema.TOOL_TYPES, allow_null=True, required=False)
    repository = TextField(max_length=URL_LENGTH)
    api_url = UrlField()
    developer_docs_url = UrlMultilingualOut(many=True, required=False)
    user_docs_url = UrlMultilingualOut(many=True, required=False)
    feedback_url = UrlMultilingualOut(many=True, required=False)
    privacy_policy_url = UrlMultilingualOut(many=True, required=False)
    translate_url = UrlField()
    bugtracker_url = UrlField()


@extend_schema_serializer(component_name="Annotations")
class AnnotationsOut(SharedOut):
    wikidata_qid = serializers.RegexField(r"^Q\d+$", max_length=32, allow_null=True, required=False)
    audiences = WordsField(serializers.ChoiceField(schema.AUDIENCES))
    content_types = WordsField(serializers.ChoiceField(schema.CONTENT_TYPES))
    tasks = WordsField(serializers.ChoiceField(schema.TASKS))
    subject_domains = WordsField(serializers.ChoiceField(schema.SUBJECT_DOMAINS))


@extend_schema_serializer(component_name="Tool")
class ToolOut(SharedOut):
    name = serializers.RegexField(schema.NAME_PATTERN, max_length=255)
    title = serializers.CharField(max_length=255)
    description = serializers.CharField(max_length=65535)
    url = serializers.URLField(max_length=URL_LENGTH)
    keywords = WordsField()
    author = AuthorOut(many=True, required=False)
    subtitle = TextField()
    openhub_id = TextField()
    url_alternates = UrlMultilingualOut(many=True, required=False)
    bot_username = TextField()
    license = TextField()
    sponsor = WordsField()
    technology_used = WordsField()
    annotations = AnnotationsOut(read_only=True)
    _schema = TextField(max_length=32)
    _language = TextField(max_length=16)
    origin = serializers.ChoiceField(("crawler", "api"), read_only=True)
    created_by = UserOut(read_only=True)
    created_date = serializers.DateTimeField(read_only=True)
    modified_by = UserOut(read_only=True)
    modified_date = serializers.DateTimeField(read_only=True)


class FacetBucketOut(serializers.Serializer[Any]):
    key = serializers.CharField()
    doc_count = serializers.IntegerField()


@extend_schema_serializer(component_name="Comment")
class CommentIn(Input):
    """Why somebody did it."""

    comment = serializers.CharField(allow_null=True, required=False, write_only=True)
