"""What stands around a tool's record on its page: tabs, lists, and what this person keeps of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from toolhub.catalog.fields import ANNOTATION_FIELDS
from toolhub.catalog.jsonld import jsonld_script, tool_jsonld
from toolhub.catalog.permissions import CATALOG
from toolhub.catalog.selectors.mine import favourite_is, toollist_own
from toolhub.catalog.selectors.pages import Document, missing_fields
from toolhub.catalog.selectors.tools import tool_get, tool_published_lists
from toolhub.catalog.views.tabs import thing_tabs
from toolhub.catalog.views.tool_page import field_label


@dataclass(frozen=True, slots=True)
class Missing:
    label: str
    href: str


def around(request: HttpRequest, document: Document) -> dict[str, Any]:
    name, tool = document["name"], tool_get(document["name"])
    found = {
        "tabs": thing_tabs(request.user, tool, "detail"),
        "lists": tool_published_lists([name]).get(name, []),
        "missing": _missing(document, may_change=CATALOG.can(request.user, "tool.change", tool)),
        "may_delete": CATALOG.can(request.user, "tool.delete", tool),
        "page_url": request.build_absolute_uri(request.path),
        "jsonld": _jsonld(document, request.build_absolute_uri(request.path)),
    }
    if request.user.is_authenticated:
        found["is_favourite"] = favourite_is(actor=request.user, name=name)
        found["own_lists"] = toollist_own(actor=request.user, name=name)
    return found


def _missing(document: Document, *, may_change: bool) -> list[Missing]:
    """What nobody stated yet, each with the place in the form where this person can."""
    found = []
    for field in missing_fields(document):
        page = "tool-annotate" if field in ANNOTATION_FIELDS else "tool-edit" if may_change else ""
        href = reverse(f"catalog:{page}", args=(document["name"],)) if page else ""
        found.append(Missing(field_label(field), f"{href}#id_{field}" if href else ""))
    return found


def _jsonld(document: Document, page_url: str) -> SafeString:
    """A block of data, not a script: the content policy has nothing to say about it."""
    # jsonld_script has escaped whatever could end the element.
    data = mark_safe(jsonld_script(tool_jsonld(document, page_url)))  # noqa: S308
    return format_html('<script type="application/ld+json">{}</script>', data)
