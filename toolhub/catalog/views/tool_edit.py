from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from toolhub.catalog.forms.records import NewToolForm, RecordForm
from toolhub.catalog.permissions import CATALOG
from toolhub.catalog.services.stated import core_checked
from toolhub.catalog.services.tools import tool_create
from toolhub.catalog.templatetags.labels import value_label
from toolhub.catalog.views.differences import difference
from toolhub.catalog.views.editing import Editing
from toolhub.catalog.views.halves import COMMUNITY, CORE, Half
from toolhub.catalog.views.login import to_login
from toolhub.catalog.views.record_page import LOGGED_OUT, common_licenses
from toolhub.core.web.notices import done

FORM_METHODS = ("GET", "HEAD", "POST")


@require_http_methods(FORM_METHODS)
def tool_edit_page(request: HttpRequest, name: str) -> HttpResponse:
    return _edit(request, name, CORE)


@require_http_methods(FORM_METHODS)
def tool_annotate_page(request: HttpRequest, name: str) -> HttpResponse:
    return _edit(request, name, COMMUNITY)


def _edit(request: HttpRequest, name: str, half: Half) -> HttpResponse:
    editing = Editing(request, name, half)
    if not request.user.is_authenticated:
        return editing.logged_out() if request.method == "POST" else to_login(request)
    CATALOG.require(request.user, half.act, editing.tool)
    return editing.submitted() if request.method == "POST" else editing.opened()


@require_http_methods(FORM_METHODS)
def tool_add_page(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        if not request.user.is_authenticated:
            return to_login(request)
        return _new(request, NewToolForm(labels=value_label, initial=request.GET.dict()))
    form = NewToolForm(request.POST, labels=value_label)
    if not request.user.is_authenticated:
        form.add_error(None, LOGGED_OUT)
    form.is_valid()
    fields = _filled(form.record())
    with form.catching():
        core_checked(fields)
    if form.is_valid() and "preview" in request.POST:
        return _new(request, form, fields)
    if form.is_valid():
        with form.catching():
            tool = tool_create(
                actor=request.user, fields=fields, comment=form.cleaned_data["comment"]
            )
            done(request, gettext("The tool is added. Say what it is for next."))
            return redirect("catalog:tool-annotate", tool.name)
    return _new(request, form)


def _new(
    request: HttpRequest, form: RecordForm, preview: dict[str, object] | None = None
) -> HttpResponse:
    stated = preview.items() if preview is not None else ()
    context = {
        "section": "add",
        "form": form,
        "changes": [difference(name, None, value, "maintainer") for name, value in stated],
        "is_new": True,
        "is_maintainers": True,
        "licenses": common_licenses(),
    }
    return render(request, "catalog/tool_form.html", context, status=400 if form.errors else 200)


def _filled(record: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in record.items() if value not in ("", [], None, False)}
