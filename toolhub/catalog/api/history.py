"""The history of tools and of lists in the OpenAPI document: each verb of `revisions` under both names."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema, extend_schema_view

from toolhub.catalog.api.revision_serializers import (
    LIST_DIFF,
    TOOL_DIFF,
    ToolListRevisionDetailOut,
    ToolListRevisionIn,
    ToolListRevisionOut,
    ToolRevisionDetailOut,
    ToolRevisionOut,
)
from toolhub.catalog.api.revisions import (
    RevisionDetailApi,
    RevisionDiffApi,
    RevisionHideApi,
    RevisionListApi,
    RevisionPatrolApi,
    RevisionRevealApi,
    RevisionRevertApi,
    RevisionUndoApi,
    ToolHistory,
    ToolListHistory,
)
from toolhub.catalog.api.serializers import CommentIn, ToolOut
from toolhub.catalog.api.toollist_serializers import ToolListOut
from toolhub.core.rest.docs import ordering_parameter, page_of, page_parameters

PAGING = [*page_parameters(), ordering_parameter("id", "timestamp", "suppressed", "patrolled")]


@extend_schema_view(
    get=extend_schema(
        operation_id="tools_revisions_list",
        parameters=PAGING,
        responses=page_of(ToolRevisionOut),
    )
)
class ToolRevisionListApi(ToolHistory, RevisionListApi):
    pass


@extend_schema_view(
    get=extend_schema(operation_id="tools_revisions_retrieve", responses=ToolRevisionDetailOut)
)
class ToolRevisionDetailApi(ToolHistory, RevisionDetailApi):
    pass


@extend_schema_view(
    get=extend_schema(operation_id="tools_revisions_diff_retrieve", responses=TOOL_DIFF)
)
class ToolRevisionDiffApi(ToolHistory, RevisionDiffApi):
    pass


@extend_schema_view(
    post=extend_schema(
        operation_id="tools_revisions_revert_create", request=CommentIn, responses=ToolOut
    )
)
class ToolRevisionRevertApi(ToolHistory, RevisionRevertApi):
    pass


@extend_schema_view(
    post=extend_schema(
        operation_id="tools_revisions_undo_create", request=CommentIn, responses=ToolOut
    )
)
class ToolRevisionUndoApi(ToolHistory, RevisionUndoApi):
    pass


@extend_schema_view(
    patch=extend_schema(
        operation_id="tools_revisions_hide_partial_update",
        request=CommentIn,
        responses={204: None},
    )
)
class ToolRevisionHideApi(ToolHistory, RevisionHideApi):
    pass


@extend_schema_view(
    patch=extend_schema(
        operation_id="tools_revisions_reveal_partial_update",
        request=CommentIn,
        responses={204: None},
    )
)
class ToolRevisionRevealApi(ToolHistory, RevisionRevealApi):
    pass


@extend_schema_view(
    patch=extend_schema(
        operation_id="tools_revisions_patrol_partial_update",
        request=CommentIn,
        responses={204: None},
    )
)
class ToolRevisionPatrolApi(ToolHistory, RevisionPatrolApi):
    pass


@extend_schema_view(
    get=extend_schema(
        operation_id="lists_revisions_list",
        parameters=PAGING,
        responses=page_of(ToolListRevisionOut),
    )
)
class ToolListRevisionListApi(ToolListHistory, RevisionListApi):
    pass


@extend_schema_view(
    get=extend_schema(operation_id="lists_revisions_retrieve", responses=ToolListRevisionDetailOut)
)
class ToolListRevisionDetailApi(ToolListHistory, RevisionDetailApi):
    pass


@extend_schema_view(
    get=extend_schema(operation_id="lists_revisions_diff_retrieve", responses=LIST_DIFF)
)
class ToolListRevisionDiffApi(ToolListHistory, RevisionDiffApi):
    pass


@extend_schema_view(
    post=extend_schema(
        operation_id="lists_revisions_revert_create",
        request=ToolListRevisionIn,
        responses=ToolListOut,
    )
)
class ToolListRevisionRevertApi(ToolListHistory, RevisionRevertApi):
    pass


@extend_schema_view(
    post=extend_schema(
        operation_id="lists_revisions_undo_create",
        request=ToolListRevisionIn,
        responses=ToolListOut,
    )
)
class ToolListRevisionUndoApi(ToolListHistory, RevisionUndoApi):
    pass


@extend_schema_view(
    patch=extend_schema(
        operation_id="lists_revisions_hide_partial_update",
        request=CommentIn,
        responses={204: None},
    )
)
class ToolListRevisionHideApi(ToolListHistory, RevisionHideApi):
    pass


@extend_schema_view(
    patch=extend_schema(
        operation_id="lists_revisions_reveal_partial_update",
        request=CommentIn,
        responses={204: None},
    )
)
class ToolListRevisionRevealApi(ToolListHistory, RevisionRevealApi):
    pass


@extend_schema_view(
    patch=extend_schema(
        operation_id="lists_revisions_patrol_partial_update",
        request=CommentIn,
        responses={204: None},
    )
)
class ToolListRevisionPatrolApi(ToolListHistory, RevisionPatrolApi):
    pass
