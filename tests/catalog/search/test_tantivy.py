from __future__ import annotations

from pathlib import Path

import pytest

from tests.catalog.search.contract import EngineContract
from toolhub.catalog.search.port import Engine
from toolhub.catalog.search.tantivy_engine import TantivyEngine


class TestTantivyEngine(EngineContract):
    @pytest.fixture
    def engine(self, tmp_path: Path) -> Engine:
        return TantivyEngine(tmp_path / "search")
