from __future__ import annotations

import json
import re
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from toolhub.env import REGISTER, Variable

CONFIGURATION = "docs/configuration.md"
API = "docs/api.md"
CONFIGURATION_HEAD = """\
# Configuration

Every process reads its settings from the environment, in `toolhub/settings.py` alone. A value that cannot be
understood stops the start-up with a sentence that names the variable. A secret may also be read from a file:
`DB_PASSWORD_FILE=/run/secrets/db` stands for `DB_PASSWORD`.

A flag is `1`/`0`, `true`/`false`, `yes`/`no` or `on`/`off`; the words of a list are separated by spaces or commas.
`make run` sets `DJANGO_DEBUG`, `VAR` and `OUTBOUND_ALLOWED_HOSTS`, and leaves the rest to you.

`make docs` writes this page; a test compares it with the settings.

| variable | kind | default | meaning |
|---|---|---|---|
"""
OPERATIONS_HEAD = "| operation | what |\n|---|---|\n"
OPERATIONS = re.compile(
    r"(?<=<!-- operations: `make docs` -->\n).*?(?=<!-- /operations -->)", re.DOTALL
)
METHODS = ("get", "post", "put", "patch", "delete")


class Command(BaseCommand):
    help = "Writes what docs/ says about settings and API operations anew."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, page in pages().items():
            (settings.BASE_DIR / name).write_text(page, encoding="utf-8")


def pages() -> dict[str, str]:
    """The pages as they should be, by path."""
    api = (settings.BASE_DIR / API).read_text(encoding="utf-8")
    return {
        CONFIGURATION: CONFIGURATION_HEAD
        + "".join(setting_row(REGISTER[name]) for name in sorted(REGISTER)),
        API: OPERATIONS.sub(lambda found: operation_table(), api),
    }


def setting_row(variable: Variable) -> str:
    default = default_shown(variable)
    shown = f"`{default}`" if default else "–"
    meaning = variable.help.replace("|", "\\|")
    return f"| `{variable.name}` | {variable.kind} | {shown} | {meaning} |\n"


def default_shown(variable: Variable) -> str:
    """Without the folders of the machine that prints it."""
    default = variable.default
    if variable.name != "VAR":
        default = default.replace(str(settings.VAR_DIR), "$VAR")
    return default.replace(f"{settings.BASE_DIR}/", "")


def operation_table() -> str:
    out = StringIO()
    call_command("spectacular", "--format", "openapi-json", stdout=out)
    paths: dict[str, dict[str, Any]] = json.loads(out.getvalue())["paths"]
    return OPERATIONS_HEAD + "".join(
        f"| `{method.upper()} {path}` | {meaning(item[method])} |\n"
        for path, item in sorted(paths.items())
        for method in METHODS
        if method in item
    )


def meaning(operation: dict[str, Any]) -> str:
    text = operation.get("summary") or operation.get("description") or "–"
    return text.partition("\n\n")[0].replace("\n", " ").replace("|", "\\|")
