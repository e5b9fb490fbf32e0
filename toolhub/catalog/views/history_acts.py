"""What people do with a revision. Each act is a page that asks, and a button elsewhere that does it at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from toolhub.catalog.selectors.revisions import revision_get
from toolhub.catalog.services.history import revision_revert, revision_undo
from toolhub.catalog.services.oversight import (
    CurrentRevision,
    revision_hide,
    revision_patrol,
    revision_reveal,
)
from toolhub.catalog.views.history_of import Finder, HistoryOf, undo_href
from toolhub.catalog.views.login import to_login
from toolhub.core.errors import Conflict, InvalidInput, ToolhubError
from toolhub.core.web.forms import CodexForm, CommentField
from toolhub.core.web.notices import done, failed
from toolhub.core.web.paths import next_path

Words = str | Promise


class ReasonForm(CodexForm):
    comment = CommentField(required=False)


@dataclass(frozen=True, slots=True)
class Act:
    """`back` is the act that takes it back: the name of another, or "edit" for one that made a new revision."""

    service: Callable[..., Any]
    title: Words
    text: Words
    submit: Words
    said: Words
    back: str = ""


ACTS = {
    "undo": Act(
        revision_undo,
        _("Undo these changes?"),
        _("A new revision takes the changes back. All else stays as it is now."),
        _("Undo changes"),
        _("The changes are undone."),
        "edit",
    ),
    "restore": Act(
        revision_revert,
        _("Restore this revision?"),
        _("A new revision makes everything what it was then. Later changes stay in the history."),
        _("Restore revision"),
        _("The revision is restored."),
        "edit",
    ),
    "hide": Act(
        revision_hide,
        _("Hide this revision?"),
        _("Its content, its summary and who made it are shown to oversighters only."),
        _("Hide revision"),
        _("The revision is hidden."),
        "reveal",
    ),
    "reveal": Act(
        revision_reveal,
        _("Show this revision again?"),
        _("Everybody can read its content, its summary and who made it."),
        _("Show revision"),
        _("The revision is shown again."),
        "hide",
    ),
    "patrol": Act(
        revision_patrol,
        _("Mark this revision as patrolled?"),
        _("It says that somebody looked it over. This cannot be undone."),
        _("Mark as patrolled"),
        _("The revision is patrolled."),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def revision_act(
    request: HttpRequest, of: Finder, key: str | int, act: str, **ids: int
) -> HttpResponse:
    """`ids` are those of the service: `revision_id`, and `other_id` for an undo."""
    history = of(request, key)
    if request.method == "POST":
        return _do(request, history, act, ids)
    if not request.user.is_authenticated:
        return to_login(request)
    revision_get(history.thing, ids["revision_id"])
    context = {"history": history, "act": ACTS[act], "form": ReasonForm()}
    return render(request, "catalog/revision_act.html", context)


def _do(request: HttpRequest, history: HistoryOf, name: str, ids: dict[str, int]) -> HttpResponse:
    act = ACTS[name]
    comment = request.POST.get("comment", "")[:255]
    back = next_path(request, history.history_href)
    try:
        act.service(actor=request.user, thing=history.thing, comment=comment, **ids)
    except (Conflict, InvalidInput, CurrentRevision) as error:
        failed(request, _reason(error))
        return redirect(back)
    if act.back == "edit":
        undo = undo_href(history, request.user)
    else:
        undo = history.href(f"revision-{act.back}", *ids.values()) if act.back else ""
    done(request, str(act.said), undo=undo)
    return redirect(back)


def _reason(error: ToolhubError) -> str:
    broken = error.errors if isinstance(error, InvalidInput) else ()
    return " ".join(one.message for one in broken) or error.message
