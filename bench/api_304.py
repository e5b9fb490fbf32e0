"""What a 304 costs beside a view that does nothing, beside the whole body, and how many queries each takes.

    python bench/api_304.py [REQUESTS]

All requests run in this process, through every middleware, on SQLite.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
os.environ.setdefault("VAR", tempfile.mkdtemp(prefix="toolhub-bench-"))

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import path  # noqa: E402

from tests.factories import tool_make  # noqa: E402
from toolhub import urls  # noqa: E402

ROUNDS = 5


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"")


def main() -> None:
    requests = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    call_command("migrate", verbosity=0)
    for number in range(100):
        tool_make(f"tool-{number}")
    urls.urlpatterns[:0] = [path("bare/", bare)]
    client = Client(headers={"accept": "application/json"})
    page = "/api/tools/?page_size=100"
    tag = client.get(page).headers["ETag"]
    kinds: dict[str, tuple[str, dict[str, str]]] = {
        "bare view": ("/bare/", {}),
        "304 by the sequence": (page, {"if-none-match": tag}),
        "100 tools": (page, {}),
    }
    floor = 0.0
    for name, (address, headers) in kinds.items():
        with CaptureQueriesContext(connection) as queries:
            client.get(address, headers=headers)
        count = len(queries)
        # The best round: the others met something else on the machine.
        took = min(_timed(client, address, headers, requests) for _ in range(ROUNDS))
        floor = floor or took
        print(f"  {name:22} {took * 1e6:7.0f} µs  {took / floor:5.2f} x  {count} queries")


def _timed(client: Any, address: str, headers: dict[str, str], requests: int) -> float:
    start = time.perf_counter()
    for _ in range(requests):
        client.get(address, headers=headers)
    return (time.perf_counter() - start) / requests


if __name__ == "__main__":
    main()
