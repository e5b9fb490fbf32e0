from __future__ import annotations

from django.urls import path

from toolhub.accounts import views, views_members, views_settings

app_name = "accounts"

urlpatterns = [
    path("user/login/", views.login_page, name="login"),
    path("user/logout/", views.logout_page, name="logout"),
    path("members", views_members.members_page, name="members"),
    path(
        "members/<int:user_id>/groups/<int:group_id>/add",
        views_members.member_add_page,
        name="member-add",
    ),
    path(
        "members/<int:user_id>/groups/<int:group_id>/remove",
        views_members.member_remove_page,
        name="member-remove",
    ),
    path("developer-settings", views_settings.developer_settings_page, name="developer-settings"),
    path(
        "developer-settings/register",
        views_settings.application_register_page,
        name="application-register",
    ),
    path(
        "developer-settings/applications/<str:client_id>",
        views_settings.application_change_page,
        name="application-change",
    ),
    path(
        "developer-settings/applications/<str:client_id>/delete",
        views_settings.application_delete_page,
        name="application-delete",
    ),
    path(
        "developer-settings/authorizations/<int:authorization_id>/revoke",
        views_settings.authorization_revoke_page,
        name="authorization-revoke",
    ),
    path("developer-settings/token", views_settings.token_show_page, name="token-show"),
    path("developer-settings/token/delete", views_settings.token_delete_page, name="token-delete"),
]
