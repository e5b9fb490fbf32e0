"""The project's shared toolinfo data lies beside the repository, because it is not ours to commit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).parents[4] / "shared"
OPEN = SHARED / "toolinfo" / "open"
needs_shared = pytest.mark.skipif(
    not OPEN.is_dir(),
    reason=f"NOT CHECKED AGAINST REAL FILES: {SHARED} is not there",
)

VALID: dict[str, Any] = {
    "name": "my-tool",
    "title": "My tool",
    "description": "Does one thing.",
    "url": "https://my-tool.toolforge.org/",
}


def body_of(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
