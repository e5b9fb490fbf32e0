"""A route that fails in an unforeseen way, behind the product's own handlers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from toolhub.urls import handler500
from toolhub.urls import urlpatterns as product

__all__ = ["handler500", "urlpatterns"]


def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a secret detail")


urlpatterns = [path("api/breaks/", breaks), *product]
