"""Each import contract fails when it is broken: one line too many in a copy of the packages."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture.project import PACKAGES, ROOT, text

LINT = Path(sys.executable).with_name("lint-imports")
# Contract: the module that breaks it, and with which line.
BREACHES = {
    "apps": ("toolhub/core/clock.py", "import toolhub.catalog.models"),
    "layers": ("toolhub/catalog/selectors/tools.py", "import toolhub.catalog.services.tools"),
    "catalogue": ("crawler/services/urls.py", "import toolhub.catalog.views.tools"),
    "pure": ("crawler/rules/feed.py", "import django.conf"),
    "domain": ("crawler/services/runs.py", "import celery"),
    "outbound": ("crawler/services/crawl.py", "import requests"),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in PACKAGES:
        for module in (ROOT / package).rglob("*.py"):
            target = tmp_path / module.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(module, target)
    return tmp_path


@pytest.fixture
def lint(copy: Path) -> Callable[[str], str]:
    def run(contract: str) -> str:
        command = [str(LINT), "--no-cache", "--no-logo", "--contract", contract]
        done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
        assert "Contracts: " in done.stdout, done.stdout + done.stderr
        return done.stdout

    return run


def test_it_has_a_proof_for_each_contract() -> None:
    contracts = tomllib.loads(text("pyproject.toml"))["tool"]["importlinter"]["contracts"]

    assert {contract["id"] for contract in contracts} == set(BREACHES)


@pytest.mark.parametrize("contract", sorted(BREACHES))
def test_it_notices_a_broken_contract(
    contract: str, copy: Path, lint: Callable[[str], str]
) -> None:
    module, line = BREACHES[contract]
    target = copy / module
    sound = lint(contract)

    target.write_text(f"{target.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")

    assert "Contracts: 1 kept, 0 broken." in sound
    assert "Contracts: 0 kept, 1 broken." in lint(contract)
