"""The form of a list, and the search over lists.

The tools are hidden fields in their order, so that moving, removing and finding one are submits of the same form:
nothing that was typed is lost on the way, and no script is needed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, RegexValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from toolhub.catalog.services.toollist_checks import (
    DESCRIPTION_LENGTH,
    ICON,
    MAX_TOOLS,
    TITLE_LENGTH,
)
from toolhub.core.web.filters import FilterForm
from toolhub.core.web.forms import CodexForm, CommentField

STATED = ("title", "description", "icon", "published", "tools")
STEPS = ("up", "down", "remove", "add")


class NamesField(forms.Field):
    """Names of tools, in order, each in a hidden field of its own."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[str]:
        return [str(name) for name in value or () if name]


class ListForm(CodexForm):
    title = forms.CharField(label=_("Title"), max_length=TITLE_LENGTH)
    description = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=DESCRIPTION_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What the tools have in common, and for whom they are."),
    )
    icon = forms.CharField(
        label=_("Icon"),
        required=False,
        validators=[
            RegexValidator(
                ICON,
                _("Write the page of a file: https://commons.wikimedia.org/wiki/File:Example.svg"),
            )
        ],
        help_text=_("The page of an image on Wikimedia Commons."),
    )
    published = forms.BooleanField(
        label=_("Published"),
        required=False,
        help_text=_("Everybody can see and search it. Otherwise it is only for you."),
    )
    find = forms.CharField(
        label=_("Add a tool"),
        required=False,
        max_length=512,
        widget=forms.TextInput(attrs={"hx-preserve": True}),
        help_text=_("Its name, its address in Toolhub, or words to search for."),
    )
    tools = NamesField(
        required=False,
        validators=[
            MaxLengthValidator(
                MAX_TOOLS,
                ngettext_lazy(
                    "A list holds no more than %(limit_value)d tool.",
                    "A list holds no more than %(limit_value)d tools.",
                    "limit_value",
                ),
            )
        ],
    )
    # The words that were looked for last: with others in the field, saving looks for those first.
    found = forms.CharField(required=False, max_length=512, widget=forms.HiddenInput)
    # The version that is edited, as the service's `if_match` takes it.
    base = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    aliases = {"tools": "find"}

    def clean_description(self) -> str:
        # Browsers send other line ends than are kept; they are no change.
        return str(self.cleaned_data["description"]).replace("\r\n", "\n")

    def clean(self) -> dict[str, Any]:
        for error in self.errors.pop("tools", ()):
            self.add_error("find", error)
        return self.cleaned_data

    def stated(self) -> dict[str, Any]:
        """What the service takes."""
        return {name: self.cleaned_data[name] for name in STATED}


class ListEditForm(ListForm):
    comment = CommentField(required=False)


class ListDeleteForm(CodexForm):
    comment = CommentField(required=False, label=_("Reason"), help_text=_("It stands in the log."))


class ListSearchForm(FilterForm):
    q = forms.CharField(label=_("Search lists"), required=False)


def as_typed(data: QueryDict) -> dict[str, Any]:
    """What stands in the form, for showing it once more without judging it."""
    typed: dict[str, Any] = {name: data.get(name, "") for name in data}
    typed["published"] = "published" in data
    typed["tools"] = unique(data.getlist("tools"))
    return typed


def step_of(data: Mapping[str, Any]) -> tuple[str, str]:
    """What the pressed button asks for, and of which tool. Words to find are not lost by pressing Enter or Save."""
    act, _colon, name = data.get("act", "").partition(":")
    words = data.get("find", "").strip()
    if act in STEPS:
        return act, name
    is_new = words != data.get("found", "") or act != "save"
    return ("find" if act == "find" or (words and is_new) else "save"), ""


def stepped(names: Sequence[str], act: str, name: str) -> list[str]:
    """The names after one of them was moved, removed or added."""
    if act == "add":
        return unique([*names, name])
    if act == "remove" or name not in names:
        return [one for one in names if one != name]
    others = [one for one in names if one != name]
    place = max(names.index(name) + (-1 if act == "up" else 1), 0)
    return [*others[:place], name, *others[place:]]


def unique(names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(name for name in names if name))
