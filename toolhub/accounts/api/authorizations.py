from __future__ import annotations

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from toolhub.accounts.api.pages import page_response
from toolhub.accounts.api.serializers import AuthorizationOut
from toolhub.accounts.filters import AUTHORIZATION_ORDERINGS
from toolhub.accounts.permissions import ACCOUNTS, require_login
from toolhub.accounts.selectors import authorization_get, authorization_list
from toolhub.accounts.services.applications import authorization_revoke
from toolhub.core.errors import PermissionDenied
from toolhub.core.rest.docs import ordering_parameter, page_of, page_parameters
from toolhub.core.rest.filters import ordered
from toolhub.core.rest.schema import ErrorOut

CLOSED = "Authorizations are given at /o/authorize/ and can only be read or deleted here."


class AuthorizationListApi(APIView):
    @extend_schema(
        operation_id="oauth_authorized_list",
        parameters=[*page_parameters(), ordering_parameter(*AUTHORIZATION_ORDERINGS)],
        responses=page_of(AuthorizationOut),
    )
    def get(self, request: Request) -> HttpResponse:
        """List what you let applications do."""
        user = ACCOUNTS.require(request.user, "authorization.read")
        rows = ordered(authorization_list(user), request.query_params, AUTHORIZATION_ORDERINGS)
        return page_response(request, rows, AuthorizationOut)

    @extend_schema(
        operation_id="oauth_authorized_create",
        request=None,
        responses={403: ErrorOut},
        deprecated=True,
    )
    def post(self, request: Request) -> Response:
        """Refused: authorizations are given at /o/authorize/."""
        require_login(request.user)
        raise PermissionDenied(CLOSED)


class AuthorizationDetailApi(APIView):
    @extend_schema(operation_id="oauth_authorized_retrieve", responses=AuthorizationOut)
    def get(self, request: Request, id: int) -> Response:
        """Read one authorization of yours."""
        user = ACCOUNTS.require(request.user, "authorization.read")
        return Response(AuthorizationOut(authorization_get(user, id)).data)

    @extend_schema(operation_id="oauth_authorized_destroy", responses={204: None})
    def delete(self, request: Request, id: int) -> Response:
        """Take back an authorization: its tokens stop working at once."""
        user = require_login(request.user)
        authorization_revoke(actor=user, authorization=authorization_get(user, id))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        operation_id="oauth_authorized_update",
        request=None,
        responses={403: ErrorOut},
        deprecated=True,
    )
    def put(self, request: Request, id: int) -> Response:
        """Refused: authorizations are given at /o/authorize/."""
        require_login(request.user)
        raise PermissionDenied(CLOSED)

    @extend_schema(
        operation_id="oauth_authorized_partial_update",
        request=None,
        responses={403: ErrorOut},
        deprecated=True,
    )
    def patch(self, request: Request, id: int) -> Response:
        """Refused: authorizations are given at /o/authorize/."""
        return self.put(request, id)
