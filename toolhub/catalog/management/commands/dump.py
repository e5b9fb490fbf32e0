from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from toolhub.catalog.services.dumps import dump_write


class Command(BaseCommand):
    help = "Writes a dump of all tools (JSON lines and CSV) and removes the oldest ones."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(str(dump_write()))
