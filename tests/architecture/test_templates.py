from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

from tests.architecture.project import PACKAGES, ROOT

TEMPLATES = {
    path.relative_to(folder).as_posix(): path
    for package in PACKAGES
    for folder in (ROOT / package).rglob("templates")
    for path in folder.rglob("*.html")
}
PAGES = {
    name: path
    for name, path in TEMPLATES.items()
    if "{% extends" in path.read_text(encoding="utf-8")
}


def test_it_finds_the_templates() -> None:
    assert "base.html" in TEMPLATES
    assert {"web/home.html", "catalog/tool_detail.html"} <= set(PAGES)


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_it_parses(name: str) -> None:
    get_template(name)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_it_has_a_title_of_its_own(name: str) -> None:
    title = re.search(r"{% block title %}(.+?){% endblock", source(PAGES[name]), re.DOTALL)

    assert title
    assert title[1].strip()


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_it_has_no_inline_script_or_style(name: str) -> None:
    """The Content-Security-Policy would refuse it in front of the reader, not in a test."""
    inline = re.compile(
        r"<style|<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=|\shx-on", re.IGNORECASE
    )

    assert inline.findall(source(TEMPLATES[name])) == []


def source(path: Path) -> str:
    return path.read_text(encoding="utf-8")
