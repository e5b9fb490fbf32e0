"""A file that nobody can keep in mind is split before it is merged. The numbers are in CONTRIBUTING.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture.project import PACKAGES, ROOT, lines

# File: why it may be longer.
LONGER: dict[str, str] = {}
LIMITS = [
    *((package, "*.py", 400) for package in PACKAGES),
    *((package, "*.html", 250) for package in PACKAGES),
    ("bench", "*.py", 400),
    ("tests", "*.py", 600),
]


def is_hand_written(path: Path) -> bool:
    return "migrations" not in path.parts and str(path.relative_to(ROOT)) not in LONGER


@pytest.mark.parametrize(("folder", "pattern", "limit"), LIMITS)
def test_it_keeps_files_small(folder: str, pattern: str, limit: int) -> None:
    files = [path for path in (ROOT / folder).rglob(pattern) if is_hand_written(path)]

    assert {
        str(path.relative_to(ROOT)): count for path in files if (count := lines(path)) > limit
    } == {}


def test_it_lists_no_exception_in_vain() -> None:
    assert [name for name in LONGER if lines(ROOT / name) <= 400] == []
