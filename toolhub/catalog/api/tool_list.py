"""Reading many tools: pages, a walk by cursor, a lookup of many names; and which parts of each to send."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import orjson
from django.http import HttpResponse, QueryDict
from rest_framework.request import Request

from toolhub.catalog.fields import TOOLINFO_FIELDS
from toolhub.catalog.models import ToolDocument
from toolhub.catalog.selectors.tools import (
    Place,
    tool_document_bodies,
    tool_document_list,
    tool_document_walk,
    tool_published_lists,
)
from toolhub.core.errors import FieldError, InvalidInput
from toolhub.core.rest.docs import query
from toolhub.core.rest.pagination import MAX_SIZE, Window, page_bytes, window
from toolhub.core.rest.response import json_bytes

NAME_LOOKUPS = ("name", "name__contains", "name__startswith", "name__endswith")
MAX_NAMES = 1000
DATES = ("created_by", "created_date", "modified_by", "modified_date")
KEYS = (*TOOLINFO_FIELDS, "annotations", "origin", *DATES)
EXPANDABLE = ("lists",)
SHAPE_PARAMETERS = [
    query("fields", description="Only these keys of each tool, separated by commas."),
    query("expand", description="`lists` adds the published lists that each tool is in."),
]
LIST_PARAMETERS = [
    query("name__in", description=f"Only tools with these names: up to {MAX_NAMES:,}, by commas."),
    query(
        "cursor",
        description="Walks through all tools, the oldest change first: empty at first, then as in `next`."
        " Without a page number, and faster than pages far into the list.",
    ),
    *SHAPE_PARAMETERS,
]


def tool_list_response(request: Request) -> HttpResponse:
    """Raises InvalidInput for a parameter that cannot be understood, NotFound for a page that is not there."""
    params = request.query_params
    lookups: dict[str, Any] = {name: params[name] for name in NAME_LOOKUPS if params.get(name)}
    if names := _words(params, "name__in"):
        if len(names) > MAX_NAMES:
            message = f"{len(names):,} names are too many. Ask for {MAX_NAMES:,} at once."
            raise InvalidInput(FieldError("name__in", message, 2041))
        lookups["name__in"] = names
    shape = _shape(params)
    documents = tool_document_list(ordering=params.get("ordering", ""), lookups=lookups)
    part = window(request)
    if names and "page_size" not in params:
        part = Window(part.page, MAX_SIZE)
    if "cursor" in params:
        return _walk_response(request, documents, part.size, shape)
    bodies = tool_document_bodies(documents[part.offset : part.offset + part.size])
    return json_bytes(page_bytes(request, part, documents.count(), tool_bodies(bodies, *shape)))


def tool_shaped(request: Request, body: bytes) -> bytes:
    """One tool in the parts that were asked for. Raises InvalidInput."""
    return tool_bodies([body], *_shape(request.query_params))[0]


def tool_bodies(bodies: list[bytes], fields: list[str], expand: list[str]) -> list[bytes]:
    """Stored bytes go through untouched unless parts of them are asked for."""
    if not (fields or expand):
        return bodies
    tools = [orjson.loads(body) for body in bodies]
    lists = tool_published_lists(tool["name"] for tool in tools) if expand else {}
    for number, tool in enumerate(tools):
        chosen = {key: tool[key] for key in fields} if fields else tool
        tools[number] = {**chosen, "lists": lists.get(tool["name"], [])} if expand else chosen
    return [orjson.dumps(tool) for tool in tools]


def _walk_response(
    request: Request,
    documents: Any,
    size: int,
    shape: tuple[list[str], list[str]],
) -> HttpResponse:
    after = _place(request.query_params.get("cursor", ""))
    total = documents.count()
    found: list[ToolDocument]
    found, place = tool_document_walk(documents, after=after, limit=size)
    following = _cursor_url(request, place) if place else None
    head = orjson.dumps({"count": total, "next": following, "previous": None})[:-1]
    items = tool_bodies([document.body.encode() for document in found], *shape)
    response = json_bytes(b'%s,"results":[%s]}' % (head, b",".join(items)))
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return response


def _shape(params: QueryDict) -> tuple[list[str], list[str]]:
    fields, expand = _words(params, "fields"), _words(params, "expand")
    for parameter, chosen, known in (("fields", fields, KEYS), ("expand", expand, EXPANDABLE)):
        unknown = next((word for word in chosen if word not in known), None)
        if unknown is not None:
            message = f"{unknown[:32]!r} is not one of {', '.join(known)}."
            raise InvalidInput(FieldError(parameter, message, 2081))
    return fields, expand


def _words(params: QueryDict, name: str) -> list[str]:
    """All values of a parameter, repeated or separated by commas, each once."""
    values: Iterable[str] = params.getlist(name)
    words = (word.strip() for value in values for word in value.split(","))
    return list(dict.fromkeys(word for word in words if word))


def _cursor_url(request: Request, place: Place) -> str:
    raw = f"{place.modified_at.isoformat()} {place.tool_id}".encode()
    query = request.query_params.copy()
    query.pop("page", None)
    query["cursor"] = base64.urlsafe_b64encode(raw).decode().rstrip("=")
    pairs = [(key, value) for key, values in query.lists() for value in values]
    return f"{request.build_absolute_uri(request.path)}?{urlencode(pairs)}"


def _place(cursor: str) -> Place | None:
    if not cursor:
        return None
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        moment, _, number = raw.decode("ascii").partition(" ")
        place = Place(datetime.fromisoformat(moment), int(number))
    except (ValueError, binascii.Error) as error:
        message = "This is no cursor. Start with an empty one, and follow `next`."
        raise InvalidInput(FieldError("cursor", message, 2012)) from error
    if place.modified_at.tzinfo is None or not 0 <= place.tool_id < 2**63:
        raise InvalidInput(FieldError("cursor", "This is no cursor.", 2012))
    return place
