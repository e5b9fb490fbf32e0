"""Search beside a plain scan of the same tools: how long each kind of query takes, and how many times less than the scan.

    python bench/search.py [NUMBER OF TOOLS] [QUERIES OF EACH KIND]

No query is answered from memory but `empty, again`. Each one counts all facets. Times are of the processor, as an
engine in the process uses no other; they bear a busy machine.
"""

from __future__ import annotations

import itertools
import os
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from toolhub.catalog.search.facets import FACETS  # noqa: E402
from toolhub.catalog.search.port import SearchQuery  # noqa: E402
from toolhub.catalog.search.tantivy_engine import TantivyEngine  # noqa: E402
from toolhub.catalog.search.tokens import tokens  # noqa: E402

Tool = dict[str, Any]

COMMIT = 5000
numbers = itertools.count()
KINDS = ("one word", "two words", "prefix", "CJK", "filtered", "single facet", "empty, filtered")


class Zipf:
    """Picks from a list, the first entry most often."""

    def __init__(self, values: list[str], choose: random.Random) -> None:
        self.values, self.choose = values, choose
        self.weights = list(itertools.accumulate(1 / rank for rank in range(1, len(values) + 1)))

    def some(self, count: int) -> list[str]:
        return list(
            dict.fromkeys(self.choose.choices(self.values, cum_weights=self.weights, k=count))
        )

    def text(self, count: int) -> str:
        return " ".join(self.choose.choices(self.values, cum_weights=self.weights, k=count))


