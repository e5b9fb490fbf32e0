from __future__ import annotations

from django.urls import path

from toolhub.web import pages, system
from toolhub.web.api_docs import RedocPage, SwaggerPage
from toolhub.web.mine import my_page
from toolhub.web.taste import language_page, theme_set
from toolhub.web.views import home_page

app_name = "web"

urlpatterns = [
    path("", home_page, name="home"),
    path("about", pages.about_page, name="about"),
    path("accessibility", pages.accessibility_page, name="accessibility"),
    path("privacy", pages.privacy_page, name="privacy"),
    path("search/help", pages.search_help_page, name="search-help"),
    path("me", my_page, name="my-page"),
    path("status", pages.status_page, name="status"),
    path("healthz", system.healthz, name="healthz"),
    path("favicon.ico", system.favicon, name="favicon"),
    path("csp-report", system.csp_report, name="csp-report"),
    path("language", language_page, name="language"),
    path("api-docs", SwaggerPage.as_view(), name="api-docs"),
    path("api-docs/redoc", RedocPage.as_view(), name="api-docs-redoc"),
    path("theme/", theme_set, name="theme"),
]
