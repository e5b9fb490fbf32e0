from __future__ import annotations

from django.urls import path

from crawler.views import run_detail_page, run_list_page

app_name = "crawler"

urlpatterns = [
    path("crawler-history", run_list_page, name="run-list"),
    path("crawler-history/<int:run_id>", run_detail_page, name="run-detail"),
]
