from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path, re_path
from drf_spectacular.views import SpectacularAPIView

from toolhub.core.rest import errors as rest_errors
from toolhub.web import views as web

api: list[URLPattern | URLResolver] = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("", include("toolhub.catalog.api.urls")),
    path("", include("crawler.api.urls")),
    re_path(r"^", rest_errors.not_found),
]

urlpatterns = [
    path("api/", include((api, "api"))),
    path("", include("toolhub.accounts.urls")),
    path("", include("toolhub.catalog.urls")),
    path("", include("crawler.urls")),
    path("", include("toolhub.web.urls")),
]


def handler500(request: HttpRequest) -> HttpResponse:
    """The API never answers in HTML, whatever happened."""
    if request.path.startswith("/api/"):
        return rest_errors.server_error(request)
    return web.server_error(request)
