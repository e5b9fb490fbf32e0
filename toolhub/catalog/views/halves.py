"""The two halves of a tool's record, and what editing each of them takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from toolhub.catalog.fields import SHARED_FIELDS
from toolhub.catalog.forms.records import AnnotationsForm, RecordForm, ToolForm
from toolhub.catalog.selectors.pages import Document
from toolhub.catalog.services.annotations import annotations_update
from toolhub.catalog.services.stated import community_checked, core_checked
from toolhub.catalog.services.tools import tool_update
from toolhub.catalog.views.tool_page import Source


@dataclass(frozen=True, slots=True)
class Half:
    """`page` ends the URL name of its page; `act` is the right that it needs."""

    page: str
    act: str
    source: Source
    form: type[RecordForm]
    check: Callable[..., Mapping[str, Any]]
    save: Callable[..., Any]

    def stated(self, document: Document) -> Document:
        """What of the document its form edits."""
        if self.source == "maintainer":
            return document
        notes: Document = document["annotations"]
        return notes

    def closed(self, document: Document) -> list[str]:
        """The fields that the form leaves out: what the maintainer states is shown, whatever others say."""
        if self.source == "maintainer":
            return []
        return [name for name in SHARED_FIELDS if document.get(name)]


CORE = Half("edit", "tool.change", "maintainer", ToolForm, core_checked, tool_update)
COMMUNITY = Half(
    "annotate",
    "annotations.change",
    "community",
    AnnotationsForm,
    community_checked,
    annotations_update,
)
