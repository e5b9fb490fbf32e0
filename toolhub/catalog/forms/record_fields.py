"""The form field of each field of a tool's record. What kind it is says `toolinfo.schema`; here are its help and its control."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from toolhub.catalog.fields import COMMUNITY_FIELDS, attribute
from toolhub.catalog.forms.authors import AuthorsField
from toolhub.catalog.models import Annotations, Tool
from toolhub.catalog.toolinfo import schema
from toolhub.catalog.toolinfo.schema import FIELD_BY_NAME, Kind
from toolhub.core.web.forms import LanguageUrlsField, LinesField

CODES = {
    "tool_type": schema.TOOL_TYPES,
    "audiences": schema.AUDIENCES,
    "content_types": schema.CONTENT_TYPES,
    "tasks": schema.TASKS,
    "subject_domains": schema.SUBJECT_DOMAINS,
}
"""The fields with a choice of values."""

HELP = {
    "name": _("Letters, digits, - and _. It stands in the address of the page and stays for ever."),
    "title": _("As people know it."),
    "subtitle": _("A longer name, or what sets it apart."),
    "description": _("What it does and for whom, in a few sentences."),
    "url": _("Where people open or install it. Start with https://"),
    "_language": _("The code of the language that the texts are in, such as en, fr, ar."),
    "keywords": _("One a line."),
    "tool_type": _("What it is made of."),
    "tasks": _("What people do with it, not what it is made of."),
    "for_wikis": _("One domain a line, such as en.wikipedia.org. Write * for every wiki."),
    "available_ui_languages": _("One language code a line, such as en, fr, ar."),
    "license": _("An SPDX identifier, such as MIT or GPL-3.0-or-later."),
    "technology_used": _("One a line: programming languages, frameworks, services."),
    "icon": _("A file on Wikimedia Commons: https://commons.wikimedia.org/wiki/File:Example.svg"),
    "wikidata_qid": _("The item about this tool, such as Q42."),
    "user_docs_url": _("How to use it. One address a line, each after its language: fr https://…"),
    "feedback_url": _("Where people ask and praise; a talk page is fine. One a line: fr https://…"),
    "privacy_policy_url": _("One address a line, each after its language: fr https://…"),
    "url_alternates": _("The tool itself in other languages, one a line: fr https://…"),
    "bot_username": _("The account that the tool edits with."),
    "repository": _("Where its source code is."),
    "bugtracker_url": _("Where problems are reported."),
    "developer_docs_url": _("How to work on it. One address a line: fr https://…"),
    "api_url": _("Where programs find it."),
    "translate_url": _("Where its interface is translated."),
    "experimental": _("It may change or break."),
    "deprecated": _("Nobody looks after it any more."),
    "replaced_by": _("The address of the tool to use instead."),
    "sponsor": _("One a line."),
    "openhub_id": _("Its name on openhub.net."),
}


class TextField(forms.CharField):
    """Ends of lines as they are stored: browsers send two characters for each."""

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


def _text(max_length: int, **options: Any) -> forms.Field:
    return TextField(max_length=max_length, **options)


def _name(max_length: int, **options: Any) -> forms.Field:
    wrong = {"invalid": _("Write letters, digits, - and _, and nothing else.")}
    return forms.RegexField(
        schema.NAME_PATTERN, max_length=max_length, error_messages=wrong, **options
    )


def _long_text(max_length: int, **options: Any) -> forms.Field:
    return TextField(max_length=max_length, widget=forms.Textarea(attrs={"rows": 5}), **options)


def _address(max_length: int, **options: Any) -> forms.Field:
    """Judged by the service. Addresses run from left to right in every language."""
    widget = forms.TextInput(attrs={"inputmode": "url", "dir": "ltr"})
    return forms.CharField(max_length=max_length, widget=widget, **options)


def _lines(max_length: int, **options: Any) -> forms.Field:
    widget = forms.Textarea(attrs={"rows": 3})
    return LinesField(item_max_length=max_length, widget=widget, **options)


def _links(max_length: int, **options: Any) -> forms.Field:
    return LanguageUrlsField(widget=forms.Textarea(attrs={"rows": 2, "dir": "ltr"}), **options)


def _flag(max_length: int, **options: Any) -> forms.Field:
    return forms.BooleanField(**options)


def _choice(max_length: int, **options: Any) -> forms.Field:
    return forms.ChoiceField(**options)


def _authors(max_length: int, **options: Any) -> forms.Field:
    return AuthorsField(**options)


KINDS: dict[Kind, Callable[..., forms.Field]] = {
    Kind.NAME: _name,
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _long_text,
    Kind.URL: _address,
    Kind.ICON: _address,
    Kind.FLAG: _flag,
    Kind.TOOL_TYPE: _choice,
    Kind.KEYWORDS: _lines,
    Kind.TEXTS: _lines,
    Kind.WIKIS: _lines,
    Kind.LANGUAGES: _lines,
    Kind.LANGUAGE: _text,
    Kind.AUTHORS: _authors,
    Kind.LINKS: _links,
    Kind.LINKS_OR_URL: _links,
}


def record_field(name: str) -> forms.Field:
    """The form field of a toolinfo field or of one that only the community states."""
    options = {"label": _label(name), "help_text": HELP.get(name, ""), "required": False}
    if name in COMMUNITY_FIELDS:
        return _community_field(name, options)
    if name == "license":
        options["widget"] = forms.TextInput(attrs={"list": "licenses", "autocomplete": "off"})
    known = FIELD_BY_NAME[name]
    return KINDS[known.kind](known.max_length, **{**options, "required": known.required})


def _community_field(name: str, options: dict[str, Any]) -> forms.Field:
    if name in CODES:
        return forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, **options)
    return forms.CharField(max_length=32, **options)


def _label(name: str) -> Any:
    model = Annotations if name in COMMUNITY_FIELDS else Tool
    field: Any = model._meta.get_field(attribute(name))
    return field.verbose_name
