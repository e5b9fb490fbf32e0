"""What the documents say is so: commands exist, settings, API operations and jobs are all there."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.core.management import get_commands
from packaging.version import Version

from tests.architecture.project import ROOT, fenced, text
from toolhub.core.management.commands.docs import API, CONFIGURATION, operation_table, pages

COMMAND_PAGES = ("README.md", "CONTRIBUTING.md")
PAGES = (
    *COMMAND_PAGES,
    "CHANGELOG.md",
    *(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")),
)


def make_targets() -> dict[str, str]:
    """The help line of each target that is meant for people."""
    return dict(
        re.findall(r"^([a-z][a-z-]*):(?!.*:=)[^#\n]*(?:## (.*))?$", text("Makefile"), re.MULTILINE)
    )


@pytest.mark.parametrize("page", [CONFIGURATION, API])
def test_it_documents_every_setting_and_operation(page: str) -> None:
    assert text(page) == pages()[page], "run `make docs`"


def test_it_describes_every_operation() -> None:
    table = operation_table()

    assert "`GET /api/tools/`" in table
    assert "| – |" not in table


def test_it_documents_every_periodic_job() -> None:
    page = text("docs/architecture.md")

    assert [
        job["task"]
        for job in settings.CELERY_BEAT_SCHEDULE.values()
        if f"`{job['task']}`" not in page
    ] == []


def test_it_explains_every_target() -> None:
    assert [name for name, help_line in make_targets().items() if not help_line] == []


@pytest.mark.parametrize("page", COMMAND_PAGES)
def test_it_names_only_commands_that_exist(page: str) -> None:
    written = fenced(page) + "\n".join(re.findall(r"`([^`\n]+)`", text(page)))
    targets = set(re.findall(r"\bmake ([a-z][a-z-]*)", written))
    commands = set(re.findall(r"manage\.py ([a-z_]+)", written))

    assert targets - set(make_targets()) == set()
    assert commands - set(get_commands()) == set()


@pytest.mark.parametrize("page", PAGES)
def test_it_links_only_to_files_that_exist(page: str) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", text(page))

    assert [link for link in links if not (ROOT / page).parent.joinpath(link).exists()] == []


def test_it_opens_the_changelog_with_a_version() -> None:
    headings = re.findall(r"^## (\S+)", text("CHANGELOG.md"), re.MULTILINE)

    assert [str(Version(heading)) for heading in headings] == headings
