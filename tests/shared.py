"""Where the reference data lies when it is there. The project never needs it; tests that use it skip without it."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(),
    reason="SKIPPED LOUDLY: the reference data ../shared is not on this machine",
)
