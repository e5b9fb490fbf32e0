from __future__ import annotations

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from toolhub.accounts.labels import group_label
from toolhub.accounts.selectors import group_list
from toolhub.core.web.filters import FilterForm
from toolhub.core.web.forms import CodexForm

NAME_LENGTH = 255
URL_LENGTH = 255


class MemberFilterForm(FilterForm):
    """The names are those of the API's query."""

    username__contains = forms.CharField(
        label=_("User name contains"), required=False, max_length=NAME_LENGTH
    )
    groups__id = forms.ChoiceField(label=pgettext_lazy("people", "Group"), required=False)
    ordering = forms.CharField(required=False, widget=forms.HiddenInput)

    def prepare(self) -> None:
        self.groups = list(group_list())
        choices = [(str(group.pk), group_label(group.name)) for group in self.groups]
        field = cast("forms.ChoiceField", self.fields["groups__id"])
        field.choices = [("", _("Everybody")), *choices]

    def group_id(self) -> int | None:
        chosen = self.cleaned_data.get("groups__id")
        return int(chosen) if chosen else None

    def is_narrowing(self) -> bool:
        known = self.cleaned_data
        return bool(known.get("username__contains") or known.get("groups__id"))


class CallbackField(forms.CharField):
    """The service judges the address; its errors come back to this field."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Callback address"),
            max_length=URL_LENGTH,
            widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url"}),
            help_text=_("Where people are sent back to after they allowed or refused it."),
        )


class ApplicationForm(CodexForm):
    name = forms.CharField(
        label=_("Name of the application"),
        max_length=NAME_LENGTH,
        help_text=_("People see it when they are asked to let it act for them."),
    )
    redirect_url = CallbackField()


class ApplicationChangeForm(CodexForm):
    redirect_url = CallbackField()
