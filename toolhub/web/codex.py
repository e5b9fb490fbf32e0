"""The part of Codex's style sheet that our pages use: half of its weight. Built from the package when it is asked for.

All of it is 17 KB compressed, of which every first visit would pay 8 for components that need Vue. There is no
bundler to do this; the package ships one file a component.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

COMPONENTS = (
    "Button",
    "Checkbox",
    "Field",
    "InfoChip",
    "Label",
    "Message",
    "Radio",
    "SearchInput",
    "Select",
    "TextArea",
    "TextInput",
)
"""In Codex's own order. A test compares this with the classes in our templates."""

SHEETS = {"codex/codex.css": ".css", "codex/codex-rtl.css": "-rtl.css"}
MODULES = settings.NODE_MODULES / "codex" / "dist" / "modules"


class CodexFinder(BaseFinder):
    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=settings.VAR_DIR / "assets")

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = str(self._built(path)) if path in SHEETS and MODULES.is_dir() else None
        if find_all:
            return [found] if found else []
        return found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        for path in SHEETS if MODULES.is_dir() else ():
            self._built(path)
            yield path, self.storage

    def _built(self, path: str) -> Path:
        """Writes the sheet unless it is there as it should be; several processes may do so at once."""
        target = Path(self.storage.path(path))
        parts = [MODULES / f"Cdx{name}{SHEETS[path]}" for name in COMPONENTS]
        sheet = "".join(part.read_text(encoding="utf-8") for part in parts)
        if not target.is_file() or target.read_text(encoding="utf-8") != sheet:
            target.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", dir=target.parent, delete=False
            ) as new:
                new.write(sheet)
            Path(new.name).chmod(0o644)
            Path(new.name).replace(target)
        return target
