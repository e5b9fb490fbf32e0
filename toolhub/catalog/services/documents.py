"""Renders the public JSON of a tool. The one place that knows the order and shape of that document."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import orjson

from toolhub.accounts.models import User
from toolhub.catalog.fields import ANNOTATION_FIELDS, TOOLINFO_FIELDS, attribute
from toolhub.catalog.models import Annotations, Tool, ToolDocument

SUMMARY_KEYS = (
    "name",
    "title",
    "description",
    "url",
    "keywords",
    "author",
    "icon",
    "tool_type",
)
AUTHOR_KEYS = ("name", "wiki_username", "developer_username", "email", "url")


def tool_public(tool: Tool, annotations: Annotations) -> dict[str, Any]:
    """The document as a dict: what the API calls a Tool."""
    fields = {name: getattr(tool, attribute(name)) for name in TOOLINFO_FIELDS}
    schema, language = fields.pop("_schema"), fields.pop("_language")
    return {
        **fields,
        "annotations": {name: getattr(annotations, name) for name in ANNOTATION_FIELDS},
        "_schema": schema,
        "_language": language,
        "origin": str(tool.origin),
        "created_by": user_public(tool.created_by),
        "created_date": date_public(tool.created_at),
        "modified_by": user_public(tool.modified_by),
        "modified_date": date_public(tool.modified_at),
    }


def document_render(tool: Tool, public: dict[str, Any]) -> ToolDocument:
    """An unsaved document in its three shapes (see ToolDocument)."""
    hit = {
        **public,
        "author": [{key: author.get(key) for key in AUTHOR_KEYS} for author in public["author"]],
        "created_date": public["created_date"].replace("Z", "+00:00"),
        "modified_date": public["modified_date"].replace("Z", "+00:00"),
    }
    summary = {key: public[key] for key in SUMMARY_KEYS}
    summary["annotations"] = {key: public["annotations"][key] for key in ("icon", "tool_type")}
    return ToolDocument(
        tool=tool,
        name=tool.name,
        modified_at=tool.modified_at,
        body=orjson.dumps(public).decode(),
        search_body=orjson.dumps(hit).decode(),
        summary_body=orjson.dumps(summary).decode(),
    )


def user_public(user: User) -> dict[str, Any]:
    return {"id": user.pk, "username": user.username}


def date_public(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
