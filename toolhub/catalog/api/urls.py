from __future__ import annotations

from django.urls import include, path

from toolhub.catalog.api import history
from toolhub.catalog.api.annotations import AnnotationsApi
from toolhub.catalog.api.audit import LogEntryDetailApi, LogEntryListApi
from toolhub.catalog.api.changes import ChangeListApi
from toolhub.catalog.api.dumps import DumpFileApi, DumpListApi
from toolhub.catalog.api.favourites import FavouriteDetailApi, FavouriteListApi
from toolhub.catalog.api.recent import RecentDetailApi, RecentListApi
from toolhub.catalog.api.search import ToolSearchApi
from toolhub.catalog.api.spdx import SpdxLicenseDetailApi, SpdxLicenseListApi
from toolhub.catalog.api.toollist_search import (
    ToolAutocompleteApi,
    ToolListAutocompleteApi,
    ToolListSearchApi,
)
from toolhub.catalog.api.toollists import (
    ToolListDetailApi,
    ToolListFeatureApi,
    ToolListListApi,
    ToolListUnfeatureApi,
)
from toolhub.catalog.api.tools import ToolDetailApi, ToolListApi
from toolhub.catalog.api.webhooks import (
    WebhookDeliveryListApi,
    WebhookDetailApi,
    WebhookListApi,
)

tool_revisions = [
    path("", history.ToolRevisionListApi.as_view(), name="tool-revision-list"),
    path("<int:id>/", history.ToolRevisionDetailApi.as_view(), name="tool-revision-detail"),
    path(
        "<int:id>/diff/<int:other_id>/",
        history.ToolRevisionDiffApi.as_view(),
        name="tool-revision-diff",
    ),
    path("<int:id>/revert/", history.ToolRevisionRevertApi.as_view(), name="tool-revision-revert"),
    path(
        "<int:id>/undo/<int:other_id>/",
        history.ToolRevisionUndoApi.as_view(),
        name="tool-revision-undo",
    ),
    path("<int:id>/hide/", history.ToolRevisionHideApi.as_view(), name="tool-revision-hide"),
    path("<int:id>/reveal/", history.ToolRevisionRevealApi.as_view(), name="tool-revision-reveal"),
    path("<int:id>/patrol/", history.ToolRevisionPatrolApi.as_view(), name="tool-revision-patrol"),
]
toollist_revisions = [
    path("", history.ToolListRevisionListApi.as_view(), name="toollist-revision-list"),
    path("<int:id>/", history.ToolListRevisionDetailApi.as_view(), name="toollist-revision-detail"),
    path(
        "<int:id>/diff/<int:other_id>/",
        history.ToolListRevisionDiffApi.as_view(),
        name="toollist-revision-diff",
    ),
    path(
        "<int:id>/revert/",
        history.ToolListRevisionRevertApi.as_view(),
        name="toollist-revision-revert",
    ),
    path(
        "<int:id>/undo/<int:other_id>/",
        history.ToolListRevisionUndoApi.as_view(),
        name="toollist-revision-undo",
    ),
    path(
        "<int:id>/hide/", history.ToolListRevisionHideApi.as_view(), name="toollist-revision-hide"
    ),
    path(
        "<int:id>/reveal/",
        history.ToolListRevisionRevealApi.as_view(),
        name="toollist-revision-reveal",
    ),
    path(
        "<int:id>/patrol/",
        history.ToolListRevisionPatrolApi.as_view(),
        name="toollist-revision-patrol",
    ),
]
urlpatterns = [
    path("tools/", ToolListApi.as_view(), name="tool-list"),
    path("tools/<str:name>/", ToolDetailApi.as_view(), name="tool-detail"),
    path("tools/<str:name>/annotations/", AnnotationsApi.as_view(), name="annotations"),
    path("tools/<str:tool_name>/revisions/", include(tool_revisions)),
    path("search/tools/", ToolSearchApi.as_view(), name="tool-search"),
    path("lists/", ToolListListApi.as_view(), name="toollist-list"),
    path("lists/<int:pk>/", ToolListDetailApi.as_view(), name="toollist-detail"),
    path("lists/<int:list_pk>/revisions/", include(toollist_revisions)),
    path("lists/<int:pk>/feature/", ToolListFeatureApi.as_view(), name="toollist-feature"),
    path("lists/<int:pk>/unfeature/", ToolListUnfeatureApi.as_view(), name="toollist-unfeature"),
    path("search/lists/", ToolListSearchApi.as_view(), name="toollist-search"),
    path("autocomplete/lists/", ToolListAutocompleteApi.as_view(), name="toollist-autocomplete"),
    path("autocomplete/tools/", ToolAutocompleteApi.as_view(), name="tool-autocomplete"),
    path("user/favorites/", FavouriteListApi.as_view(), name="favourite-list"),
    path("user/favorites/<str:tool_name>/", FavouriteDetailApi.as_view(), name="favourite-detail"),
    path("recent/", RecentListApi.as_view(), name="recent-list"),
    path("recent/<int:id>/", RecentDetailApi.as_view(), name="recent-detail"),
    path("auditlogs/", LogEntryListApi.as_view(), name="logentry-list"),
    path("auditlogs/<int:pk>/", LogEntryDetailApi.as_view(), name="logentry-detail"),
    path("spdx/", SpdxLicenseListApi.as_view(), name="license-list"),
    path("spdx/<str:license_id>/", SpdxLicenseDetailApi.as_view(), name="license-detail"),
    path("changes/", ChangeListApi.as_view(), name="change-list"),
    path("dumps/", DumpListApi.as_view(), name="dump-list"),
    path("dumps/<str:dump>/<str:name>", DumpFileApi.as_view(), name="dump-file"),
    path("webhooks/", WebhookListApi.as_view(), name="webhook-list"),
    path("webhooks/<int:pk>/", WebhookDetailApi.as_view(), name="webhook-detail"),
    path(
        "webhooks/<int:pk>/deliveries/",
        WebhookDeliveryListApi.as_view(),
        name="webhook-delivery-list",
    ),
]
