"""The forms of a tool's record: what the maintainer states, what the community states, and a new tool."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from toolhub.catalog.fields import ANNOTATION_FIELDS, FORM_GROUPS, TOOLINFO_FIELDS, is_same
from toolhub.catalog.forms.record_fields import CODES, record_field
from toolhub.core.web.forms import CodexForm, CommentField, choices_with_none

Labels = Callable[[str, str], str]
"""The words for a code of a field."""

TITLES = {
    "basic": (_("Basics"), _("What people see first.")),
    "attributes": (_("What it is and does"), _("Helps people find the tool by what they need.")),
    "usage": (_("Using it"), _("Where people learn about it and get help.")),
    "contributing": (_("Contributing"), _("Where people help to make it better.")),
    "more": (_("State and more"), _("Warn people before they rely on it.")),
}


@dataclass(frozen=True, slots=True)
class Group:
    slug: str
    title: Any
    text: Any
    fields: list[forms.BoundField]

    @property
    def errors(self) -> int:
        return sum(bool(field.errors) for field in self.fields)


class RecordForm(CodexForm):
    """`based_on` is the revision that the form was filled from: what is the same there was not edited here."""

    comment = CommentField(required=False)
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(
        self, *args: Any, labels: Labels, without: Collection[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in without:
            self.fields.pop(name, None)
        for name in CODES.keys() & self.fields.keys():
            choices = [(code, labels(code, name)) for code in CODES[name]]
            field = cast("forms.ChoiceField", self.fields[name])
            field.choices = choices_with_none(choices) if name == "tool_type" else choices

    def groups(self) -> Iterator[Group]:
        for slug, names in FORM_GROUPS.items():
            fields = [self[name] for name in names if name in self.fields]
            if fields:
                yield Group(slug, *TITLES[slug], fields)

    def record(self) -> dict[str, Any]:
        """What was stated, without the comment and the like."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("comment", "based_on")
        }

    def edited(self, base: Mapping[str, Any]) -> dict[str, Any]:
        """The fields whose value is another than in the version that the form was filled from."""
        return {
            name: value
            for name, value in self.record().items()
            if not self._is_untouched(name, base.get(name), value)
        }

    def _is_untouched(self, name: str, before: Any, value: Any) -> bool:
        """Stored values may be written otherwise than a form would, so they go the same way before they are compared."""
        field = self.fields[name]
        try:
            read = field.to_python(field.prepare_value(before))
        except ValidationError:
            return False
        return is_same(before, value) or is_same(read, value)


def _form(kind: str, names: Collection[str]) -> type[RecordForm]:
    shown = [name for group in FORM_GROUPS.values() for name in group if name in names]
    fields = {name: record_field(name) for name in shown}
    return cast("type[RecordForm]", type(kind, (RecordForm,), {**fields, "field_order": shown}))


NewToolForm = _form("NewToolForm", TOOLINFO_FIELDS)
ToolForm = _form("ToolForm", [name for name in TOOLINFO_FIELDS if name != "name"])
AnnotationsForm = _form("AnnotationsForm", ANNOTATION_FIELDS)
