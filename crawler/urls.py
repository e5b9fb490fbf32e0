from __future__ import annotations

from django.urls import path

from crawler.views.addresses import add_or_remove_page, url_delete_page, url_register_page
from crawler.views.runs import run_detail_page, run_list_page
from crawler.views.toolinfo import builder_page, validator_page
from crawler.views.url_pages import url_crawl_page, url_detail_page

app_name = "crawler"

urlpatterns = [
    path("crawler-history", run_list_page, name="run-list"),
    path("crawler-history/<int:run_id>", run_detail_page, name="run-detail"),
    path("crawler-history/urls/<int:pk>", url_detail_page, name="url-detail"),
    path("crawler-history/urls/<int:pk>/crawl", url_crawl_page, name="url-crawl"),
    path("add-or-remove-tools", add_or_remove_page, name="url-list"),
    path("add-or-remove-tools/register", url_register_page, name="url-register"),
    path("add-or-remove-tools/<int:pk>/delete", url_delete_page, name="url-delete"),
    path("toolinfo-validator", validator_page, name="validator"),
    path("toolinfo-builder", builder_page, name="builder"),
]
