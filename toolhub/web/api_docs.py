"""The pages that read the OpenAPI document: Swagger UI to try it out, Redoc to read it, with samples of code.

Their scripts come from drf-spectacular-sidecar and are not ours, so each page has what it needs beside the policy of
all pages, and nothing more.
"""

from __future__ import annotations

from csp.constants import NONCE, SELF
from csp.decorators import csp_update
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from drf_spectacular.views import SpectacularRedocView, SpectacularSwaggerSplitView

# Icons within the style sheets.
ICONS = {"img-src": [SELF, "data:"]}


@method_decorator(never_cache, name="dispatch")  # it holds the reader's CSRF token
@method_decorator(csp_update(ICONS), name="dispatch")
class SwaggerPage(SpectacularSwaggerSplitView):
    url_name = "api:schema"
    template_name = "web/api_docs_swagger.html"
    throttle_classes = ()


@method_decorator(csp_update({**ICONS, "style-src": [SELF, NONCE]}), name="dispatch")
class RedocPage(SpectacularRedocView):
    url_name = "api:schema"
    template_name = "web/api_docs_redoc.html"
    throttle_classes = ()
