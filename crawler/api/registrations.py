from __future__ import annotations

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.permissions import IsAuthenticated, IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from crawler.api.serializers import UrlIn, UrlOut
from crawler.filters import URL_FILTERS, URL_ORDERINGS
from crawler.models import Url
from crawler.permissions import CRAWLER
from crawler.selectors import url_get, url_list
from crawler.services.urls import url_change, url_register, url_remove
from toolhub.core.rest.docs import ordering_parameter, page_parameters
from toolhub.core.rest.filters import filter_parameters, filtered, ordered
from toolhub.core.rest.pagination import PageNumberPagination

# The document that clients were generated from says one address here, but a page of them was always sent.
PAGE_OR_URL = {
    "anyOf": [
        {"$ref": "#/components/schemas/PaginatedUrlList"},
        {"$ref": "#/components/schemas/Url"},
    ]
}


class UrlListApi(generics.ListAPIView[Url]):
    serializer_class = UrlOut
    permission_classes = (IsAuthenticatedOrReadOnly,)

    def get_queryset(self) -> QuerySet[Url]:
        params = self.request.query_params
        return ordered(filtered(url_list(), params, URL_FILTERS), params, URL_ORDERINGS)

    @extend_schema(
        operation_id="crawler_urls_list",
        parameters=[
            *filter_parameters(URL_FILTERS),
            ordering_parameter(*URL_ORDERINGS),
        ],
    )
    def get(self, request: Request, *args: object, **kwargs: object) -> Response:
        """List registered addresses."""
        return super().get(request, *args, **kwargs)

    @extend_schema(operation_id="crawler_urls_create", request=UrlIn, responses={201: UrlOut})
    def post(self, request: Request) -> Response:
        """Register the address of a toolinfo.json."""
        url = url_register(actor=request.user, url=stated(request))
        return Response(UrlOut(url).data, status=status.HTTP_201_CREATED)


class UrlSelfApi(APIView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="crawler_urls_self_retrieve",
        parameters=[*page_parameters(), ordering_parameter(*URL_ORDERINGS)],
        responses={200: PAGE_OR_URL},
    )
    def get(self, request: Request) -> Response:
        """List the addresses you registered."""
        mine = url_list().filter(created_by=request.user.pk)
        rows = ordered(mine, request.query_params, URL_ORDERINGS)
        pages = PageNumberPagination()
        page = pages.paginate_queryset(rows, request, view=self)
        return pages.get_paginated_response(UrlOut(page, many=True).data)


class UrlDetailApi(APIView):
    permission_classes = (IsAuthenticatedOrReadOnly,)

    @extend_schema(operation_id="crawler_urls_retrieve", responses=UrlOut)
    def get(self, request: Request, pk: int) -> Response:
        """Read one registered address."""
        return Response(UrlOut(url_get(pk)).data)

    @extend_schema(operation_id="crawler_urls_update", request=UrlIn, responses=UrlOut)
    def put(self, request: Request, pk: int) -> Response:
        """Move a registration to another address. Its tools stay."""
        url = url_get(pk)
        # Asked here too, because who may not is told so before what was sent is judged.
        CRAWLER.require(request.user, "url.change", url)
        changed = url_change(actor=request.user, url=url, address=stated(request))
        return Response(UrlOut(changed).data)

    @extend_schema(operation_id="crawler_urls_partial_update", request=UrlIn, responses=UrlOut)
    def patch(self, request: Request, pk: int) -> Response:
        """Move a registration to another address, or leave it where it is."""
        url = url_get(pk)
        CRAWLER.require(request.user, "url.change", url)
        if address := stated(request, partial=True):
            url = url_change(actor=request.user, url=url, address=address)
        return Response(UrlOut(url).data)

    @extend_schema(operation_id="crawler_urls_destroy", responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Forget an address. The tools that came from it are deleted."""
        url_remove(actor=request.user, url=url_get(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


def stated(request: Request, *, partial: bool = False) -> str:
    """The address in the body; empty when a partial one does not name it."""
    return str(UrlIn.read(request.data, partial=partial).get("url", ""))
