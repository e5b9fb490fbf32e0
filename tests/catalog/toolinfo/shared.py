"""What several tests of the toolinfo parser need."""

from __future__ import annotations

import json
from typing import Any

from tests.shared import SHARED

OPEN = SHARED / "toolinfo" / "open"

VALID: dict[str, Any] = {
    "name": "my-tool",
    "title": "My tool",
    "description": "Does one thing.",
    "url": "https://my-tool.toolforge.org/",
}


def body_of(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
