"""The bundled demo feeds, as a server on loopback. Without Django, because `make run` asks for its port first.

python -m crawler.demo_feeds VAR    prints the port
"""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

HOST = "127.0.0.1"
DEMO = Path(__file__).resolve().parent / "demo"
ANNOTATIONS = DEMO / "annotations.json"


def feeds() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in DEMO.glob("*.json") if path != ANNOTATIONS}


def addresses(port: int) -> list[str]:
    return [f"http://{HOST}:{port}/{name}" for name in sorted(feeds())]


def port_kept(folder: Path) -> int:
    """The port that this installation used before, or a free one, noted for next time, when that is taken or none.

    Raises OSError when no port is free.
    """
    note = folder / "demo-port"
    kept = int(note.read_text()) if note.exists() else 0
    port = kept if kept and _is_free(kept) else _free_port()
    folder.mkdir(parents=True, exist_ok=True)
    note.write_text(f"{port}\n")
    return port


def feed_server(port: int) -> ThreadingHTTPServer:
    """Raises OSError when the port is taken."""
    files = feeds()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = files.get(self.path.removeprefix("/"))
            if body is None:
                self.send_error(HTTPStatus.NOT_FOUND)
                return
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: the crawl's own log tells it."""

    server = ThreadingHTTPServer((HOST, port), Handler)
    server.daemon_threads = True
    return server


@contextmanager
def served(port: int) -> Iterator[None]:
    """Serves the feeds meanwhile, unless somebody does already."""
    try:
        server = feed_server(port)
    except OSError:
        yield
        return
    with server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As the server will: connections that just ended do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.stdout.write(f"{port_kept(Path(sys.argv[1]))}\n")
