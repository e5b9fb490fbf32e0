"""Help with toolinfo files: a check of one, and a form that writes one. Nothing here changes the catalogue."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from crawler.forms import BuilderForm, ValidatorForm
from crawler.services.builder import toolinfo_build
from crawler.services.preview import Preview, Unread, preview_file, preview_url
from crawler.views.source import marked_lines
from toolhub.core.errors import FieldError, InvalidInput


@require_http_methods(["GET", "POST"])
def validator_page(request: HttpRequest) -> HttpResponse:
    form = ValidatorForm(request.POST or None, initial={"url": request.GET.get("url", "")})
    context: dict[str, Any] = {"section": "add", "form": form}
    if request.method == "POST" and form.is_valid():
        with form.catching():
            found = _read(request, form)
            context["lines"] = marked_lines(found.text, found.verdict.findings)
            context["preview"] = found
    status = 400 if form.errors else 200
    return render(request, "crawler/validator.html", context, status=status)


def _read(request: HttpRequest, form: ValidatorForm) -> Preview:
    """Raises InvalidInput when no file came from the address."""
    address = form.cleaned_data["url"]
    if not address:
        return preview_file(form.cleaned_data["text"].encode())
    if not request.user.is_authenticated:
        # Who is not logged in could make us ask addresses in anybody's name.
        message = gettext("Log in to have an address read, or paste the text of the file.")
        raise InvalidInput(FieldError("url", message, 2000))
    found = preview_url(address)
    if isinstance(found, Unread):
        raise InvalidInput(FieldError("url", found.message, 2012))
    return found


@require_http_methods(["GET", "POST"])
def builder_page(request: HttpRequest) -> HttpResponse:
    form = BuilderForm(request.POST or None)
    built = ""
    if request.method == "POST" and form.is_valid():
        with form.catching():
            built = toolinfo_build(form.cleaned_data)
    if built and "download" in request.POST:
        headers = {"Content-Disposition": 'attachment; filename="toolinfo.json"'}
        return HttpResponse(built, "application/json", headers=headers)
    context = {"section": "add", "form": form, "built": built}
    status = 400 if form.errors else 200
    return render(request, "crawler/builder.html", context, status=status)
