"""Small tools in many scripts, and what a search over them must answer, worked out the slow way."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any

from toolhub.catalog.search.facets import FACETS, FacetSpec
from toolhub.catalog.search.port import Facet, FacetValue, SearchQuery
from toolhub.catalog.search.tokens import tokens

Tool = dict[str, Any]

WORDS = [
    "edit",
    "count",
    "editor",
    "counter",
    "map",
    "upload",
    "bot",
    "éditeur",
    "Ärger",
    "編集カウンター",
    "引用検査",
    "ตรวจสอบ",
    "أداة",
    "Счётчик",
]
KEYWORDS = [f"keyword {number}" for number in range(12)]
AUTHORS = [f"Author {number}" for number in range(30)]
WIKIS = ["*", "en.wikipedia.org", "www.wikidata.org"]


def tool(name: str, **fields: Any) -> Tool:
    annotations: Tool = {"audiences": [], "content_types": [], "tasks": [], "subject_domains": []}
    return {
        "name": name,
        "title": fields.pop("title", name),
        "description": "",
        "url": f"https://{name}.example.org",
        "keywords": [],
        "author": [],
        "subtitle": None,
        "license": None,
        "for_wikis": [],
        "available_ui_languages": [],
        "tool_type": None,
        "origin": "crawler",
        "created_date": "2024-01-01T00:00:00Z",
        "modified_date": "2024-01-01T00:00:00Z",
        "annotations": annotations | fields.pop("annotations", {}),
        **fields,
    }


def tools(count: int, *, seed: int = 1) -> list[Tool]:
    choose = random.Random(seed)
    return [_some_tool(f"tool-{number:04d}", choose) for number in range(count)]


def _some_tool(name: str, choose: random.Random) -> Tool:
    def some(values: list[str], most: int) -> list[str]:
        return choose.sample(values, choose.randint(0, most))

    return tool(
        name,
        title=" ".join(choose.choices(WORDS, k=2)),
        description=" ".join(choose.choices(WORDS, k=5)),
        keywords=some(KEYWORDS, 4),
        author=[{"name": author} for author in some(AUTHORS, 2)],
        license=choose.choice([None, "MIT", "GPL-3.0-or-later"]),
        for_wikis=some(WIKIS, 2),
        available_ui_languages=some(["en", "de"], 2),
        tool_type=choose.choice([None, "bot", "web app"]),
        origin=choose.choice(["crawler", "api"]),
        created_date=f"2024-01-{choose.randint(1, 9):02d}T00:00:00Z",
        modified_date=f"2024-02-{choose.randint(1, 9):02d}T00:00:00+00:00",
        annotations={
            "for_wikis": some(WIKIS, 1),
            "tool_type": choose.choice([None, "gadget"]),
            "audiences": some(["editor", "reader"], 2),
            "tasks": some(["editing", "spam"], 2),
        },
    )


def matches(document: Tool, query: SearchQuery, *, but: str = "") -> bool:
    """For `text` without syntax. The last word may go on."""
    words = _words(*_texts(document))
    *whole, last = tokens(query.text) or [""]
    return (
        set(whole) <= words
        and any(word.startswith(last) for word in words)
        and all(_fits(document, spec, query) for spec in FACETS if spec.name != but)
    )


def _fits(document: Tool, spec: FacetSpec, query: SearchQuery) -> bool:
    has = set(spec.values(document))
    wanted = set(query.include.get(spec.name, ()))
    return (
        (not wanted or (wanted <= has if spec.multi else bool(wanted & has)))
        and not has & set(query.exclude.get(spec.name, ()))
        and not (spec.name in query.missing and has)
        and not (spec.name in query.present and not has)
    )


@cache
def _words(*texts: str) -> frozenset[str]:
    return frozenset(token for text in texts for token in tokens(text))


def _texts(document: Tool) -> list[str]:
    listed = [*document["keywords"], *(author["name"] for author in document["author"])]
    annotated = [text for value in document["annotations"].values() for text in value or ()]
    fields = ("name", "title", "description", "url", "license", "tool_type")
    return [*listed, *annotated, *(document[field] or "" for field in fields)]


def facet(documents: Iterable[Tool], query: SearchQuery, spec: FacetSpec) -> Facet:
    but = "" if spec.multi else spec.name
    counted = [document for document in documents if matches(document, query, but=but)]
    counts = Counter(value for document in counted for value in spec.values(document))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    top, rest = ordered[: query.facet_size], ordered[query.facet_size :]
    return Facet(
        spec.name,
        spec.multi,
        tuple(FacetValue(value, count) for value, count in top),
        sum(not spec.values(document) for document in counted),
        len(counted),
        sum(count for _, count in rest),
    )
