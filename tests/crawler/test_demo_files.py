"""The bundled demo catalogue holds what the demo needs, and addresses nobody's real site."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from toolhub.catalog.toolinfo.schema import (
    AUDIENCES,
    CONTENT_TYPES,
    SUBJECT_DOMAINS,
    TASKS,
    TOOL_TYPES,
)

DEMO = Path(__file__).resolve().parents[2] / "crawler" / "demo"
ANNOTATIONS = DEMO / "annotations.json"
FEEDS = sorted(path for path in DEMO.glob("*.json") if path != ANNOTATIONS)

# RFC 2606 reserves the example domains, so no demo address can reach a stranger.
SAFE_HOST = re.compile(
    r"(.+\.)?example\.(org|net|com)|(meta|commons)\.wikimedia\.org|www\.mediawiki\.org"
)
ADDRESS_HOST = re.compile(r"https?://([^/\"\s]+)")
ENUMS = {
    "audiences": AUDIENCES,
    "content_types": CONTENT_TYPES,
    "tasks": TASKS,
    "subject_domains": SUBJECT_DOMAINS,
}


def feed_records(path: Path) -> list[dict[str, Any]]:
    document = json.loads(path.read_text(encoding="utf-8"))
    return document if isinstance(document, list) else [document]


@pytest.fixture(scope="module")
def records() -> list[dict[str, Any]]:
    return [record for path in FEEDS for record in feed_records(path)]


@pytest.fixture(scope="module")
def annotated() -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = json.loads(ANNOTATIONS.read_text(encoding="utf-8"))
    return loaded


def test_it_bundles_nine_feeds_and_forty_records(records: list[dict[str, Any]]) -> None:
    assert len(FEEDS) == 9
    assert len(records) >= 40


def test_it_speaks_a_dozen_languages(records: list[dict[str, Any]]) -> None:
    languages = {record.get("_language") or record["$language"] for record in records}

    assert len(languages) >= 12
    assert {"ar", "he", "ja", "ru", "zh-hans"} <= languages


def test_it_uses_each_name_once(records: list[dict[str, Any]]) -> None:
    names = [record["name"] for record in records]

    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[-\w]+", name) for name in names)


def test_it_uses_every_tool_type(records: list[dict[str, Any]]) -> None:
    assert set(TOOL_TYPES) <= {record.get("tool_type") for record in records}


def test_it_lacks_a_title_in_one_record_of_the_findings_feed_only() -> None:
    untitled = [
        path.name for path in FEEDS for record in feed_records(path) if not record.get("title")
    ]

    assert untitled == ["findings.json"]


@pytest.mark.parametrize("path", [*FEEDS, ANNOTATIONS], ids=lambda path: path.name)
def test_it_addresses_only_example_domains_and_wikimedia_hosts(path: Path) -> None:
    hosts = set(ADDRESS_HOST.findall(path.read_text(encoding="utf-8")))

    assert {host for host in hosts if not SAFE_HOST.fullmatch(host)} == set()


@pytest.mark.parametrize("path", [*FEEDS, ANNOTATIONS], ids=lambda path: path.name)
def test_it_is_written_as_readable_json(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"


def test_it_annotates_only_tools_the_crawler_accepts(
    records: list[dict[str, Any]], annotated: dict[str, dict[str, Any]]
) -> None:
    titled = {record["name"] for record in records if record.get("title")}

    assert len(annotated) >= 20
    assert set(annotated) <= titled


def test_it_annotates_only_what_the_record_leaves_open(
    records: list[dict[str, Any]], annotated: dict[str, dict[str, Any]]
) -> None:
    stated = {record["name"]: set(record) for record in records}

    assert {name: set(fields) & stated[name] for name, fields in annotated.items()} == {
        name: set() for name in annotated
    }


def test_it_annotates_with_known_values(annotated: dict[str, dict[str, Any]]) -> None:
    for fields in annotated.values():
        assert fields.get("tool_type") in {None, *TOOL_TYPES}
        for field, values in ENUMS.items():
            assert set(fields.get(field, [])) <= set(values)


def test_it_links_two_tools_to_wikidata(annotated: dict[str, dict[str, Any]]) -> None:
    qids = [fields["wikidata_qid"] for fields in annotated.values() if "wikidata_qid" in fields]

    assert len(qids) == 2
    assert all(re.fullmatch(r"Q\d+", qid) for qid in qids)
