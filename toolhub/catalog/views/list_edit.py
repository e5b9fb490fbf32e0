"""Making, changing and deleting lists. Every button of the form submits all of it (see `forms_lists`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from toolhub.catalog.forms_lists import (
    ListDeleteForm,
    ListEditForm,
    ListForm,
    as_typed,
    step_of,
    stepped,
    unique,
)
from toolhub.catalog.models import ToolList
from toolhub.catalog.permissions import CATALOG
from toolhub.catalog.selectors.toollists import (
    toollist_deleted_get,
    toollist_get,
    toollist_shown_names,
)
from toolhub.catalog.services.conflicts import EditConflict, revision_newest_id
from toolhub.catalog.services.toollists import (
    toollist_create,
    toollist_delete,
    toollist_restore,
    toollist_update,
)
from toolhub.catalog.views.list_form import conflict_rows, form_context
from toolhub.catalog.views.list_links import list_tabs
from toolhub.core.web.notices import done

Write = Callable[[ListForm], ToolList]
forms_only = require_http_methods(["GET", "HEAD", "POST"])


@forms_only
def list_create_page(request: HttpRequest) -> HttpResponse:
    """`?tools=` names what is in the list from the start."""
    CATALOG.require(request.user, "toollist.create")

    def write(form: ListForm) -> ToolList:
        return toollist_create(actor=request.user, fields=form.stated())

    initial = {"tools": unique(request.GET.getlist("tools"))}
    return _form_page(request, ListForm, initial, write, {})


@forms_only
def list_edit_page(request: HttpRequest, pk: int) -> HttpResponse:
    toollist = toollist_get(pk, actor=request.user)
    CATALOG.require(request.user, "toollist.change", toollist)

    def write(form: ListForm) -> ToolList:
        return toollist_update(
            actor=request.user,
            toollist=toollist,
            fields=form.stated(),
            comment=form.cleaned_data["comment"],
            if_match=form.cleaned_data["base"],
        )

    context = {"toollist": toollist, "tabs": list_tabs(toollist, "edit", may_change=True)}
    return _form_page(request, ListEditForm, _initial(toollist), write, context)


@forms_only
def list_delete_page(request: HttpRequest, pk: int) -> HttpResponse:
    toollist = toollist_get(pk, actor=request.user)
    CATALOG.require(request.user, "toollist.delete", toollist)
    form = ListDeleteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        comment = form.cleaned_data["comment"]
        toollist_delete(actor=request.user, toollist=toollist, comment=comment)
        undo = reverse("catalog:list-restore", args=(pk,))
        done(request, gettext("The list is deleted."), undo=undo)
        return redirect("catalog:list-own")
    context = {"section": "lists", "toollist": toollist, "form": form}
    return render(request, "catalog/list_delete.html", context, status=_status(form))


@require_POST
def list_restore(request: HttpRequest, pk: int) -> HttpResponse:
    toollist_restore(actor=request.user, toollist=toollist_deleted_get(pk))
    done(request, gettext("The list is back."))
    return redirect("catalog:list-detail", pk)


def _form_page(
    request: HttpRequest,
    kind: type[ListForm],
    initial: dict[str, Any],
    write: Write,
    context: dict[str, Any],
) -> HttpResponse:
    act, name = step_of(request.POST)
    if request.method != "POST":
        return _shown(request, kind(initial=initial), context)
    if act != "save":
        typed = as_typed(request.POST)
        typed["tools"] = stepped(typed["tools"], act, name)
        typed["found"] = typed.get("find", "") if act in ("find", "add") else typed.get("found", "")
        return _shown(request, kind(initial=typed), {**context, "act": act, "moved": name})
    return _saved(request, kind(request.POST), write, context)


def _saved(
    request: HttpRequest, form: ListForm, write: Write, context: dict[str, Any]
) -> HttpResponse:
    try:
        if form.is_valid():
            with form.catching():
                toollist = write(form)
                done(request, gettext("The list is saved."))
                return redirect("catalog:list-detail", toollist.pk)
    except EditConflict as conflict:
        typed = as_typed(request.POST)
        typed["base"] = _base(context["toollist"])
        context["conflict"] = conflict_rows(conflict, form)
        return _shown(request, type(form)(initial=typed), context, conflict.status)
    return _shown(request, form, context, 400)


def _shown(
    request: HttpRequest, form: ListForm, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    found = {**context, **form_context(form), "section": "lists"}
    return render(request, "catalog/list_form.html", found, status=status)


def _initial(toollist: ToolList) -> dict[str, Any]:
    return {
        "title": toollist.title,
        "description": toollist.description,
        "icon": toollist.icon,
        "published": toollist.is_published,
        "tools": toollist_shown_names(toollist),
        "base": _base(toollist),
    }


def _base(toollist: ToolList) -> str:
    return f'"r{revision_newest_id(toollist)}"'


def _status(form: ListDeleteForm) -> int:
    return 400 if form.errors else 200
