"""The verbs of history, once for all that has one. `ToolHistory` and `ToolListHistory` say whose."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpResponse
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from toolhub.catalog.api.toollists import commented
from toolhub.catalog.models import Tool
from toolhub.catalog.permissions import CATALOG
from toolhub.catalog.selectors.revisions import (
    ORDERINGS,
    Thing,
    revision_row,
    revision_rows,
    revisions_of,
)
from toolhub.catalog.selectors.toollists import toollist_get
from toolhub.catalog.selectors.tools import tool_document_get, tool_get
from toolhub.catalog.services.history import revision_diff, revision_revert, revision_undo
from toolhub.catalog.services.oversight import revision_hide, revision_patrol, revision_reveal
from toolhub.catalog.services.revision_documents import (
    revision_bodies,
    revision_detail,
    revision_public,
)
from toolhub.catalog.services.toollist_documents import toollist_body
from toolhub.core.rest.filters import ordered
from toolhub.core.rest.pagination import page_bytes, window
from toolhub.core.rest.response import json_bytes


def sees_suppressed(request: Request) -> bool:
    return CATALOG.can(request.user, "revision.see_suppressed")


class HistoryApi(APIView):
    permission_classes = (IsAuthenticatedOrReadOnly,)

    def thing(self) -> Thing:
        """What the address names, when this person may see it. Raises NotFound."""
        raise NotImplementedError

    def row(self, thing: Thing, pk: int) -> dict[str, Any]:
        seen = sees_suppressed(self.request)
        return revision_public(revision_row(revisions_of(thing), pk, sees_suppressed=seen))


class ToolHistory(HistoryApi):
    def thing(self) -> Thing:
        return tool_get(self.kwargs["tool_name"])


class ToolListHistory(HistoryApi):
    def thing(self) -> Thing:
        return toollist_get(self.kwargs["list_pk"], actor=self.request.user)


class RevisionListApi(HistoryApi):
    def get(self, request: Request, **kwargs: Any) -> HttpResponse:
        """List the versions, newest first."""
        part = window(request)
        revisions = ordered(revisions_of(self.thing()), request.query_params, ORDERINGS)
        rows = revision_rows(
            revisions[part.offset : part.offset + part.size],
            sees_suppressed=sees_suppressed(request),
        )
        return json_bytes(page_bytes(request, part, revisions.count(), revision_bodies(rows)))


class RevisionDetailApi(HistoryApi):
    def get(self, request: Request, id: int, **kwargs: Any) -> HttpResponse:
        """Read one version."""
        seen = sees_suppressed(request)
        row = revision_row(revisions_of(self.thing()), id, sees_suppressed=seen)
        return json_bytes(orjson.dumps(revision_detail(row, sees_suppressed=seen)))


class RevisionDiffApi(HistoryApi):
    def get(self, request: Request, id: int, other_id: int, **kwargs: Any) -> HttpResponse:
        """Compare two versions: the operations lead from `id` to `other_id`."""
        thing = self.thing()
        operations = revision_diff(
            actor=request.user, thing=thing, original_id=id, result_id=other_id
        )
        ends = {"original": self.row(thing, id), "result": self.row(thing, other_id)}
        return json_bytes(orjson.dumps({**ends, "operations": operations}))


class RestoreApi(HistoryApi):
    def answer(self, thing: Thing) -> HttpResponse:
        """The thing as it is now."""
        if isinstance(thing, Tool):
            return json_bytes(tool_document_get(thing.name))
        return json_bytes(toollist_body(thing))


class RevisionRevertApi(RestoreApi):
    def post(self, request: Request, id: int, **kwargs: Any) -> HttpResponse:
        """Go back to a version. Who may edit the fields that change may do so."""
        thing = revision_revert(
            actor=request.user, thing=self.thing(), revision_id=id, comment=commented(request)
        )
        return self.answer(thing)


class RevisionUndoApi(RestoreApi):
    def post(self, request: Request, id: int, other_id: int, **kwargs: Any) -> HttpResponse:
        """Undo what changed from `other_id` to `id`; 409 when the same was changed again since."""
        thing = revision_undo(
            actor=request.user,
            thing=self.thing(),
            revision_id=id,
            other_id=other_id,
            comment=commented(request),
        )
        return self.answer(thing)


class RevisionHideApi(HistoryApi):
    def patch(self, request: Request, id: int, **kwargs: Any) -> Response:
        """Hide the content of a version."""
        thing = self.thing()
        # Asked here too, because who may not is told so before what was sent is judged.
        CATALOG.require(request.user, "revision.suppress")
        revision_hide(actor=request.user, thing=thing, revision_id=id, comment=commented(request))
        return Response(status=204)


class RevisionRevealApi(HistoryApi):
    def patch(self, request: Request, id: int, **kwargs: Any) -> Response:
        """Show a hidden version again."""
        thing = self.thing()
        CATALOG.require(request.user, "revision.suppress")
        revision_reveal(actor=request.user, thing=thing, revision_id=id, comment=commented(request))
        return Response(status=204)


class RevisionPatrolApi(HistoryApi):
    def patch(self, request: Request, id: int, **kwargs: Any) -> Response:
        """Mark a version as looked over."""
        thing = self.thing()
        CATALOG.require(request.user, "revision.patrol")
        revision_patrol(actor=request.user, thing=thing, revision_id=id, comment=commented(request))
        return Response(status=204)
