from __future__ import annotations

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from toolhub.accounts.api.pages import page_response
from toolhub.accounts.api.serializers import (
    ApplicationOut,
    RegisterApplicationIn,
    RegisteredApplicationOut,
    UpdateApplicationIn,
    UpdatedApplicationOut,
)
from toolhub.accounts.filters import APPLICATION_FILTERS, APPLICATION_ORDERINGS
from toolhub.accounts.permissions import ACCOUNTS, require_login
from toolhub.accounts.selectors import application_get, application_list
from toolhub.accounts.services.applications import (
    application_change,
    application_create,
    application_delete,
)
from toolhub.core.rest.docs import ordering_parameter, page_of, page_parameters
from toolhub.core.rest.filters import filter_parameters, filtered, ordered


class ApplicationListApi(APIView):
    @extend_schema(
        operation_id="oauth_applications_list",
        parameters=[
            *page_parameters(),
            *filter_parameters(APPLICATION_FILTERS),
            ordering_parameter(*APPLICATION_ORDERINGS),
        ],
        responses=page_of(ApplicationOut),
    )
    def get(self, request: Request) -> HttpResponse:
        """List the applications that people may let act for them."""
        params = request.query_params
        rows = filtered(application_list(), params, APPLICATION_FILTERS)
        return page_response(request, ordered(rows, params, APPLICATION_ORDERINGS), ApplicationOut)

    @extend_schema(
        operation_id="oauth_applications_create",
        request=RegisterApplicationIn,
        responses={201: RegisteredApplicationOut},
    )
    def post(self, request: Request) -> Response:
        """Register an application. The answer shows its secret, once."""
        ACCOUNTS.require(request.user, "application.create")
        data = RegisterApplicationIn(data=request.data)
        data.is_valid(raise_exception=True)
        new = application_create(actor=request.user, **data.validated_data)
        return Response(RegisteredApplicationOut(new).data, status=status.HTTP_201_CREATED)


class ApplicationDetailApi(APIView):
    @extend_schema(operation_id="oauth_applications_retrieve", responses=ApplicationOut)
    def get(self, request: Request, client_id: str) -> Response:
        """Read one application."""
        return Response(ApplicationOut(application_get(client_id)).data)

    @extend_schema(
        operation_id="oauth_applications_update",
        request=UpdateApplicationIn,
        responses=UpdatedApplicationOut,
    )
    def put(self, request: Request, client_id: str) -> Response:
        """Change where an application gets people back."""
        return self._change(request, client_id, partial=False)

    @extend_schema(
        operation_id="oauth_applications_partial_update",
        request=UpdateApplicationIn,
        responses=UpdatedApplicationOut,
    )
    def patch(self, request: Request, client_id: str) -> Response:
        """Change where an application gets people back."""
        return self._change(request, client_id, partial=True)

    def _change(self, request: Request, client_id: str, *, partial: bool) -> Response:
        require_login(request.user)
        application = application_get(client_id)
        ACCOUNTS.require(request.user, "application.change", application)
        data = UpdateApplicationIn(data=request.data, partial=partial)
        data.is_valid(raise_exception=True)
        changed = application_change(
            actor=request.user,
            application=application,
            redirect_url=data.validated_data.get("redirect_url"),
        )
        return Response(UpdatedApplicationOut(changed).data)

    @extend_schema(operation_id="oauth_applications_destroy", responses={204: None})
    def delete(self, request: Request, client_id: str) -> Response:
        """Delete an application and every right that people gave it."""
        require_login(request.user)
        application_delete(actor=request.user, application=application_get(client_id))
        return Response(status=status.HTTP_204_NO_CONTENT)
