from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from toolhub.catalog.templatetags.labels import VALUES
from toolhub.catalog.toolinfo import TOOL_TYPES
from toolhub.core.web.forms import CodexForm, LanguageUrlsField, LinesField, choices_with_none

TEXT_LENGTH = 2_000_000
"""As much as a crawl reads of a file."""


def address_field(**kwargs: Any) -> forms.CharField:
    """The service judges the address; its errors come back to this field."""
    widget = forms.TextInput(attrs={"dir": "ltr", "inputmode": "url"})
    return forms.CharField(widget=widget, **kwargs)


class UrlForm(CodexForm):
    url = address_field(
        label=_("Address of a toolinfo.json"),
        max_length=255,
        help_text=_("It starts with https:// and everybody can open it."),
    )


class ValidatorForm(CodexForm):
    url = address_field(
        label=_("Address"), max_length=2047, required=False, help_text=_("We read it once, now.")
    )
    text = forms.CharField(
        label=_("Or the text itself"),
        required=False,
        max_length=TEXT_LENGTH,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "dir": "ltr", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        known: dict[str, Any] = super().clean() or {}
        if not self.errors and not known.get("url") and not known.get("text", "").strip():
            raise forms.ValidationError(gettext("Give an address, or paste the text of a file."))
        return known


class BuilderForm(CodexForm):
    """The fields people fill in by hand; `crawler.services.builder` makes a file of them."""

    aliases = {"_language": "language"}

    name = forms.CharField(
        label=_("Name"),
        max_length=255,
        help_text=_("Short and lasting, in letters, digits and hyphens: my-first-tool"),
    )
    title = forms.CharField(label=_("Title"), max_length=255, help_text=_("As people know it."))
    description = forms.CharField(
        label=_("Description"),
        max_length=65535,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What it does and for whom, in a few sentences."),
    )
    url = address_field(label=_("Address of the tool"), max_length=2047)
    language = forms.CharField(
        label=_("Language of these texts"),
        max_length=16,
        initial="en",
        help_text=_("A code such as en or pt-br."),
    )
    tool_type = forms.ChoiceField(
        label=_("Tool type"),
        required=False,
        choices=choices_with_none([(one, VALUES["tool_type"][one]) for one in TOOL_TYPES]),  # type: ignore[misc]
    )
    author = LinesField(
        label=_("Authors"), required=False, item_max_length=255, help_text=_("One name a line.")
    )
    keywords = LinesField(
        label=_("Keywords"), required=False, item_max_length=255, help_text=_("One a line.")
    )
    for_wikis = LinesField(
        label=_("Works on"),
        required=False,
        help_text=_("One host a line, such as en.wikipedia.org; * is every wiki."),
    )
    license = forms.CharField(
        label=_("License"),
        required=False,
        max_length=255,
        help_text=_("An SPDX code, such as GPL-3.0-or-later."),
    )
    repository = address_field(label=_("Source code"), required=False, max_length=2047)
    bugtracker_url = address_field(label=_("Bug tracker"), required=False, max_length=2047)
    user_docs_url = LanguageUrlsField(
        label=_("User documentation"),
        required=False,
        help_text=_("One address a line, with its language before it: fr https://example.org/"),
    )
    icon = address_field(
        label=_("Icon"),
        required=False,
        max_length=2047,
        help_text=_("A file page: https://commons.wikimedia.org/wiki/File:…"),
    )
    experimental = forms.BooleanField(label=_("Experimental"), required=False)
    deprecated = forms.BooleanField(label=_("Deprecated"), required=False)
