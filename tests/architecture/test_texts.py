"""Every text that a reader sees can be translated: none stands bare in a template or in Python that speaks to people."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import translation

from tests.architecture.project import PACKAGES, ROOT
from tests.architecture.test_templates import TEMPLATES

NAMES = frozenset(
    (
        "API",
        "CC0",
        "JSON",
        "Meta-Wiki",
        "OAuth",
        "OpenAPI",
        "Redoc",
        "Swagger",
        "Toolhub",
        "UI",
        "UTC",
        "toolinfo.json",
    )
)
"""Names and marks that are the same in every language."""

TRANSLATED = re.compile(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
UNSEEN = re.compile(
    r"{%\s*comment.*?{%\s*endcomment\s*%}|{#.*?#}|<!--.*?-->|{%.*?%}|{{.*?}}"
    r"|<(script|style|code|svg)\b.*?</\1>|&[a-z]+;"
    # What says its language is an example in that language.
    r'|<bdi lang="[a-z-]+">[^<]*</bdi>',
    re.DOTALL,
)
ATTRIBUTE = re.compile(r'\b(?:alt|title|aria-label|placeholder|data-label)="([^"]*)"')
WORD = re.compile(r"[^\W\d_]{2,}(?:[-.][^\W\d_]+)*\d?")

SPEAKING = ("label", "help_text", "verbose_name", "title", "text", "empty_label", "message")
"""Arguments whose value people read."""
SAYING = ("done", "warn", "failed", "add_error", "ValidationError")
SPEAKERS = re.compile(r"(?:^|/)(?:views|forms|web|templatetags)(?:/|\.py$|_)")
TALKS_TO_PROGRAMS = re.compile(r"(?:^|/)(?:api|rest|management|feeds|oauth)(?:/|\.|_)|/api")


def bare_words(template: str) -> list[str]:
    seen = UNSEEN.sub(" ", TRANSLATED.sub(" ", template))
    texts = [*ATTRIBUTE.findall(seen), re.sub(r"<[^>]*>", " ", seen)]
    return [word for text in texts for word in WORD.findall(text) if word not in NAMES]


def literals(node: ast.AST) -> Iterator[str]:
    """The bare texts of an expression: a text, an f-string, or either branch of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield from (text for part in node.values for text in literals(part))
    elif isinstance(node, ast.IfExp):
        yield from (*literals(node.body), *literals(node.orelse))


def bare_texts(source: str) -> list[str]:
    found = []
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        told = [one.value for one in call.keywords if one.arg in SPEAKING]
        if name in SAYING:
            told += call.args
        found += [
            text for one in told for text in literals(one) if re.search(r"[A-Z]?\w+ \w+", text)
        ]
    return found


def speakers() -> list[str]:
    paths = (path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    names = (path.relative_to(ROOT).as_posix() for path in paths)
    return sorted(
        name for name in names if SPEAKERS.search(name) and not TALKS_TO_PROGRAMS.search(name)
    )


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_it_has_no_bare_text_in_a_template(name: str) -> None:
    assert bare_words(TEMPLATES[name].read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", speakers())
def test_it_has_no_bare_text_in_python(name: str) -> None:
    assert bare_texts((ROOT / name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("<p>Save it</p>", ["Save", "it"]),
        ('<a title="Open">{% translate "Open" %}</a>', ["Open"]),
        ("<a title=\"{% translate 'Open' %}\">Toolhub</a>", []),
        ("{% blocktranslate %}Save{% endblocktranslate %} {{ name|default:'x y' }}", []),
        ("{% comment %}Context: a{% endcomment %}<code>GET /x</code>", []),
    ],
)
def test_it_notices_bare_text_in_templates(template: str, found: list[str]) -> None:
    assert bare_words(template) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('done(request, "It is saved.")', ["It is saved."]),
        ('done(request, f"Saved {x} of it")', [" of it"]),
        ('done(request, gettext("It is saved."))', []),
        ('CharField(label="Edit summary")', ["Edit summary"]),
        ('CharField(label=_("Edit summary"), max_length=5)', []),
        ('form.add_error("name", "No such tool." if x else _("y"))', ["No such tool."]),
    ],
)
def test_it_notices_bare_text_in_python(source: str, found: list[str]) -> None:
    assert [text for text in bare_texts(source) if text.strip()] == found


def test_it_compiles_translations_without_gettext(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=utf-8", "Language": "fr"}
    catalogue.append(polib.POEntry(msgid="Only in this test", msgstr="Seulement dans ce test"))
    catalogue.save(str(folder / "django.po"))
    monkeypatch.setattr(settings, "LOCALE_PATHS", [tmp_path])
    monkeypatch.setenv("PATH", "")
    call_command("messages")
    assert (folder / "django.mo").is_file()
    from django.utils.translation import trans_real  # noqa: PLC0415

    with monkeypatch.context() as patched:
        patched.setattr(trans_real, "_translations", {})
        with translation.override("fr"):
            assert translation.gettext("Only in this test") == "Seulement dans ce test"
