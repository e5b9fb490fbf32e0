from __future__ import annotations

from django.urls import path

from toolhub.web.views import home_page, theme_set

app_name = "web"

urlpatterns = [
    path("", home_page, name="home"),
    path("theme/", theme_set, name="theme"),
]
