from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

from django.conf import settings

from toolhub.web.codex import COMPONENTS

CLASS = re.compile(r"\bcdx-[a-z]+(?:-[a-z]+)*")


def test_it_ships_the_codex_components_that_our_pages_use_and_no_other() -> None:
    root = Path(settings.BASE_DIR)
    files = chain.from_iterable(
        (root / folder).rglob(kind)
        for folder in ("toolhub", "crawler")
        for kind in ("*.html", "*.py")
    )
    used = {name for path in files for name in CLASS.findall(path.read_text(encoding="utf-8"))}
    shipped = {"cdx-" + re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower() for name in COMPONENTS}
    assert used == shipped
