from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet

from toolhub.catalog.models import ToolDocument, ToolList
from toolhub.catalog.selectors.feeds import sitemap_documents, sitemap_lists
from toolhub.catalog.views.feeds import tool_path


class ChangedSitemap(Sitemap):  # type: ignore[type-arg]  # the class takes none when it runs
    """Split at 50,000 addresses (https://www.sitemaps.org/protocol.html)."""

    limit = 50_000

    def items(self) -> QuerySet[Any]:
        raise NotImplementedError

    def lastmod(self, item: Any) -> datetime:
        moment: datetime = item.modified_at
        return moment

    def get_latest_lastmod(self) -> datetime | None:
        # Django would read every row.
        newest: datetime | None = self.items().aggregate(newest=Max("modified_at"))["newest"]
        return newest


class ToolSitemap(ChangedSitemap):
    def items(self) -> QuerySet[ToolDocument]:
        return sitemap_documents()

    def location(self, item: ToolDocument) -> str:
        return tool_path(item.name)


class ListSitemap(ChangedSitemap):
    def items(self) -> QuerySet[ToolList]:
        return sitemap_lists()

    def location(self, item: ToolList) -> str:
        return f"/lists/{item.pk}"


SITEMAPS: dict[str, type[Sitemap[Any]]] = {"tools": ToolSitemap, "lists": ListSitemap}
