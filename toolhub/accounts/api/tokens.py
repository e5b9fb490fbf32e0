from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from toolhub.accounts.api.serializers import AuthTokenOut
from toolhub.accounts.services.tokens import (
    api_token_create,
    api_token_delete,
    api_token_show,
)


class AuthTokenApi(APIView):
    """One's own API token. Applications never see it: OAuth tokens are refused here."""

    @extend_schema(operation_id="user_authtoken_retrieve", responses=AuthTokenOut)
    def get(self, request: Request) -> Response:
        """Read your API token."""
        return Response(AuthTokenOut(api_token_show(actor=request.user)).data)

    @extend_schema(
        operation_id="user_authtoken_create", request=None, responses={200: AuthTokenOut}
    )
    def post(self, request: Request) -> Response:
        """Make an API token, or read the one you have."""
        return Response(AuthTokenOut(api_token_create(actor=request.user)).data)

    @extend_schema(operation_id="user_authtoken_destroy", responses={204: None})
    def delete(self, request: Request) -> Response:
        """Delete your API token."""
        api_token_delete(actor=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)
