from __future__ import annotations

import hashlib
from functools import cache

from django.conf import settings

PACKAGES = ("toolhub", "crawler", "deploy")


@cache
def code_version() -> str:
    """A short name of the code that runs: the same on every replica of one release, another after an upgrade."""
    found = hashlib.blake2b(digest_size=4)
    files = [file for package in PACKAGES for file in (settings.BASE_DIR / package).rglob("*.py")]
    for file in (settings.BASE_DIR / "requirements.txt", *sorted(files)):
        found.update(file.read_bytes() if file.is_file() else b"")
    return found.hexdigest()
