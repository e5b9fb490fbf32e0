from __future__ import annotations

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from toolhub.accounts.api.pages import page_response
from toolhub.accounts.api.serializers import UserDetailOut
from toolhub.accounts.filters import USER_FILTERS, USER_ORDERINGS
from toolhub.accounts.selectors import user_get, user_list
from toolhub.core.rest.docs import ordering_parameter, page_of, page_parameters
from toolhub.core.rest.filters import filter_parameters, filtered, ordered


class UserListApi(APIView):
    @extend_schema(
        operation_id="users_list",
        parameters=[
            *page_parameters(),
            *filter_parameters(USER_FILTERS),
            ordering_parameter(*USER_ORDERINGS),
        ],
        responses=page_of(UserDetailOut),
    )
    def get(self, request: Request) -> HttpResponse:
        """List people, newest account first."""
        params = request.query_params
        rows = ordered(filtered(user_list(), params, USER_FILTERS), params, USER_ORDERINGS)
        return page_response(request, rows, UserDetailOut)


class UserDetailApi(APIView):
    @extend_schema(operation_id="users_retrieve", responses=UserDetailOut)
    def get(self, request: Request, id: int) -> Response:
        """Read about one person."""
        return Response(UserDetailOut(user_get(id)).data)
