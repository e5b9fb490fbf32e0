"""The pages and acts of history, for tools and for lists alike. The addresses of the pages are those of old links."""

from __future__ import annotations

from django.urls import URLPattern, path

from toolhub.catalog.views.history import diff_page, history_page, revision_page
from toolhub.catalog.views.history_acts import revision_act
from toolhub.catalog.views.history_of import Finder, list_history, tool_history


def history_paths(kind: str, base: str, of: Finder) -> list[URLPattern]:
    """`base` is the address of the thing itself, `kind` begins the names."""
    one = f"{base}/history/revision/<int:{{}}>"
    page, act = one.format("pk"), one.format("revision_id")
    given = {"of": of}
    return [
        path(f"{base}/history", history_page, given, name=f"{kind}-history"),
        path(page, revision_page, given, name=f"{kind}-revision"),
        path(f"{page}/diff/<int:other>", diff_page, given, name=f"{kind}-diff"),
        path(
            f"{act}/undo/<int:other_id>",
            revision_act,
            given | {"act": "undo"},
            name=f"{kind}-revision-undo",
        ),
        *(
            path(
                f"{act}/{name}", revision_act, given | {"act": name}, name=f"{kind}-revision-{name}"
            )
            for name in ("restore", "hide", "reveal", "patrol")
        ),
    ]


HISTORY_PATHS = [
    *history_paths("tool", "tools/<str:key>", tool_history),
    *history_paths("list", "lists/<int:key>", list_history),
]
