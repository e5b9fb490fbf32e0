"""Which fields a tool has, in the order of its public document. Services, serializers and pages loop over these."""

from __future__ import annotations

from typing import Any

SHARED_FIELDS = (
    "deprecated",
    "replaced_by",
    "experimental",
    "for_wikis",
    "icon",
    "available_ui_languages",
    "tool_type",
    "repository",
    "api_url",
    "developer_docs_url",
    "user_docs_url",
    "feedback_url",
    "privacy_policy_url",
    "translate_url",
    "bugtracker_url",
)
"""Stated by the maintainer (core) or by the community (annotations)."""

COMMUNITY_FIELDS = ("wikidata_qid", "audiences", "content_types", "tasks", "subject_domains")
"""Stated by the community only."""

ANNOTATION_FIELDS = COMMUNITY_FIELDS + SHARED_FIELDS

TOOLINFO_FIELDS = (
    "name",
    "title",
    "description",
    "url",
    "keywords",
    "author",
    "repository",
    "subtitle",
    "openhub_id",
    "url_alternates",
    "bot_username",
    "deprecated",
    "replaced_by",
    "experimental",
    "for_wikis",
    "icon",
    "license",
    "sponsor",
    "available_ui_languages",
    "technology_used",
    "tool_type",
    "api_url",
    "developer_docs_url",
    "user_docs_url",
    "feedback_url",
    "privacy_policy_url",
    "translate_url",
    "bugtracker_url",
    "_schema",
    "_language",
)
"""What a toolinfo.json can say about one tool."""

FORM_GROUPS = {
    "basic": ("name", "title", "subtitle", "description", "url", "_language", "author", "keywords"),
    "attributes": (
        "tool_type",
        "tasks",
        "audiences",
        "content_types",
        "subject_domains",
        "for_wikis",
        "available_ui_languages",
        "license",
        "technology_used",
        "icon",
        "wikidata_qid",
    ),
    "usage": (
        "user_docs_url",
        "feedback_url",
        "privacy_policy_url",
        "url_alternates",
        "bot_username",
    ),
    "contributing": (
        "repository",
        "bugtracker_url",
        "developer_docs_url",
        "api_url",
        "translate_url",
    ),
    "more": ("experimental", "deprecated", "replaced_by", "sponsor", "openhub_id"),
}
"""How forms show the fields, in this order. `_schema` is no one's to choose."""

ATTRIBUTES = {"_schema": "schema_id", "_language": "language"}
"""The names Python cannot or should not use for an attribute of the model."""


def attribute(field: str) -> str:
    """The model's attribute that holds the toolinfo field."""
    return ATTRIBUTES.get(field, field)


def is_same(old: Any, new: Any) -> bool:
    """Empty is empty: going from null to "" is no change."""
    return bool(old == new or (not old and not new))
