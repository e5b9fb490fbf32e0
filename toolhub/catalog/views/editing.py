"""One edit of one half of a tool's record, from the form to the saved revision, over a preview or a conflict."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from toolhub.catalog.forms.records import RecordForm
from toolhub.catalog.models import Revision
from toolhub.catalog.selectors.pages import Document
from toolhub.catalog.selectors.revisions import revisions_of
from toolhub.catalog.selectors.tools import tool_document_tagged, tool_get
from toolhub.catalog.services.conflicts import EditConflict
from toolhub.catalog.templatetags.labels import value_label
from toolhub.catalog.views.conflicts import Collision, collisions, rebased
from toolhub.catalog.views.differences import Difference, difference
from toolhub.catalog.views.halves import Half
from toolhub.catalog.views.history_of import history_of, undo_href
from toolhub.catalog.views.record_page import LOGGED_OUT, record_context
from toolhub.core.errors import Unauthenticated
from toolhub.core.web.notices import done


class Editing:
    """Raises NotFound."""

    def __init__(self, request: HttpRequest, name: str, half: Half) -> None:
        self.request, self.half = request, half
        self.tool = tool_get(name)
        body, self.revision_id = tool_document_tagged(name)
        self.current: Document = orjson.loads(body)
        self.base: Document = self._based_on() or self.current

    def opened(self) -> HttpResponse:
        stated = self.half.stated(self.current)
        return self._show(self._form(initial={**stated, "based_on": self.revision_id}))

    def submitted(self) -> HttpResponse:
        form = self._form(self.request.POST)
        # Asked first, so that what is well so far is checked by the service too, and all errors are told at once.
        form.is_valid()
        edited = self._edited(form)
        self._check(form, edited)
        if "preview" in self.request.POST:
            return self._preview(form, edited)
        if form.is_valid() and edited and not form.cleaned_data["comment"]:
            form.add_error("comment", gettext("Say what you changed and why."))
        if form.is_valid() and not edited:
            done(self.request, gettext("Nothing was changed."))
            return redirect("catalog:tool-detail", self.tool.name)
        return self._save(form, edited) if form.is_valid() else self._show(form, status=400)

    def logged_out(self) -> HttpResponse:
        """What was typed is shown again."""
        form = self._form(self.request.POST)
        form.add_error(None, LOGGED_OUT)
        return self._show(form, status=401)

    def _save(self, form: RecordForm, edited: dict[str, Any]) -> HttpResponse:
        with form.catching():
            try:
                self.half.save(
                    actor=self.request.user,
                    name=self.tool.name,
                    fields=edited,
                    comment=form.cleaned_data["comment"],
                    if_match=f'"r{form.cleaned_data["based_on"] or 0}"',
                )
            except EditConflict:
                return self._conflict(form, edited)
            except Unauthenticated:
                return self.logged_out()
            undo = undo_href(history_of(self.tool), self.request.user)
            done(self.request, gettext("The changes are saved."), undo=undo)
            return redirect("catalog:tool-detail", self.tool.name)
        return self._show(form, status=400)

    def _preview(self, form: RecordForm, edited: dict[str, Any]) -> HttpResponse:
        if not form.is_valid():
            return self._show(form, status=400)
        if self._taken():
            form = self._form(initial=rebased(form, edited, self.half.stated(self.base)))
        stated = self.half.stated(self.current)
        rows = [
            difference(name, stated.get(name), value, self.half.source)
            for name, value in edited.items()
        ]
        return self._show(form, changes=[row for row in rows if row.change])

    def _conflict(self, form: RecordForm, edited: dict[str, Any]) -> HttpResponse:
        """Both versions, over the form as it was typed, which is an edit of the newest version from now on."""
        newest = revisions_of(self.tool).latest("number")
        before, theirs = self.half.stated(self.base), self.half.stated(newest.snapshot)
        initial = rebased(form, edited, theirs) | {"based_on": newest.pk}
        form = self._form(initial=initial)
        return self._show(
            form, status=409, collisions=collisions(edited, before, theirs, self.half.source)
        )

    def _form(self, *args: Any, **options: Any) -> RecordForm:
        without = self.half.closed(self.base)
        return self.half.form(*args, labels=value_label, without=without, **options)

    def _edited(self, form: RecordForm) -> dict[str, Any]:
        edited = form.edited(self.half.stated(self.base))
        return {name: value for name, value in edited.items() if name not in self._taken()}

    def _check(self, form: RecordForm, edited: dict[str, Any]) -> None:
        with form.catching():
            language = edited.get("_language") or self.tool.language
            self.half.check(edited, language=language)

    def _taken(self) -> list[str]:
        """Of these colliding fields the other person's value is to stay."""
        return self.request.POST.getlist("take")

    def _based_on(self) -> Document | None:
        given = self.request.POST.get("based_on", "")
        if not (given.isascii() and given.isdigit() and len(given) < 18):
            return None
        found: Revision | None = revisions_of(self.tool).filter(pk=int(given)).first()
        return None if found is None or found.suppressed else found.snapshot

    def _show(
        self,
        form: RecordForm,
        *,
        status: int = 200,
        changes: list[Difference] | None = None,
        collisions: list[Collision] | None = None,
    ) -> HttpResponse:
        context = {
            **record_context(self.request, self.tool, self.current, self.half),
            "form": form,
            "changes": changes,
            "collisions": collisions,
            "taken": self._taken(),
        }
        return render(self.request, "catalog/tool_form.html", context, status=status)
