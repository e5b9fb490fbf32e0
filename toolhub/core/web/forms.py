"""Forms in Codex's classes, and the way from a service's errors to the fields they are about.

    class ListForm(CodexForm):
        title = forms.CharField(max_length=255)
        keywords = LinesField(required=False, help_text=_("One a line."))

The page: `form_errors.html` first, then `field.html` for each field, then `form_actions.html`, all in `components/`.
The view:

    form = ListForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            made = toollist_create(actor=request.user, **form.cleaned_data)
            done(request, gettext("The list is saved."))
            return redirect("catalog:list-detail", made.pk)
    return render(request, "catalog/list_form.html", {"form": form}, status=400 if form.errors else 200)

What was typed stays in the form either way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from toolhub.core.errors import InvalidInput

SHAPES: tuple[tuple[type[forms.Widget], str, str], ...] = (
    # The more special widget first: a CheckboxSelectMultiple is a RadioSelect too.
    (forms.CheckboxSelectMultiple, "checkboxes", "cdx-checkbox__input"),
    (forms.RadioSelect, "radios", "cdx-radio__input"),
    (forms.CheckboxInput, "checkbox", "cdx-checkbox__input"),
    (forms.Select, "select", "cdx-select"),
    (forms.Textarea, "textarea", "cdx-text-area__textarea"),
    (forms.Widget, "text", "cdx-text-input__input"),
)
"""Which widget is drawn how (`components/field.html` asks), and the class that Codex gives its input."""


class CodexForm(forms.Form):
    """Texts are kept as they were typed; which fields are bare of an "optional" mark says `required`."""

    use_required_attribute = False
    """The browser's own bubbles are neither translated by us nor read aloud well; the summary on top is."""

    aliases: ClassVar[Mapping[str, str]] = {}
    """A field as the service names it: as this form names it, where they differ."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            shape, css = next((s, css) for kind, s, css in SHAPES if isinstance(field.widget, kind))
            field.widget.shape = shape
            field.widget.attrs["class"] = css
            if shape in ("text", "textarea"):
                field.widget.attrs.setdefault("dir", "auto")

    def catching(self) -> Catching:
        """A service's InvalidInput inside becomes errors of the fields; `is_valid()` is false after it."""
        return Catching(self)

    def errors_in_order(self) -> list[forms.BoundField]:
        """The fields with errors, as they stand on the page; for the summary."""
        return [field for field in self.visible_fields() if field.errors]


class Catching:
    """A class, not a generator, so that type checkers know that it may swallow what is raised inside."""

    def __init__(self, form: CodexForm) -> None:
        self.form = form

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: object
    ) -> bool:
        if not isinstance(error, InvalidInput):
            return False
        add_errors(self.form, error, self.form.aliases)
        return True


def add_errors(
    form: forms.Form, error: InvalidInput, aliases: Mapping[str, str] | None = None
) -> None:
    """Ties what a service refused to the fields it is about; the rest goes on top of the form."""
    if not error.errors:
        form.add_error(None, error.message)
    for one in error.errors:
        # Services name parts of a value too: author.0.name, url_alternates[1].
        head = re.split(r"[.\[/]", one.field.lstrip("/"), maxsplit=1)[0]
        name = (aliases or {}).get(head, head)
        if name in form.fields:
            form.add_error(name, one.message)
        else:
            form.add_error(None, f"{head}: {one.message}" if head else one.message)


class LinesField(forms.CharField):
    """A list of texts, typed one a line. Cleaned: what stands on the lines, without empty and repeated ones."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, *, item_max_length: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.item_max_length = item_max_length

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(self.item_text, value)) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        lines = value if isinstance(value, list | tuple) else str(value or "").splitlines()
        found = [self.item(line) for line in map(str.strip, map(str, lines)) if line]
        return [one for index, one in enumerate(found) if one not in found[:index]]

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        for one in value:
            super().run_validators(one)
            self._check_length(self.item_text(one))

    def item(self, line: str) -> Any:
        """One line as the service takes it. Raises ValidationError."""
        return line

    def item_text(self, item: Any) -> str:
        """The line that `item` reads back."""
        return str(item)

    def _check_length(self, text: str) -> None:
        if self.item_max_length and len(text) > self.item_max_length:
            message = gettext("Write no more than %(most)d characters in a line: “%(text)s…”")
            raise ValidationError(message % {"most": self.item_max_length, "text": text[:40]})


class LanguageUrlsField(LinesField):
    """Addresses with the language of what is there, one a line: `fr https://example.org/fr`; without one it is English.

    Cleaned: [{"language": "fr", "url": "https://example.org/fr"}], as toolinfo has it.
    """

    LINE = re.compile(r"(?:(?P<language>[A-Za-z][A-Za-z0-9-]{1,15})\s+)?(?P<url>\S+)\s*")

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return [one if isinstance(one, dict) else self.item(str(one)) for one in value]
        return super().to_python(value)

    def item(self, line: str) -> dict[str, str]:
        found = self.LINE.fullmatch(line)
        if found is None:
            message = gettext("Write a language code and an address: fr https://example.org/")
            raise ValidationError(message)
        return {"language": (found["language"] or "en").lower(), "url": found["url"]}

    def item_text(self, item: Any) -> str:
        return f"{item['language']} {item['url']}" if isinstance(item, dict) else str(item)

    def run_validators(self, value: Any) -> None:
        """Addresses are judged by the service, which knows the rules of toolinfo."""


def choices_with_none(choices: Sequence[tuple[str, str]]) -> list[tuple[str, Any]]:
    """The choices of a select that may stay empty."""
    return [("", _("Not stated")), *choices]


class CommentField(forms.CharField):
    """Why somebody changes something; it stands in the history."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Edit summary"))
        kwargs.setdefault("max_length", 255)
        kwargs.setdefault("help_text", _("Say what you changed and why. It stands in the history."))
        super().__init__(**kwargs)
