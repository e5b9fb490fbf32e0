from __future__ import annotations

from typing import Any
from urllib.parse import quote

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from toolhub.catalog.selectors.changes import PUBLIC_KINDS, change_list
from toolhub.core.errors import FieldError, InvalidInput
from toolhub.core.models import Change
from toolhub.core.rest.docs import query

LIMIT = 100
MAX_LIMIT = 1000
PATHS = {
    "tool": "/api/tools/{}/",
    "list": "/api/lists/{}/",
    "url": "/api/crawler/urls/{}/",
    "run": "/api/crawler/runs/{}/",
}


@extend_schema_serializer(component_name="Change")
class ChangeOut(serializers.Serializer[Any]):
    seq = serializers.IntegerField(help_text="Higher than that of every change before it.")
    kind = serializers.ChoiceField(PUBLIC_KINDS)
    key = serializers.CharField(help_text="A tool's name, else an id.")
    action = serializers.ChoiceField(("put", "gone"))
    at = serializers.DateTimeField()
    path = serializers.CharField(help_text="Where to read it as it is now.")


@extend_schema_serializer(component_name="ChangePage")
class ChangePageOut(serializers.Serializer[Any]):
    next_since = serializers.IntegerField(help_text="The `since` of the next request.")
    newest = serializers.IntegerField()
    has_more = serializers.BooleanField()
    results = ChangeOut(many=True)


class ChangeListApi(APIView):
    @extend_schema(
        operation_id="changes_list",
        parameters=[
            query("since", OpenApiTypes.INT, "Only changes after this number; 0 for all."),
            query("limit", OpenApiTypes.INT, f"At most so many: {LIMIT} unless told, to 1,000."),
            OpenApiParameter("kind", str, enum=PUBLIC_KINDS, description="Only this kind."),
        ],
        responses=ChangePageOut,
    )
    def get(self, request: Request) -> Response:
        """Follow what changes: the newest state of a thing is read at its path, "gone" says that there is none."""
        kind = request.query_params.get("kind", "")
        if kind and kind not in PUBLIC_KINDS:
            message = f"{kind[:32]!r} is not one of {', '.join(PUBLIC_KINDS)}."
            raise InvalidInput(FieldError("kind", message, 2081))
        page = change_list(
            since=_number(request, "since", 0),
            limit=min(_number(request, "limit", LIMIT), MAX_LIMIT) or LIMIT,
            kinds=(kind,) if kind else PUBLIC_KINDS,
        )
        return Response(
            {
                "next_since": page.next_since,
                "newest": page.newest,
                "has_more": page.has_more,
                "results": [change_public(change) for change in page.changes],
            }
        )


def change_public(change: Change) -> dict[str, Any]:
    return {
        "seq": change.seq,
        "kind": change.kind,
        "key": change.key,
        "action": change.action,
        "at": change.at,
        "path": PATHS[change.kind].format(quote(change.key, safe="")),
    }


def _number(request: Request, name: str, default: int) -> int:
    raw = request.query_params.get(name, "")
    if raw and not (raw.isascii() and raw.isdigit() and len(raw) < 19):
        raise InvalidInput(FieldError(name, f"{raw[:32]!r} is not a whole number from 0.", 2013))
    return int(raw) if raw else default