class Catalogue:
    def __init__(self, count: int, seed: int = 1) -> None:
        self.count = count
        self.choose = choose = random.Random(seed)
        syllables = "ka ri to mo ne lu sa vi do pe zu ha li be no ta mi ru go fe".split()  # noqa: SIM905
        latin = ["".join(choose.choices(syllables, k=choose.randint(1, 4))) for _ in range(20_000)]
        self.han = [
            "".join(chr(choose.randint(0x4E00, 0x4F00)) for _ in range(choose.randint(2, 6)))
            for _ in range(2000)
        ]
        self.latin, self.cjk = Zipf(latin, choose), Zipf(self.han, choose)
        self.keywords = Zipf([f"keyword {number}" for number in range(2000)], choose)
        self.authors = Zipf([f"Author {number}" for number in range(max(count // 4, 10))], choose)
        self.wikis = Zipf([f"w{number}.wikipedia.org" for number in range(300)], choose)
        self.languages = Zipf([f"l{number}" for number in range(200)], choose)
        self.licenses = Zipf([f"License {number}" for number in range(60)], choose)
        self.types = Zipf(["web app", "bot", "gadget", "user script", "other"], choose)
        self.terms = Zipf([f"term_{number}" for number in range(25)], choose)

    def __iter__(self) -> Iterator[Tool]:
        return (self._tool(number) for number in range(self.count))

    def _tool(self, number: int) -> Tool:
        choose, words = self.choose, self.cjk if number % 10 == 0 else self.latin
        stamp = f"20{number % 20 + 5:02d}-0{number % 9 + 1}-01T00:00:{number % 60:02d}Z"
        return {
            "name": f"tool-{number}-{choose.randrange(10**6)}",
            "title": words.text(choose.randint(1, 4)),
            "description": words.text(choose.randint(5, 60)),
            "url": f"https://tool-{number}.example.org/",
            "keywords": self.keywords.some(choose.choice([0, 0, 1, 3, 5])),
            "author": [{"name": name} for name in self.authors.some(choose.choice([1, 1, 1, 2]))],
            "license": choose.choice([None, *self.licenses.some(1)]),
            "tool_type": choose.choice([None, *self.types.some(1)]),
            "for_wikis": self.wikis.some(choose.choice([0, 0, 1, 3])),
            "available_ui_languages": self.languages.some(choose.choice([0, 0, 1, 5])),
            "origin": choose.choice(["crawler", "crawler", "api"]),
            "created_date": stamp,
            "modified_date": stamp,
            "annotations": {
                field: self.terms.some(choose.choice([0, 1, 2]))
                for field in ("audiences", "content_types", "tasks", "subject_domains")
            },
        }

    def query(self, kind: str) -> SearchQuery:
        word, other = self.latin.text(1), self.latin.text(1)
        license_, keyword = self.licenses.text(1), self.keywords.text(1)
        queries: dict[str, SearchQuery] = {
            "one word": SearchQuery(text=f'"{word}"'),
            "two words": SearchQuery(text=f"{word} {other}"),
            "prefix": SearchQuery(text=word[: self.choose.randint(2, 4)]),
            "CJK": SearchQuery(text=self.choose.choice(self.han)[:2]),
            "filtered": SearchQuery(
                text=word, include={"keywords": (keyword,), "wiki": (self.wikis.text(1),)}
            ),
            "single facet": SearchQuery(
                text=word, include={"license": (license_,), "tool_type": ("bot",)}
            ),
            "empty, filtered": SearchQuery(
                include={"license": (license_,)}, exclude={"keywords": (keyword,)}
            ),
        }
        return queries[kind]


class Scan:
    """The reference: every tool looked at, facets counted one by one. No ranking."""

    def __init__(self, documents: list[Tool]) -> None:
        self.rows = [
            (
                document["name"],
                " ".join(["", *tokens(f"{document['title']} {document['description']}")]),
                {spec.name: set(spec.values(document)) for spec in FACETS},
            )
            for document in documents
        ]

    def query(self, query: SearchQuery) -> object:
        starts = [f" {word}" for word in tokens(query.text)]
        hits = [
            (name, facets)
            for name, text, facets in self.rows
            if all(start in text for start in starts)
            and all(facets[facet].issuperset(values) for facet, values in query.include.items())
            and not any(
                facets[facet].intersection(values) for facet, values in query.exclude.items()
            )
        ]
        counts = [
            Counter(value for _, facets in hits for value in facets[spec.name]) for spec in FACETS
        ]
        return sorted(name for name, _ in hits)[:10], [count.most_common(10) for count in counts]


def cpu_ms(ask: Callable[[SearchQuery], object], queries: list[SearchQuery]) -> list[float]:
    times = []
    for query in queries:
        start = time.thread_time()
        ask(query)
        times.append((time.thread_time() - start) * 1000)
    return sorted(times)


def never_asked(query: SearchQuery) -> SearchQuery:
    """The same hits by a query that cannot be answered from memory."""
    return replace(query, exclude={**query.exclude, "tasks": (f"none {next(numbers)}",)})


def row(label: str, engine: list[float], scan: list[float]) -> str:
    middle, high = engine[len(engine) // 2], engine[int(len(engine) * 0.95)]
    ratio = scan[len(scan) // 2] / middle
    return f"{label:16} {middle:8.2f} {high:8.2f} {scan[len(scan) // 2]:10.1f} {ratio:9.0f}x"


def build(engine: TantivyEngine, documents: list[Tool]) -> float:
    start = time.perf_counter()
    for seq in range(0, len(documents), COMMIT):
        engine.index(documents[seq : seq + COMMIT])
        engine.commit(seq + 1)
    return time.perf_counter() - start


def main(count: int = 5000, each: int = 200) -> None:
    with tempfile.TemporaryDirectory() as folder:
        catalogue = Catalogue(count)
        documents = list(catalogue)
        engine = TantivyEngine(folder)
        before_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(f"{count} tools: built in {build(engine, documents):.1f} s, ", end="")
        size_bytes = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
        peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(
            f"{size_bytes / 1e6:.1f} MB; {(peak_kb - before_kb) / 1000:.0f} MB more memory at the peak"
        )
        start = time.perf_counter()
        engine.index(documents[:1])
        engine.commit(count + 1)
        print(f"one change visible after {(time.perf_counter() - start) * 1000:.0f} ms")
        scan = Scan(documents)
        print(f"{'':16} {'p50 ms':>8} {'p95 ms':>8} {'scan p50':>10} {'ratio':>10}")
        everything: tuple[list[float], list[float]] = ([], [])
        first = cpu_ms(engine.query, [SearchQuery()])
        print(row("empty, first", first, cpu_ms(scan.query, [SearchQuery()])))
        print(row("empty, again", cpu_ms(engine.query, [SearchQuery()] * each), first))
        for kind in KINDS:
            queries = [never_asked(catalogue.query(kind)) for _ in range(each)]
            times = cpu_ms(engine.query, queries), cpu_ms(scan.query, queries[:20])
            print(row(kind, *times))
            everything[0].extend(times[0])
            everything[1].extend(times[1])
        print(row("all kinds", sorted(everything[0]), sorted(everything[1])))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
