from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.template.loader import render_to_string

from toolhub.core.errors import FieldError, InvalidInput
from toolhub.core.web.forms import CodexForm, CommentField, LanguageUrlsField, LinesField


class ToolForm(CodexForm):
    title = forms.CharField(max_length=20, help_text="As people know it.")
    about = forms.CharField(widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(choices=[("bot", "Bot"), ("gadget", "Gadget")])
    tasks = forms.MultipleChoiceField(
        choices=[("a", "Citing"), ("b", "Editing")],
        widget=forms.CheckboxSelectMultiple,
        help_text="What for?",
        required=False,
    )
    state = forms.ChoiceField(choices=[("x", "New")], widget=forms.RadioSelect, required=False)
    old = forms.BooleanField(label="Deprecated", required=False)
    keywords = LinesField(required=False, item_max_length=10)
    docs = LanguageUrlsField(required=False)
    comment = CommentField(required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    aliases = {"description": "about"}


GOOD = {"title": "Hunt", "kind": "bot"}


def field(form: ToolForm, name: str) -> str:
    return render_to_string("components/field.html", {"field": form[name]})


def summary(form: ToolForm) -> str:
    return render_to_string("components/form_errors.html", {"form": form})


class TestFields:
    @pytest.mark.parametrize(
        ("name", "css"),
        [
            ("title", "cdx-text-input__input"),
            ("about", "cdx-text-area__textarea"),
            ("kind", "cdx-select"),
            ("tasks", "cdx-checkbox__input"),
            ("state", "cdx-radio__input"),
            ("old", "cdx-checkbox__input"),
            ("keywords", "cdx-text-area__textarea"),
        ],
    )
    def test_it_wears_the_classes_of_codex(self, name: str, css: str) -> None:
        assert f'class="{css}"' in field(ToolForm(), name)

    @pytest.mark.parametrize("name", ["title", "about", "kind", "old", "keywords"])
    def test_it_has_a_label_for_its_control(self, name: str) -> None:
        drawn = field(ToolForm(), name)
        assert f'for="id_{name}"' in drawn
        assert f'id="id_{name}"' in drawn

    def test_it_groups_choices_under_a_legend(self) -> None:
        drawn = field(ToolForm({"tasks": ["b"]}), "tasks")
        assert (
            '<fieldset class="cdx-field" id="id_tasks" aria-describedby="id_tasks_helptext">'
            in drawn
        )
        assert drawn.count("<label") == 2
        assert drawn.count("checked") == 1

    def test_it_marks_what_is_optional(self) -> None:
        assert "(optional)" in field(ToolForm(), "about")
        assert "(optional)" not in field(ToolForm(), "title")

    def test_it_ties_help_and_error_to_the_control(self) -> None:
        drawn = field(ToolForm({"title": "x" * 21}), "title")
        assert 'aria-describedby="id_title_helptext id_title_error"' in drawn
        assert 'aria-invalid="true"' in drawn
        assert 'id="id_title_error"' in drawn
        assert "x" * 21 in drawn

    def test_it_draws_a_hidden_field_bare(self) -> None:
        assert "label" not in field(ToolForm(), "secret")

    def test_it_escapes_what_was_typed(self) -> None:
        assert "<script>" not in field(ToolForm({"title": '"><script>'}), "title")


class TestErrors:
    def test_it_sums_up_with_links_to_the_fields(self) -> None:
        drawn = summary(ToolForm({"kind": "fish", "tasks": ["z"]}))
        assert "Fix 3 fields before you save" in drawn
        assert 'role="alert"' in drawn
        for name in ("title", "kind", "tasks"):
            assert f'href="#id_{name}"' in drawn

    def test_it_says_nothing_when_all_is_well(self) -> None:
        assert summary(ToolForm(GOOD)).strip() == ""

    @pytest.mark.parametrize(
        ("named", "tied"),
        [("title", "title"), ("docs.0.url", "docs"), ("docs[2]", "docs"), ("description", "about")],
    )
    def test_it_ties_a_service_error_to_its_field(self, named: str, tied: str) -> None:
        form = ToolForm(GOOD)
        assert form.is_valid()
        with form.catching():
            raise InvalidInput(FieldError(named, "This will not do.", 1))
        assert not form.is_valid()
        assert form.errors == {tied: ["This will not do."]}

    def test_it_puts_the_rest_on_top(self) -> None:
        form = ToolForm(GOOD)
        assert form.is_valid()
        with form.catching():
            raise InvalidInput(FieldError("elsewhere", "No.", 1))
        with form.catching():
            raise InvalidInput(message="Not at all.")
        assert form.non_field_errors() == ["elsewhere: No.", "Not at all."]
        assert "elsewhere: No." in summary(form)


class TestLines:
    def cleaned(self, name: str, text: str) -> Any:
        form = ToolForm({**GOOD, name: text})
        assert form.is_valid(), form.errors
        return form.cleaned_data[name]

    def test_it_reads_a_list(self) -> None:
        assert self.cleaned("keywords", " a b \n\nc\na b\n") == ["a b", "c"]
        assert self.cleaned("keywords", "") == []

    def test_it_shows_a_list(self) -> None:
        assert ">\na\nb</textarea>" in field(ToolForm(initial={"keywords": ["a", "b"]}), "keywords")

    def test_it_refuses_a_long_line_and_keeps_it(self) -> None:
        form = ToolForm({**GOOD, "keywords": "short\n" + "x" * 11})
        assert not form.is_valid()
        assert "10 characters" in str(form.errors["keywords"])
        assert "x" * 11 in field(form, "keywords")

    def test_it_can_be_required(self) -> None:
        with pytest.raises(forms.ValidationError):
            LinesField().clean("\n \n")

    def test_it_reads_addresses_with_languages(self) -> None:
        text = "https://a.example/\nfr https://b.example/\nzh-hans  https://c.example/"
        assert self.cleaned("docs", text) == [
            {"language": "en", "url": "https://a.example/"},
            {"language": "fr", "url": "https://b.example/"},
            {"language": "zh-hans", "url": "https://c.example/"},
        ]

    def test_it_shows_addresses_with_languages(self) -> None:
        stated = [{"language": "fr", "url": "https://b.example/"}]
        assert "fr https://b.example/" in field(ToolForm(initial={"docs": stated}), "docs")

    def test_it_refuses_a_line_of_words(self) -> None:
        assert not ToolForm({**GOOD, "docs": "see the talk page"}).is_valid()
