from __future__ import annotations

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from toolhub.accounts.api.pages import page_response
from toolhub.accounts.api.serializers import GroupDetailOut, GroupOut
from toolhub.accounts.filters import GROUP_ORDERINGS
from toolhub.accounts.selectors import group_get, group_list
from toolhub.accounts.services.members import member_add, member_remove
from toolhub.core.rest.docs import ordering_parameter, page_of, page_parameters
from toolhub.core.rest.filters import ordered


class GroupListApi(APIView):
    @extend_schema(
        operation_id="groups_list",
        parameters=[*page_parameters(), ordering_parameter(*GROUP_ORDERINGS)],
        responses=page_of(GroupOut),
    )
    def get(self, request: Request) -> HttpResponse:
        """List the groups."""
        rows = ordered(group_list(), request.query_params, GROUP_ORDERINGS)
        return page_response(request, rows, GroupOut)


class GroupDetailApi(APIView):
    @extend_schema(operation_id="groups_retrieve", responses=GroupDetailOut)
    def get(self, request: Request, id: int) -> Response:
        """Read one group with its members."""
        return Response(GroupDetailOut(group_get(id)).data)


class GroupMemberApi(APIView):
    """All three answer with the group as it is then, and may be repeated."""

    @extend_schema(operation_id="groups_members_update", request=None, responses=GroupDetailOut)
    def put(self, request: Request, group_pk: int, id: int) -> Response:
        """Add a person to a group."""
        group = member_add(actor=request.user, group_id=group_pk, user_id=id)
        return Response(GroupDetailOut(group).data)

    @extend_schema(
        operation_id="groups_members_partial_update", request=None, responses=GroupDetailOut
    )
    def patch(self, request: Request, group_pk: int, id: int) -> Response:
        """Add a person to a group, the same as PUT."""
        return self.put(request, group_pk, id)

    @extend_schema(
        operation_id="groups_members_destroy", request=None, responses={200: GroupDetailOut}
    )
    def delete(self, request: Request, group_pk: int, id: int) -> Response:
        """Remove a person from a group."""
        group = member_remove(actor=request.user, group_id=group_pk, user_id=id)
        return Response(GroupDetailOut(group).data)
