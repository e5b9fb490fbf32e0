from __future__ import annotations

import orjson
from django.http import HttpResponse, QueryDict
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from toolhub.catalog.api.revision_serializers import RevisionOut
from toolhub.catalog.api.revisions import sees_suppressed
from toolhub.catalog.selectors.revisions import (
    ORDERINGS,
    RecentFilter,
    recent_list,
    recent_visible,
    revision_row,
    revision_rows,
)
from toolhub.catalog.services.revision_documents import revision_bodies, revision_public
from toolhub.core import params
from toolhub.core.rest.docs import ordering_parameter, page_of, page_parameters, query
from toolhub.core.rest.filters import ordered
from toolhub.core.rest.pagination import page_bytes, window
from toolhub.core.rest.response import json_bytes

TARGETS = {"tool": 0, "toollist": 1}


class RecentListApi(APIView):
    @extend_schema(
        operation_id="recent_list",
        parameters=[
            *page_parameters(),
            ordering_parameter("id", "timestamp", "suppressed", "patrolled"),
            query("user", description="Only changes by the person of this name."),
            query("target_type", description="Only changes of a tool, or of a toollist."),
            query("suppressed", OpenApiTypes.BOOL, "Only hidden changes, or only others."),
            query("patrolled", OpenApiTypes.BOOL, "Only patrolled changes, or only others."),
            query("date_created_after", OpenApiTypes.DATETIME, "Changes from then on."),
            query("date_created_before", OpenApiTypes.DATETIME, "Changes until then."),
        ],
        responses=page_of(RevisionOut),
    )
    def get(self, request: Request) -> HttpResponse:
        """List recent changes of tools and published lists, newest first."""
        part = window(request)
        seen = sees_suppressed(request)
        given = request.query_params
        chosen = recent_list(chosen=recent_filter(given), sees_suppressed=seen)
        revisions = ordered(chosen, given, ORDERINGS)
        rows = revision_rows(revisions[part.offset : part.offset + part.size], sees_suppressed=seen)
        return json_bytes(page_bytes(request, part, revisions.count(), revision_bodies(rows)))


class RecentDetailApi(APIView):
    @extend_schema(operation_id="recent_retrieve", responses=RevisionOut)
    def get(self, request: Request, id: int) -> HttpResponse:
        """Read one recent change."""
        row = revision_row(recent_visible(), id, sees_suppressed=sees_suppressed(request))
        return json_bytes(orjson.dumps(revision_public(row)))


def recent_filter(given: QueryDict) -> RecentFilter:
    """Raises InvalidInput."""
    params.choices(given, "target_type", TARGETS)
    return RecentFilter(
        user=given.get("user", ""),
        target_type=given.get("target_type", ""),
        suppressed=params.flag(given, "suppressed"),
        patrolled=params.flag(given, "patrolled"),
        after=params.moment(given, "date_created_after"),
        before=params.moment(given, "date_created_before"),
    )
