from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from toolhub.catalog.search import FACETS
from toolhub.catalog.templatetags import labels
from toolhub.catalog.toolinfo import schema
from toolhub.web.intents import INTENTS
from toolhub.web.templatetags import charts, toolhub

SHEET = Path(settings.BASE_DIR) / "toolhub/web/static/toolhub/toolhub.css"


def templates() -> list[Path]:
    return [
        path for app in ("toolhub", "crawler") for path in (settings.BASE_DIR / app).rglob("*.html")
    ]


def icon_names() -> set[str]:
    asked = {
        name for path in templates() for name in re.findall(r'{% icon "([^"]+)"', path.read_text())
    }
    shown = {
        name
        for path in templates()
        for name in re.findall(r'icon_name="([^"]+)"', path.read_text())
    }
    return (
        asked
        | shown
        | {intent[0] for intent in INTENTS}
        | set(labels.TYPE_ICONS.values())
        | toolhub.FLIPPED
    )


@pytest.mark.parametrize("name", sorted(icon_names()))
def test_it_draws_every_icon_we_name(name: str) -> None:
    drawn = toolhub.icon(name)
    assert "<path" in drawn
    assert "<title" not in drawn


def test_it_mirrors_icons_that_point() -> None:
    assert "icon--flip" in toolhub.icon("flag", "small")
    assert "icon--flip" not in toolhub.icon("search")


@pytest.mark.parametrize(
    ("address", "is_safe"),
    [
        ("https://example.org/a", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        ("//example.org", False),
        ("https://", False),
        ("https://[broken", False),
        ("mailto:a@example.org", False),
        ("", False),
        (None, False),
    ],
)
def test_it_lets_browsers_open_web_addresses_only(address: str | None, is_safe: bool) -> None:
    assert bool(toolhub.web_address(address)) is is_safe


def test_it_shortens_addresses_for_people() -> None:
    assert toolhub.short_address("https://www.example.org/a/") == "example.org/a"


@pytest.mark.parametrize(
    ("code", "printed"), [("ar", "ar"), ("zh-hans", "zh-hans"), ('x" y', ""), (None, "")]
)
def test_it_prints_only_language_codes_in_lang(code: str | None, printed: str) -> None:
    assert toolhub.content_language(code) == printed


def test_it_names_every_facet_and_every_coded_value() -> None:
    assert set(labels.FACETS) == {facet.name for facet in FACETS}
    assert set(labels.VALUES["tool_type"]) == set(schema.TOOL_TYPES)
    assert set(labels.VALUES["audiences"]) == set(schema.AUDIENCES)
    assert set(labels.VALUES["tasks"]) == set(schema.TASKS)
    assert set(labels.VALUES["content_types"]) == set(schema.CONTENT_TYPES)
    assert set(labels.VALUES["subject_domains"]) == set(schema.SUBJECT_DOMAINS)


@pytest.mark.parametrize(
    ("code", "name"), [("fr", "français"), ("no-such", "no-such"), ("zh-cn", "zh-cn")]
)
def test_it_names_languages_in_themselves(code: str, name: str) -> None:
    assert labels.language_name(code) == name


@pytest.mark.parametrize("values", [[], [0], [5], [0, 0], [3, 1, 2]])
def test_it_draws_any_numbers(values: list[int]) -> None:
    assert "NaN" not in charts.line_chart(values, "a <b>")
    assert charts.bar_chart(values, "a <b>").count("<rect") == len(values)
    assert "a &lt;b&gt;" in charts.bar_chart(values, "a <b>")


def test_it_styles_with_tokens_and_logical_properties_only() -> None:
    sheet = re.sub(r"/\*.*?\*/", "", SHEET.read_text(), flags=re.DOTALL)
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", sheet)
    assert not re.findall(
        r"(?:margin|padding|border)-(?:left|right)|\b(?:left|right|float):", sheet
    )
    assert not re.findall(r"url\(|@import", sheet)
