"""What the page around the form of a tool's record shows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from toolhub.catalog.models import Tool
from toolhub.catalog.selectors.pages import Document
from toolhub.catalog.spdx import License, licenses
from toolhub.catalog.views.halves import Half
from toolhub.catalog.views.tabs import thing_tabs
from toolhub.catalog.views.tool_page import facts

LOGGED_OUT = gettext_lazy(
    "You are not logged in any more. What you typed is still here: log in in another tab, then save again."
)


def common_licenses() -> list[License]:
    """Those that a free tool may have; any other can be written too."""
    return [
        one
        for one in licenses().values()
        if (one.osi_approved or one.fsf_approved) and not one.deprecated
    ]


def record_context(
    request: HttpRequest, tool: Tool, document: Document, half: Half
) -> dict[str, Any]:
    is_maintainers = half.source == "maintainer"
    closed = () if is_maintainers else tuple(half.closed(document))
    return {
        "section": "browse",
        "tool": document,
        "text_language": document["_language"],
        "tabs": thing_tabs(request.user, tool, half.page),
        "is_maintainers": is_maintainers,
        "is_crawled": is_maintainers and tool.origin == Tool.Origin.CRAWLER,
        "stated": facts(document, closed),
        "licenses": common_licenses() if is_maintainers else (),
    }
