"""The bundled demo: toolinfo files on loopback, registered, crawled and annotated as real ones are."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from crawler import demo_feeds
from crawler.models import Url
from crawler.services.urls import url_register, url_remove
from toolhub.accounts.models import User
from toolhub.accounts.services import user_create
from toolhub.catalog.services.annotations import annotations_update
from toolhub.core.errors import InvalidInput, NotFound

MAINTAINER = "Demo maintainer"


class Command(BaseCommand):
    help = "Serves the bundled demo feeds on loopback, or loads them into the catalogue."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        serve = actions.add_parser("serve", help="serve the feeds until stopped")
        load = actions.add_parser(
            "load", help="migrate, then register, crawl and annotate the feeds, once"
        )
        for action in (serve, load):
            action.add_argument("--port", type=int, required=True)

    def handle(self, *args: Any, action: str, port: int, **options: Any) -> None:
        if action == "serve":
            self.serve(port)
        else:
            self.load(port)

    def serve(self, port: int) -> None:
        try:
            server = demo_feeds.feed_server(port)
        except OSError as error:
            raise CommandError(f"Port {port} of the demo feeds: {error.strerror}.") from error
        with server:
            server.serve_forever()

    def load(self, port: int) -> None:
        """Leaves the records alone when these addresses were loaded before, so that people's edits stay.

        Translations and tables come first, in this process: `make run` would wait for two more to start.
        """
        call_command("messages")
        call_command("migrate", verbosity=0)
        addresses = demo_feeds.addresses(port)
        done = settings.VAR_DIR / "demo-loaded"
        if done.exists() and not unregistered(addresses):
            return
        self.stdout.write("Loading the demo catalogue ...")
        register(addresses)
        with demo_feeds.served(port):
            call_command("crawl", "--wait", "--quiet", *(f"--url={one}" for one in addresses))
        annotated = annotate()
        self.stdout.write(f"{len(addresses)} feeds crawled, {annotated} tools annotated.")
        if empty := Url.objects.filter(url__in=addresses, url_tools=None).count():
            self.stderr.write(f"{empty} feeds brought no tool; the next start tries again.")
        else:
            done.touch()


def unregistered(addresses: list[str]) -> list[str]:
    known = set(Url.objects.filter(url__in=addresses).values_list("url", flat=True))
    return [address for address in addresses if address not in known]


def register(addresses: list[str]) -> None:
    """Feeds under a former port are forgotten first; their tools come back with the next crawl.

    Raises CommandError when the settings do not let the addresses be fetched.
    """
    found = User.objects.filter(username=MAINTAINER).first()
    maintainer = found or user_create(username=MAINTAINER)
    for former in Url.objects.filter(created_by=maintainer).exclude(url__in=addresses):
        url_remove(actor=maintainer, url=former)
    for address in unregistered(addresses):
        try:
            url_register(actor=maintainer, url=address)
        except InvalidInput as error:
            message = f"{address}: {error.errors[0].message} Is it in OUTBOUND_ALLOWED_HOSTS?"
            raise CommandError(message) from error


def annotate() -> int:
    """Adds the community's part to the tools that the crawl brought; how many tools got it."""
    maintainer = User.objects.get(username=MAINTAINER)
    annotations = json.loads(demo_feeds.ANNOTATIONS.read_text(encoding="utf-8"))
    annotated = 0
    for name, fields in annotations.items():
        try:
            annotations_update(actor=maintainer, name=name, fields=fields, comment="Demo data")
        except NotFound:
            # Another feed had the name first, or an operator removed the tool.
            continue
        annotated += 1
    return annotated
