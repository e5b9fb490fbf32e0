from __future__ import annotations

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, status
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response

from crawler.api.serializers import RunOut, RunUrlOut, UrlIn, UrlOut
from crawler.filters import (
    RUN_FILTERS,
    RUN_ORDERINGS,
    RUN_URL_ORDERINGS,
    URL_FILTERS,
    URL_ORDERINGS,
    filtered,
    ordered,
)
from crawler.models import Run, RunUrl, Url
from crawler.selectors import run_get, run_list, run_url_list, url_list
from crawler.services.urls import url_register
from toolhub.core.rest.docs import ordering_parameter, query


def number_or_date(name: str) -> OpenApiTypes:
    return OpenApiTypes.DATE if "date" in name else OpenApiTypes.INT


@extend_schema_view(
    get=extend_schema(
        operation_id="crawler_runs_list",
        summary="List crawler runs, newest first.",
        parameters=[
            *(query(name, number_or_date(name)) for name in RUN_FILTERS),
            ordering_parameter(*RUN_ORDERINGS),
        ],
    )
)
class RunListApi(generics.ListAPIView[Run]):
    serializer_class = RunOut

    def get_queryset(self) -> QuerySet[Run]:
        params = self.request.query_params
        return ordered(filtered(run_list(), params, RUN_FILTERS), params, RUN_ORDERINGS)


@extend_schema_view(
    get=extend_schema(
        operation_id="crawler_runs_urls_list",
        summary="List what a run found at each address.",
        parameters=[ordering_parameter(*RUN_URL_ORDERINGS)],
    )
)
class RunUrlListApi(generics.ListAPIView[RunUrl]):
    serializer_class = RunUrlOut

    def get_queryset(self) -> QuerySet[RunUrl]:
        rows = run_url_list(run_get(self.kwargs["run_id"]))
        return ordered(rows, self.request.query_params, RUN_URL_ORDERINGS)


class UrlListApi(generics.ListAPIView[Url]):
    serializer_class = UrlOut
    permission_classes = (IsAuthenticatedOrReadOnly,)

    def get_queryset(self) -> QuerySet[Url]:
        params = self.request.query_params
        return ordered(filtered(url_list(), params, URL_FILTERS), params, URL_ORDERINGS)

    @extend_schema(
        operation_id="crawler_urls_list",
        parameters=[
            *(
                query(name, OpenApiTypes.INT if name.startswith("id") else OpenApiTypes.STR)
                for name in URL_FILTERS
            ),
            ordering_parameter(*URL_ORDERINGS),
        ],
    )
    def get(self, request: Request, *args: object, **kwargs: object) -> Response:
        """List registered addresses."""
        return super().get(request, *args, **kwargs)

    @extend_schema(operation_id="crawler_urls_create", request=UrlIn, responses={201: UrlOut})
    def post(self, request: Request) -> Response:
        """Register the address of a toolinfo.json."""
        data = UrlIn(data=request.data)
        data.is_valid(raise_exception=True)
        url = url_register(actor=request.user, url=data.validated_data["url"])
        return Response(UrlOut(url).data, status=status.HTTP_201_CREATED)
