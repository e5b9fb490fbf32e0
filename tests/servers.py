"""Runs a command beside a MariaDB and a Redis of its own, on free ports, and stops them whatever happens.

    python tests/servers.py -- pytest tests
    python tests/servers.py --install

Missing Debian packages are installed when this runs as root; otherwise it says which, and exits with 2.
Only the standard library is used, so that it runs before anything is installed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

HOST = "127.0.0.1"
DATABASE = USER = PASSWORD = "toolhub"
READY_SECONDS = 60
STOP_SECONDS = 20
# Debian keeps servers where only root looks for programs.
PATH = os.pathsep.join([os.environ.get("PATH", ""), "/usr/local/sbin", "/usr/sbin", "/sbin"])
FONTS = Path("/usr/share/fonts")
MYSQLD_OPTIONS = (
    "--no-defaults",
    f"--bind-address={HOST}",
    "--skip-name-resolve",
    "--character-set-server=utf8mb4",
    "--collation-server=utf8mb4_unicode_ci",
    # Nobody needs these data after a crash: all that follows trades durability for speed.
    "--innodb-flush-log-at-trx-commit=2",
    "--innodb-doublewrite=0",
    "--innodb-log-file-size=16M",
    "--innodb-buffer-pool-size=256M",
)


@dataclass(frozen=True)
class Part:
    """A Debian package, and how to see without dpkg whether what it brings is there."""

    package: str
    program: str = ""
    file: Path | None = None
    fonts: tuple[str, ...] = ()

    def is_there(self) -> bool:
        if self.program:
            return shutil.which(self.program, path=PATH) is not None
        if self.file is not None:
            return self.file.exists()
        return any(path for pattern in self.fonts for path in FONTS.rglob(pattern))


PARTS = (
    Part("mariadb-server", program="mariadbd"),
    Part("mariadb-client", program="mariadb-admin"),
    Part("redis-server", program="redis-server"),
    # mysqlclient has no wheel.
    Part("libmariadb-dev", program="mariadb_config"),
    Part("pkg-config", program="pkg-config"),
    Part("build-essential", program="gcc"),
    Part("python3-dev", file=Path(sysconfig.get_path("include")) / "Python.h"),
    Part("chromium", program="chromium"),
    # Arabic and Hebrew; Chinese, Japanese and Korean.
    Part("fonts-dejavu-core", fonts=("DejaVuSans.ttf",)),
    Part("fonts-droid-fallback", fonts=("DroidSansFallback*", "*CJK*")),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--install", action="store_true", help="install what is missing, start nothing"
    )
    parser.add_argument("command", nargs=argparse.REMAINDER, help="-- and the command to run")
    options = parser.parse_args()
    command = options.command[1:] if options.command[:1] == ["--"] else options.command
    if not (command or options.install):
        parser.error("a command is needed after --")
    # Anything that would end this program unwinds it instead, so that the servers are stopped.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, frame: sys.exit(128 + number))
    install()
    if not command:
        return 0
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="toolhub-servers-")))
        folder.chmod(0o755)
        started = time.monotonic()
        environment = (
            os.environ | stack.enter_context(mariadb(folder)) | stack.enter_context(redis(folder))
        )
        say(f"MariaDB and Redis are up after {time.monotonic() - started:.1f} s.")
        status = run(command, environment)
    # A command ended by a signal has a negative status, which shells tell as 128 and the signal.
    return status if status >= 0 else 128 - status


def say(message: str) -> None:
    sys.stderr.write(f"servers: {message}\n")


def give_up(message: str) -> NoReturn:
    """Ends this program with 2, so that it is not taken for a failed test."""
    say(message)
    sys.exit(2)


def install() -> None:
    missing = [part.package for part in PARTS if not part.is_there()]
    if not missing:
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        give_up(
            f"missing: {', '.join(missing)}. On Debian, as root: apt-get install {' '.join(missing)}"
        )
    say(f"installing {', '.join(missing)}")
    apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    with tempfile.TemporaryFile() as log:
        for step in (["update"], ["install", "--yes", "--no-install-recommends", *missing]):
            if subprocess.run(
                [*apt, *step], env=quiet, stdout=log, stderr=log, check=False
            ).returncode:
                log.seek(0)
                give_up(log.read().decode(errors="replace")[-4000:])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def server(command: list[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The server in a session of its own: Ctrl-C reaches the tests first, and the server is stopped after them."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(process: subprocess.Popen[bytes], probe: list[str], log: Path) -> None:
    """Until the probe succeeds. Gives up with the end of the log when it never does."""
    deadline = time.monotonic() + READY_SECONDS
    while subprocess.run(probe, capture_output=True, check=False).returncode:
        if process.poll() is not None or time.monotonic() > deadline:
            give_up(f"{process.args!r} did not start:\n{log.read_text(errors='replace')[-4000:]}")
        time.sleep(0.05)


@contextmanager
def mariadb(folder: Path) -> Iterator[dict[str, str]]:
    """An empty database server; yields the variables that lead Toolhub to it."""
    data, log, port = folder / "mariadb", folder / "mariadb.log", free_port()
    data.mkdir()
    # The server refuses to run as root.
    user = ["--user=mysql"] if os.geteuid() == 0 else []
    if user:
        shutil.chown(data, "mysql", "mysql")
    init = [program("mariadb-install-db"), "--no-defaults", *user, f"--datadir={data}"]
    init += ["--auth-root-authentication-method=normal", "--skip-test-db"]
    made = subprocess.run(init, capture_output=True, text=True, check=False)
    if made.returncode:
        give_up(made.stdout + made.stderr)
    sock = data / "s.sock"
    start = [program("mariadbd"), *MYSQLD_OPTIONS, *user, f"--datadir={data}", f"--port={port}"]
    start += [f"--socket={sock}", f"--pid-file={data / 'pid'}"]
    client = ["--no-defaults", "--user=root", f"--socket={sock}"]
    with server(start, log) as process:
        wait_for(process, [program("mariadb-admin"), *client, "ping"], log)
        sql = (
            f"CREATE DATABASE {DATABASE} CHARACTER SET utf8mb4;"
            f"CREATE USER '{USER}'@'%' IDENTIFIED BY '{PASSWORD}'; GRANT ALL ON *.* TO '{USER}'@'%';"
        )
        subprocess.run([program("mariadb"), *client, "--execute", sql], check=True)
        yield {
            "DB_ENGINE": "django.db.backends.mysql",
            "DB_NAME": DATABASE,
            "DB_USER": USER,
            "DB_PASSWORD": PASSWORD,
            "DB_HOST": HOST,
            "DB_PORT": str(port),
        }


@contextmanager
def redis(folder: Path) -> Iterator[dict[str, str]]:
    """An empty Redis that writes nothing to disk; yields the variable that leads Toolhub to it."""
    log, port = folder / "redis.log", free_port()
    start = [program("redis-server"), "--port", str(port), "--bind", HOST, "--dir", str(folder)]
    start += ["--save", "", "--appendonly", "no"]
    with server(start, log) as process:
        wait_for(process, [program("redis-cli"), "-h", HOST, "-p", str(port), "ping"], log)
        yield {"REDIS_URL": f"redis://{HOST}:{port}/0"}


def program(name: str) -> str:
    found = shutil.which(name, path=PATH)
    if found is None:
        give_up(f"{name} is not installed")
    return found


def run(command: list[str], environment: dict[str, str]) -> int:
    process = subprocess.Popen(command, env=environment)
    try:
        return process.wait()
    except KeyboardInterrupt:
        # The terminal has sent it to the command too, which may still have something to say.
        return process.wait(STOP_SECONDS)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(STOP_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
