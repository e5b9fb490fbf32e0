from __future__ import annotations

from django.urls import path

from crawler.api.views import RunListApi, RunUrlListApi, UrlListApi

urlpatterns = [
    path("crawler/runs/", RunListApi.as_view(), name="run-list"),
    path("crawler/runs/<int:run_id>/urls/", RunUrlListApi.as_view(), name="run-url-list"),
    path("crawler/urls/", UrlListApi.as_view(), name="url-list"),
]
