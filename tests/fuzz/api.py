"""Throws schemathesis at a running server, anonymous and logged in: python -m tests.fuzz.api [--examples 50].

The server is gunicorn over an SQLite database in a temporary folder, filled with the things of `tests.api.world`.
Exit 0 when no check failed: no 5xx, every answer as the OpenAPI document says.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "unsupported_method",
    "allow_header_conformance",
)
LEFT_OUT = ("/api/schema/", "/api/dumps/{name}")
"""A document of its own, and files: not JSON operations."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=50)
    parser.add_argument("--include", default="", help="a regular expression of paths")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="toolhub-fuzz-") as var:
        os.environ.update(
            VAR=var,
            DJANGO_SECRET_KEY="fuzz",
            DJANGO_SETTINGS_MODULE="tests.fuzz.settings",
            LOGGING_LEVEL="ERROR",
        )
        token = fill()
        with server() as address:
            runs = [
                attack(address, headers, options)
                for headers in ([], [f"Authorization: Token {token}"])
            ]
    return max(runs)


def fill() -> str:
    """Makes the world and says the API token of an administrator."""
    import django

    django.setup()
    from django.core.management import call_command

    from tests.api.world import build, client_for, make, people

    call_command("migrate", verbosity=0)
    users = people()
    build(users["owner"], users["admin"], users["patroller"])
    return str(make(client_for(users["admin"]), "/api/user/authtoken/", {})["token"])


@contextmanager
def server() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "toolhub.wsgi", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen([*command, "--threads", "4", "--no-control-socket"], cwd=ROOT)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/api/user/")
        yield address
    finally:
        process.terminate()
        process.wait(20)


def wait_for(url: str) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not start")


def attack(address: str, headers: list[str], options: argparse.Namespace) -> int:
    command = [
        str(Path(sys.executable).with_name("schemathesis")),
        "run",
        f"{address}/api/schema/?format=json",
        f"--checks={','.join(CHECKS)}",
        f"--max-examples={options.examples}",
        "--phases=examples,coverage,fuzzing",
        "--seed=1",
        "--no-color",
        *(f"--exclude-path={path}" for path in LEFT_OUT),
        *(f"--header={header}" for header in headers),
    ]
    if options.include:
        command.append(f"--include-path-regex={options.include}")
    return subprocess.run(command, cwd=os.environ["VAR"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
