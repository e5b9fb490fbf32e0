from __future__ import annotations

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from toolhub.catalog.api.toollist_serializers import FavouriteIn, SummaryToolOut
from toolhub.catalog.selectors.favourites import (
    ORDERINGS,
    favourite_bodies,
    favourite_get,
    favourite_list,
)
from toolhub.catalog.services.favourites import favourite_add, favourite_remove
from toolhub.core.rest.docs import ordering_parameter, page_of, page_parameters
from toolhub.core.rest.filters import ordered
from toolhub.core.rest.pagination import page_bytes, window
from toolhub.core.rest.response import json_bytes


class FavouriteListApi(APIView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="user_favorites_list",
        parameters=[*page_parameters(), ordering_parameter(*ORDERINGS)],
        responses=page_of(SummaryToolOut),
    )
    def get(self, request: Request) -> HttpResponse:
        """List your favourite tools."""
        part = window(request)
        mine = ordered(favourite_list(actor=request.user), request.query_params, ORDERINGS)
        bodies = favourite_bodies(mine[part.offset : part.offset + part.size])
        return json_bytes(page_bytes(request, part, mine.count(), bodies))

    @extend_schema(
        operation_id="user_favorites_create", request=FavouriteIn, responses={201: SummaryToolOut}
    )
    def post(self, request: Request) -> HttpResponse:
        """Add a tool to your favourites."""
        name = FavouriteIn.read(request.data)["name"]
        favourite_add(actor=request.user, name=name)
        return json_bytes(favourite_get(name, actor=request.user), status=201)


class FavouriteDetailApi(APIView):
    """A favourite has no fields of its own, so there is nothing to PUT or PATCH."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(operation_id="user_favorites_retrieve", responses=SummaryToolOut)
    def get(self, request: Request, tool_name: str) -> HttpResponse:
        """Read a tool if it is among your favourites."""
        return json_bytes(favourite_get(tool_name, actor=request.user))

    @extend_schema(operation_id="user_favorites_destroy", responses={204: None})
    def delete(self, request: Request, tool_name: str) -> Response:
        """Remove a tool from your favourites."""
        favourite_remove(actor=request.user, name=tool_name)
        return Response(status=204)
