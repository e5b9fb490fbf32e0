from __future__ import annotations

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from crawler.api.serializers import RunOut, RunUrlOut
from crawler.filters import RUN_FILTERS, RUN_ORDERINGS, RUN_URL_ORDERINGS
from crawler.models import Run, RunUrl
from crawler.selectors import run_get, run_list, run_url_get, run_url_list
from toolhub.core.rest.docs import ordering_parameter
from toolhub.core.rest.filters import filter_parameters, filtered, ordered


@extend_schema_view(
    get=extend_schema(
        operation_id="crawler_runs_list",
        summary="List crawler runs, newest first.",
        parameters=[
            *filter_parameters(RUN_FILTERS),
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


class RunDetailApi(APIView):
    @extend_schema(operation_id="crawler_runs_retrieve", responses=RunOut)
    def get(self, request: Request, pk: int) -> Response:
        """Read one crawler run."""
        return Response(RunOut(run_get(pk)).data)


class RunUrlDetailApi(APIView):
    @extend_schema(operation_id="crawler_runs_urls_retrieve", responses=RunUrlOut)
    def get(self, request: Request, run_id: int, pk: int) -> Response:
        """Read what a run found at one address."""
        return Response(RunUrlOut(run_url_get(run_get(run_id), pk)).data)
