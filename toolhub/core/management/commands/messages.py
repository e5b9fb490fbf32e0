from __future__ import annotations

from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management import CommandParser, call_command
from django.core.management.base import BaseCommand
from django.utils.translation import to_locale

IGNORED = (".venv", "node_modules", "var", "tests", "bench", "helm")


class Command(BaseCommand):
    help = "Compiles the translations of our texts; with --collect it gathers the texts first, which needs GNU gettext."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--collect", action="store_true")

    def handle(self, *, collect: bool = False, **options: Any) -> None:
        if collect:
            self._collect()
        for path in sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po")):
            compiled = path.with_suffix(".mo")
            # In pure Python, so that a machine without gettext shows translations too.
            if not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime:
                polib.pofile(str(path)).save_as_mofile(str(compiled))

    def _collect(self) -> None:
        Path(settings.LOCALE_PATHS[0]).mkdir(exist_ok=True)
        source = settings.LANGUAGE_CODE
        call_command(
            "makemessages",
            locale=[to_locale(code) for code, _ in settings.LANGUAGES if code != source],
            ignore_patterns=list(IGNORED),
            add_location="file",
            no_obsolete=True,
            no_wrap=True,
            verbosity=0,
        )
