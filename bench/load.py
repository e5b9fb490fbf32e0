"""Loads a generated catalogue through the real crawler over loopback HTTP on SQLite, then searches it in process.

python bench/load.py [--tools 5000] [--generator PATH]: prints seconds, tools a second and search times, beside the
same bytes only fetched and parsed (what no crawler can go under) in the same run. The generator is
make_catalogue.py of the reference data; without it the bundled demo records are multiplied.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GENERATOR = ROOT.parent / "shared" / "toolinfo" / "make_catalogue.py"
WORDS = ("wikidata", "image upload", "edi", "citation", "引用", "category commons bot", "")


def generate(folder: Path, tools: int, generator: Path) -> list[Path]:
    files = max(1, tools // 125)
    if generator.is_file():
        command = [
            sys.executable,
            str(generator),
            "--out",
            str(folder),
            "--tools",
            str(tools),
            "--files",
            str(files),
        ]
        subprocess.run([*command, "--invalid-rate", "0", "--broken-files", "0"], check=True)
        return sorted(folder.glob("*.json"), key=lambda path: path.name)
    records = []
    for path in sorted((ROOT / "crawler" / "demo").glob("*.json")):
        content = json.loads(path.read_bytes())
        records += content if isinstance(content, list) else []
    for start in range(0, tools, 125):
        part = [
            {**records[number % len(records)], "name": f"tool-{number}"}
            for number in range(start, min(start + 125, tools))
        ]
        (folder / f"{start:06}.json").write_text(json.dumps(part), encoding="utf-8")
    return sorted(folder.glob("*.json"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tools", type=int, default=5000)
    parser.add_argument("--generator", type=Path, default=GENERATOR)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="toolhub-bench-") as var:
        os.environ.update(
            VAR=var,
            DJANGO_DEBUG="0",
            DJANGO_SECRET_KEY="bench",
            DJANGO_SETTINGS_MODULE="toolhub.settings",
        )
        sys.path.insert(0, str(ROOT))
        import django

        django.setup()
        run(Path(var), options.tools, options.generator)


def run(var: Path, tools: int, generator: Path) -> None:  # noqa: PLR0915 -- one report, read from top to bottom
    from django.core.management import call_command

    from crawler.models import Url
    from tests.feeds import serving
    from toolhub.accounts.services import system_user
    from toolhub.catalog.models import Tool
    from toolhub.catalog.search import SearchQuery, search_sync, tool_search
    from toolhub.catalog.toolinfo import parse_file
    from toolhub.core import http

    call_command("migrate", verbosity=0)
    folder = var / "feeds"
    folder.mkdir()
    paths = [path for path in generate(folder, tools, generator) if "summary" not in path.name]
    with serving() as feeds:
        owner = system_user()
        urls = [feeds.put(f"/{path.name}", path.read_bytes()) for path in paths]
        Url.objects.bulk_create([Url(url=url, created_by=owner) for url in urls])
        floor = timed(lambda: [parse_file(http.get(url).body) for url in urls])
        first = timed(lambda: call_command("crawl", wait=True, quiet=True))
        again = timed(lambda: call_command("crawl", wait=True, quiet=True))
    count = Tool.objects.listed().count()
    index = timed(lambda: search_sync(wait=True))
    print(f"{count} tools in {len(urls)} files, SQLite, {os.cpu_count()} cores")
    print(f"  fetch and parse only   {floor:7.2f} s   1.0 x")
    print(
        f"  first crawl            {first:7.2f} s   {first / floor:.1f} x   {count / first:.0f} tools/s"
    )
    print(f"  second, nothing new    {again:7.2f} s   {again / floor:.1f} x")
    print(f"  search index built     {index:7.2f} s")
    queries = [SearchQuery(text=words, limit=12) for words in WORDS] * 60
    times = [1000 * timed(partial(tool_search, query)) for query in queries]
    cuts = statistics.quantiles(times, n=100)
    print(
        f"  search with facets     p50 {cuts[49]:.2f} ms   p95 {cuts[94]:.2f} ms   ({len(times)} queries)"
    )
    print(
        f"  peak memory            {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"
    )


def timed(act: object) -> float:
    start = time.perf_counter()
    act()  # type: ignore[operator]
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
