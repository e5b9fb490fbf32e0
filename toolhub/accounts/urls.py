from __future__ import annotations

from django.urls import path

from toolhub.accounts import views

app_name = "accounts"

urlpatterns = [
    path("user/login/", views.login_page, name="login"),
    path("user/logout/", views.logout_page, name="logout"),
]
