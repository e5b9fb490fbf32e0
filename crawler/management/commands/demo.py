"""The bundled demo: a loopback server of toolinfo files, registered, crawled and annotated as real ones are."""

from __future__ import annotations

import json
import socket
import threading
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from crawler.models import Url
from crawler.services.urls import url_register, url_remove
from toolhub.accounts.models import User
from toolhub.accounts.services import user_create
from toolhub.catalog.services.annotations import annotations_update
from toolhub.core.errors import NotFound

DEMO = Path(__file__).resolve().parents[2] / "demo"
ANNOTATIONS = DEMO / "annotations.json"
HOST = "127.0.0.1"
MAINTAINER = "Demo maintainer"


class Command(BaseCommand):
    help = "Serves the bundled demo feeds on loopback, or loads them into the catalogue."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("port", help="print the port of the demo feeds, chosen free at first")
        serve = actions.add_parser("serve", help="serve the feeds until stopped")
        load = actions.add_parser("load", help="register, crawl and annotate the feeds, once")
        for parser_with_port in (serve, load):
            parser_with_port.add_argument("--port", type=int, required=True)

    def handle(self, *args: Any, action: str, port: int = 0, **options: Any) -> None:
        if action == "port":
            self.stdout.write(str(port_kept(settings.VAR_DIR / "demo-port")))
        elif action == "serve":
            self.serve(port)
        else:
            self.load(port)

    def serve(self, port: int) -> None:
        try:
            server = feed_server(port)
        except OSError as error:
            raise CommandError(f"Port {port} of the demo feeds: {error.strerror}.") from error
        with server:
            server.serve_forever()

    def load(self, port: int) -> None:
        """Does nothing when a load was finished for these addresses, so that a person's edits stay."""
        addresses = [f"http://{HOST}:{port}/{name}" for name in sorted(feeds())]
        done = settings.VAR_DIR / "demo-loaded"
        known = set(Url.objects.filter(url__in=addresses).values_list("url", flat=True))
        if done.exists() and known == set(addresses):
            return
        self.stdout.write("Loading the demo catalogue ...")
        register(addresses)
        with served(port):
            call_command("crawl", "--wait", "--quiet", *(f"--url={one}" for one in addresses))
        annotated = annotate()
        done.touch()
        self.stdout.write(f"{len(addresses)} feeds crawled, {annotated} tools annotated.")


def port_kept(path: Path) -> int:
    """The port this installation used before, or a free one, which is kept, when there is none or it is taken."""
    kept = int(path.read_text()) if path.exists() else 0
    for port in (kept, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            path.write_text(str(probe.getsockname()[1]))
            return int(probe.getsockname()[1])
    raise CommandError("No free port was found for the demo feeds.")


def feeds() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in DEMO.glob("*.json") if path != ANNOTATIONS}


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


def register(addresses: list[str]) -> None:
    """Registers what is not yet; the same feeds under a former port are forgotten, their tools come back with the crawl."""
    maintainer = User.objects.filter(username=MAINTAINER).first() or user_create(
        username=MAINTAINER
    )
    for former in Url.objects.filter(created_by=maintainer).exclude(url__in=addresses):
        url_remove(actor=maintainer, url=former)
    known = set(Url.objects.filter(url__in=addresses).values_list("url", flat=True))
    for address in addresses:
        if address not in known:
            url_register(actor=maintainer, url=address)


def annotate() -> int:
    """Adds the community's part to the tools that the crawl brought; how many tools got it."""
    maintainer = User.objects.get(username=MAINTAINER)
    annotations = json.loads(ANNOTATIONS.read_text(encoding="utf-8"))
    annotated = 0
    for name, fields in annotations.items():
        try:
            annotations_update(actor=maintainer, name=name, fields=fields, comment="Demo data")
        except NotFound:
            # Another feed took the name first, or an operator removed the tool.
            continue
        annotated += 1
    return annotated
