"""What people do with a tool from its page: put it on a list, delete it, bring it back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from toolhub.catalog.permissions import CATALOG
from toolhub.catalog.selectors.toollists import toollist_get, toollist_tool_names
from toolhub.catalog.selectors.tools import tool_get
from toolhub.catalog.services.conflicts import EditConflict, revision_newest_id
from toolhub.catalog.services.restore import tool_restore
from toolhub.catalog.services.toollists import toollist_update
from toolhub.catalog.services.tools import tool_delete
from toolhub.catalog.views.history_acts import ReasonForm
from toolhub.catalog.views.login import to_login
from toolhub.core.errors import InvalidInput
from toolhub.core.web.notices import done, failed
from toolhub.core.web.paths import next_path


@require_POST
def tool_listing(request: HttpRequest, name: str, pk: int, *, is_in: bool) -> HttpResponse:
    """Puts the tool at the end of a list of one's own, or takes it out."""
    tool, toollist = tool_get(name), toollist_get(pk, actor=request.user)
    seen = revision_newest_id(toollist)
    before = toollist_tool_names(toollist)
    others = [one for one in before if one != tool.name]
    # What stands in it already keeps its place.
    wanted = before if is_in and tool.name in before else [*others, *([tool.name] * is_in)]
    texts = {"tool": tool.title, "list": toollist.title}
    comment = gettext("Add %(tool)s") if is_in else gettext("Remove %(tool)s")
    try:
        toollist_update(
            actor=request.user,
            toollist=toollist,
            fields={"tools": wanted},
            comment=comment % texts,
            if_match=f'"r{seen}"',
        )
    except (EditConflict, InvalidInput) as error:
        broken = error.errors if isinstance(error, InvalidInput) else ()
        failed(request, " ".join(one.message for one in broken) or error.message)
        return redirect(_back(request, name))
    said = (
        gettext("%(tool)s is in “%(list)s”.")
        if is_in
        else gettext("%(tool)s is no longer in “%(list)s”.")
    )
    undo = reverse(f"catalog:tool-{'unlist' if is_in else 'enlist'}", args=(name, pk))
    done(request, said % texts, undo=undo)
    return redirect(_back(request, name))


@require_http_methods(["GET", "HEAD", "POST"])
def tool_delete_page(request: HttpRequest, name: str) -> HttpResponse:
    tool = tool_get(name)
    if not request.user.is_authenticated and request.method != "POST":
        return to_login(request)
    CATALOG.require(request.user, "tool.delete", tool)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        tool_delete(actor=request.user, name=name, comment=form.cleaned_data["comment"])
        undo = reverse("catalog:tool-undelete", args=(name,))
        done(request, gettext("%(tool)s is deleted.") % {"tool": tool.title}, undo=undo)
        return redirect("catalog:tool-search")
    context = {"section": "browse", "tool": tool, "form": form}
    return render(request, "catalog/tool_delete.html", context)


@require_POST
def tool_undelete(request: HttpRequest, name: str) -> HttpResponse:
    tool = tool_restore(
        actor=request.user, name=name, comment=request.POST.get("comment", "")[:255]
    )
    done(request, gettext("%(tool)s is back.") % {"tool": tool.title})
    return redirect("catalog:tool-detail", name)


def _back(request: HttpRequest, name: str) -> str:
    return next_path(request, reverse("catalog:tool-detail", args=(name,)))
