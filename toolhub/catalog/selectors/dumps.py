from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings

from toolhub.core.errors import NotFound

MANIFEST = "manifest.json"
NAME = re.compile(r"\d{4}-\d\d-\d\d-\d{1,18}")


def dump_folders() -> list[Path]:
    """Newest first. One that is being written is not there yet."""
    root = Path(settings.DUMPS_DIR)
    found = (path for path in root.iterdir() if NAME.fullmatch(path.name)) if root.is_dir() else ()
    return sorted(found, key=_age, reverse=True)


def dump_list() -> list[dict[str, Any]]:
    """The manifests, newest first."""
    found = (_manifest(folder) for folder in dump_folders())
    return [manifest for manifest in found if manifest is not None]


def dump_file(dump: str, name: str) -> tuple[Path, dict[str, Any]]:
    """A file of a dump and what its manifest says of it. Raises NotFound."""
    folder = Path(settings.DUMPS_DIR) / dump
    manifest = _manifest(folder) if NAME.fullmatch(dump) else None
    for file in manifest["files"] if manifest else ():
        if file["name"] == name:
            return folder / name, file
    raise NotFound(f"There is no file {name[:64]} in a dump {dump[:64]}. See /api/dumps/.")


def _age(folder: Path) -> tuple[str, int]:
    day, _, seq = folder.name.rpartition("-")
    return day, int(seq)


def _manifest(folder: Path) -> dict[str, Any] | None:
    """None for a dump that was removed meanwhile."""
    try:
        found: dict[str, Any] = orjson.loads((folder / MANIFEST).read_bytes())
    except OSError:
        return None
    return found
