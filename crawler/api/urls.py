from __future__ import annotations

from django.urls import path

from crawler.api.registrations import UrlDetailApi, UrlListApi, UrlSelfApi
from crawler.api.runs import RunDetailApi, RunListApi, RunUrlDetailApi, RunUrlListApi

urlpatterns = [
    path("crawler/runs/", RunListApi.as_view(), name="run-list"),
    path("crawler/runs/<int:pk>/", RunDetailApi.as_view(), name="run-detail"),
    path("crawler/runs/<int:run_id>/urls/", RunUrlListApi.as_view(), name="run-url-list"),
    path(
        "crawler/runs/<int:run_id>/urls/<int:pk>/",
        RunUrlDetailApi.as_view(),
        name="run-url-detail",
    ),
    path("crawler/urls/", UrlListApi.as_view(), name="url-list"),
    path("crawler/urls/self/", UrlSelfApi.as_view(), name="url-self"),
    path("crawler/urls/<int:pk>/", UrlDetailApi.as_view(), name="url-detail"),
]
