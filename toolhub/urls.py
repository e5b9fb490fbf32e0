from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path
from django.views.defaults import page_not_found
from drf_spectacular.views import SpectacularAPIView

from toolhub.core.rest import errors as rest_errors
from toolhub.web import views as web
from toolhub.web.api import HomeApi
from toolhub.web.api_user import CurrentUserApi, LocaleApi

api: list[URLPattern | URLResolver] = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("ui/home/", HomeApi.as_view(), name="home"),
    path("user/", CurrentUserApi.as_view(), name="current-user"),
    path("user/locale/", LocaleApi.as_view(), name="locale"),
    path("", include("toolhub.accounts.api.urls")),
    path("", include("toolhub.catalog.api.urls")),
    path("", include("crawler.api.urls")),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", include((api, "api"))),
    path("o/", include("toolhub.accounts.oauth.urls")),
    path("", include("toolhub.accounts.urls")),
    path("", include("toolhub.catalog.urls")),
    path("", include("crawler.urls")),
    path("", include("toolhub.web.urls")),
]


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path.startswith("/api/"):
        return rest_errors.not_found(request)
    return page_not_found(request, exception)


def handler500(request: HttpRequest) -> HttpResponse:
    """The API never answers in HTML, whatever happened."""
    if request.path.startswith("/api/"):
        return rest_errors.server_error(request)
    return web.server_error(request)
