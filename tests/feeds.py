"""A real HTTP server on loopback that serves toolinfo files out of a dict, and may be changed while it runs."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from django.test import override_settings


@dataclass
class Feeds:
    """`files` maps a path like "/toolinfo.json" to bytes, or to a status and bytes."""

    address: str = ""
    files: dict[str, bytes | tuple[int, bytes]] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)

    def put(self, path: str, content: Any) -> str:
        """Serves the content (as JSON unless it is bytes) and says its URL."""
        is_raw = isinstance(content, bytes | tuple)
        self.files[path] = content if is_raw else json.dumps(content).encode()
        return f"http://{self.address}{path}"


@contextmanager
def serving() -> Iterator[Feeds]:
    feeds = Feeds()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            feeds.seen.append(self.path)
            found = feeds.files.get(self.path, (404, b"nothing here"))
            status, body = found if isinstance(found, tuple) else (200, found)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: the test asserts what matters."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    feeds.address = f"127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        with override_settings(OUTBOUND_ALLOWED_HOSTS=frozenset({feeds.address})):
            yield feeds
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
