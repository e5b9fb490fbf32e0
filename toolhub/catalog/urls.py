from __future__ import annotations

from django.contrib.sitemaps.views import index, sitemap
from django.urls import path

from toolhub.catalog.views import embeds, feeds
from toolhub.catalog.views.sitemaps import SITEMAPS
from toolhub.catalog.views.tools import tool_detail_page, tool_search_page

app_name = "catalog"

urlpatterns = [
    path("search", tool_search_page, name="tool-search"),
    path("tools/<str:name>", tool_detail_page, name="tool-detail"),
    path("tools/<str:name>/badge.svg", embeds.tool_badge, name="tool-badge"),
    path("oembed", embeds.oembed, name="oembed"),
    path("opensearch.xml", embeds.opensearch, name="opensearch"),
    path("robots.txt", embeds.robots, name="robots"),
    path("feeds/new.atom", feeds.NewToolsFeed(), name="feed-new"),
    path("feeds/updated.atom", feeds.UpdatedToolsFeed(), name="feed-updated"),
    path("feeds/list/<int:pk>.atom", feeds.ListFeed(), name="feed-list"),
    path("feeds/author/<path:name>.atom", feeds.AuthorFeed(), name="feed-author"),
    path("feeds/search.atom", feeds.SearchFeed(), name="feed-search"),
    path(
        "sitemap.xml",
        index,
        {"sitemaps": SITEMAPS, "sitemap_url_name": "catalog:sitemap-section"},
        name="sitemap",
    ),
    path("sitemap-<section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap-section"),
]
