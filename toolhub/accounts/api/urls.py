from __future__ import annotations

from django.urls import path

from toolhub.accounts.api.applications import ApplicationDetailApi, ApplicationListApi
from toolhub.accounts.api.authorizations import AuthorizationDetailApi, AuthorizationListApi
from toolhub.accounts.api.groups import GroupDetailApi, GroupListApi, GroupMemberApi
from toolhub.accounts.api.tokens import AuthTokenApi
from toolhub.accounts.api.users import UserDetailApi, UserListApi

urlpatterns = [
    path("groups/", GroupListApi.as_view(), name="group-list"),
    path("groups/<int:id>/", GroupDetailApi.as_view(), name="group-detail"),
    path("groups/<int:group_pk>/members/<int:id>/", GroupMemberApi.as_view(), name="group-member"),
    path("oauth/applications/", ApplicationListApi.as_view(), name="application-list"),
    path(
        "oauth/applications/<str:client_id>/",
        ApplicationDetailApi.as_view(),
        name="application-detail",
    ),
    path("oauth/authorized/", AuthorizationListApi.as_view(), name="authorization-list"),
    path(
        "oauth/authorized/<int:id>/", AuthorizationDetailApi.as_view(), name="authorization-detail"
    ),
    path("user/authtoken/", AuthTokenApi.as_view(), name="auth-token"),
    path("users/", UserListApi.as_view(), name="user-list"),
    path("users/<int:id>/", UserDetailApi.as_view(), name="user-detail"),
]
