from __future__ import annotations

from django.urls import path

from toolhub.catalog.api.search import ToolSearchApi
from toolhub.catalog.api.tools import ToolDetailApi, ToolListApi

urlpatterns = [
    path("tools/", ToolListApi.as_view(), name="tool-list"),
    path("tools/<str:name>/", ToolDetailApi.as_view(), name="tool-detail"),
    path("search/tools/", ToolSearchApi.as_view(), name="tool-search"),
]
