from __future__ import annotations

from django.urls import path

from toolhub.catalog.views.tools import tool_detail_page, tool_search_page

app_name = "catalog"

urlpatterns = [
    path("search", tool_search_page, name="tool-search"),
    path("tools/<str:name>", tool_detail_page, name="tool-detail"),
]
