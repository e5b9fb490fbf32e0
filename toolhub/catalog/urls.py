from __future__ import annotations

from django.contrib.sitemaps.views import index, sitemap
from django.urls import path

from toolhub.catalog.urls_history import HISTORY_PATHS
from toolhub.catalog.views import embeds, feeds
from toolhub.catalog.views.audit import audit_log_page
from toolhub.catalog.views.favourites import (
    favourite_add_act,
    favourite_list_page,
    favourite_remove_act,
)
from toolhub.catalog.views.list_edit import (
    list_create_page,
    list_delete_page,
    list_edit_page,
    list_restore,
)
from toolhub.catalog.views.lists import (
    list_browse_page,
    list_detail_page,
    list_feature,
    list_own_page,
    list_unfeature,
)
from toolhub.catalog.views.recent import recent_changes_page, recent_patrol
from toolhub.catalog.views.sitemaps import SITEMAPS
from toolhub.catalog.views.tool_actions import tool_delete_page, tool_listing, tool_undelete
from toolhub.catalog.views.tool_edit import tool_add_page, tool_annotate_page, tool_edit_page
from toolhub.catalog.views.tools import tool_detail_page, tool_search_page

app_name = "catalog"

urlpatterns = [
    path("search", tool_search_page, name="tool-search"),
    path("tools/<str:name>", tool_detail_page, name="tool-detail"),
    path("add-or-remove-tools/create", tool_add_page, name="tool-add"),
    path("tools/<str:name>/edit", tool_edit_page, name="tool-edit"),
    path("tools/<str:name>/edit-annotations", tool_annotate_page, name="tool-annotate"),
    path("tools/<str:name>/delete", tool_delete_page, name="tool-delete"),
    path("tools/<str:name>/undelete", tool_undelete, name="tool-undelete"),
    path("tools/<str:name>/lists/<int:pk>/add", tool_listing, {"is_in": True}, name="tool-enlist"),
    path(
        "tools/<str:name>/lists/<int:pk>/remove",
        tool_listing,
        {"is_in": False},
        name="tool-unlist",
    ),
    *HISTORY_PATHS,
    path("tools/<str:name>/badge.svg", embeds.tool_badge, name="tool-badge"),
    path("recent", recent_changes_page, name="recent-changes"),
    path("recent/patrol", recent_patrol, name="recent-patrol"),
    path("audit-logs", audit_log_page, name="audit-log"),
    path("lists", list_own_page, name="list-own"),
    path("lists/create", list_create_page, name="list-create"),
    path("lists/<int:pk>", list_detail_page, name="list-detail"),
    path("lists/<int:pk>/edit", list_edit_page, name="list-edit"),
    path("lists/<int:pk>/delete", list_delete_page, name="list-delete"),
    path("lists/<int:pk>/restore", list_restore, name="list-restore"),
    path("lists/<int:pk>/feature", list_feature, name="list-feature"),
    path("lists/<int:pk>/unfeature", list_unfeature, name="list-unfeature"),
    path("published-lists", list_browse_page, name="list-browse"),
    path("favorites", favourite_list_page, name="favourite-list"),
    path("favorites/<str:name>/add", favourite_add_act, name="favourite-add"),
    path("favorites/<str:name>/remove", favourite_remove_act, name="favourite-remove"),
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
