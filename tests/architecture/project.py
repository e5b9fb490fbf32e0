"""What the tests of this folder look at: the files of the project, found from here."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("toolhub", "crawler", "deploy")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def fenced(page: str) -> str:
    """The command lines of a page: what stands in its fenced blocks."""
    return "\n".join(re.findall(r"^```\w*\n(.*?)^```", text(page), re.MULTILINE | re.DOTALL))
