"""Nightly dumps of all tools. Lines are the stored documents by name, so a replay of the changes feed gives the same.

Each dump is a folder `<day>-<seq>` of `settings.DUMPS_DIR` with its files and a manifest; it appears whole or not
at all. With several machines the folder has to be one that all of them see.
"""

from __future__ import annotations

import csv
import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings

from toolhub.catalog.fields import ANNOTATION_FIELDS, TOOLINFO_FIELDS
from toolhub.catalog.models import ToolDocument
from toolhub.catalog.selectors.dumps import MANIFEST, dump_folders
from toolhub.catalog.services.documents import date_public
from toolhub.core.changes import newest_seq
from toolhub.core.clock import now
from toolhub.core.db import snapshot

KEPT = 7
BATCH = 1000
FORMULA = ("=", "+", "-", "@", "\t", "\r")
HEAD = (
    *TOOLINFO_FIELDS,
    "origin",
    "created_by",
    "created_date",
    "modified_by",
    "modified_date",
)


def dump_write() -> Path:
    """The folder of a new dump; the same one when nothing changed since that of the same day."""
    root = Path(settings.DUMPS_DIR)
    root.mkdir(parents=True, exist_ok=True)
    at = now()
    with snapshot():
        seq = newest_seq()
        folder = root / f"{at:%Y-%m-%d}-{seq}"
        if folder.exists():
            return folder
        # In the same file system, so that renaming it is one step; the leading dot hides it until then.
        part = Path(tempfile.mkdtemp(prefix=".part-", dir=root))
        try:
            tools = _write_tools(part)
            manifest = {"id": folder.name, "seq": seq, "at": date_public(at), "tools": tools}
            manifest["files"] = [_described(path) for path in sorted(part.iterdir())]
            (part / MANIFEST).write_bytes(orjson.dumps(manifest))
            part.chmod(0o755)
            part.rename(folder)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    for old in (*dump_folders()[KEPT:], *_abandoned(root)):
        shutil.rmtree(old, ignore_errors=True)
    return folder


def _abandoned(root: Path) -> list[Path]:
    """What writers that were killed left behind."""
    yesterday = now().timestamp() - 86400
    return [path for path in root.glob(".part-*") if path.stat().st_mtime < yesterday]


def _write_tools(folder: Path) -> int:
    count = 0
    with (
        (folder / "tools.jsonl").open("wb") as lines,
        (folder / "tools.csv").open("w", encoding="utf-8", newline="") as table,
    ):
        rows = csv.writer(table)
        rows.writerow([*HEAD, *(f"annotations.{name}" for name in ANNOTATION_FIELDS)])
        for count, body in enumerate(_bodies(), start=1):  # noqa: B007 -- the last one is the number of all
            lines.write(body.encode() + b"\n")
            rows.writerow(_row(orjson.loads(body)))
    return count


def _bodies() -> Iterator[str]:
    after = ""
    while True:
        documents = ToolDocument.objects.filter(name__gt=after).order_by("name")
        rows = list(documents.values_list("name", "body")[:BATCH])
        yield from (body for _, body in rows)
        if len(rows) < BATCH:
            return
        after = rows[-1][0]


def _row(document: dict[str, Any]) -> list[str]:
    stated = [document[name] for name in HEAD]
    return [
        _cell(value)
        for value in (*stated, *(document["annotations"][name] for name in ANNOTATION_FIELDS))
    ]


def _cell(value: Any) -> str:
    """Text as it is, anything else as JSON, null empty; no spreadsheet may take it for a formula."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else orjson.dumps(value).decode()
    return f"'{text}" if text.startswith(FORMULA) else text


def _described(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"name": path.name, "size_bytes": path.stat().st_size, "sha256": digest}
