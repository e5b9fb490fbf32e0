"""The fields of the tantivy index, and a tool as one of its documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import tantivy

from toolhub.catalog.search.facets import FACETS, Document, FacetSpec, clean
from toolhub.catalog.search.tokens import fold, tokens

SCHEMA_VERSION = 1
"""Raise it with any change to fields, tokens or facets: an index of another version is built anew."""

BOOSTS = {"in_title": 5.0, "in_name": 5.0, "in_keywords": 3.0, "in_subtitle": 2.0, "in_author": 1.5}
"""Fields whose words weigh more, on top of `words`, which has all of them and decides what matches."""

OPEN = {spec.name: f"facet_{spec.name}" for spec in FACETS if spec.is_open}
"""An open facet has a field of its own; the values of all others share one, which is counted in a single pass."""

SHARED = "facets"
NO_VALUE = ""
_SEPARATOR = "\x1f"

_AUTHOR_WORDS = ("name", "wiki_username", "developer_username")
_MORE_WORDS = ("description", "url", "repository", "license", "tool_type", "bot_username")
_MORE_LISTS = ("technology_used", "sponsor")
_ANNOTATION_WORDS = ("audiences", "content_types", "tasks", "subject_domains")
_ANNOTATION_TEXTS = ("tool_type", "repository")


def _build() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(
        "name", stored=True, fast=True, tokenizer_name="raw", index_option="basic"
    )
    builder.add_text_field("title_order", fast=True, tokenizer_name="raw", index_option="basic")
    for field in ("created", "modified"):
        builder.add_integer_field(field, fast=True)
    for field in ("words", *BOOSTS):
        builder.add_text_field(field, tokenizer_name="whitespace")
    for field in (SHARED, *OPEN.values()):
        builder.add_text_field(field, fast=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


SCHEMA = _build()


def facet_term(name: str, value: str) -> tuple[str, str]:
    """The field and the term that a tool with this facet value has."""
    if name in OPEN and value != NO_VALUE:
        return OPEN[name], clean(value)
    return SHARED, clean(f"{name}{_SEPARATOR}{value}")


def facet_prefix(name: str) -> str:
    return f"{name}{_SEPARATOR}"


def facet_split(term: str) -> tuple[str, str]:
    """The facet's name and value of a term of the shared field."""
    name, _, value = term.partition(_SEPARATOR)
    return name, value


def to_tantivy(document: Document) -> tantivy.Document:
    name, title = clean(document["name"]), clean(document.get("title") or "")
    fields: dict[str, Any] = {
        "name": name,
        "title_order": fold(title)[:255],
        "created": _micros(document.get("created_date")),
        "modified": _micros(document.get("modified_date")),
        **_text_fields(document, name, title),
    }
    for spec in FACETS:
        for field, term in _facet_terms(spec, document):
            fields.setdefault(field, []).append(term)
    return tantivy.Document.from_dict(fields, SCHEMA)


def _text_fields(document: Document, name: str, title: str) -> dict[str, list[str]]:
    boosted = {
        "in_title": [title],
        "in_name": [name],
        "in_keywords": _texts(document, "keywords"),
        "in_subtitle": _texts(document, "subtitle"),
        "in_author": [
            text
            for author in document.get("author") or ()
            for text in _texts(author, *_AUTHOR_WORDS)
        ],
    }
    annotations = document.get("annotations") or {}
    other = [
        *_texts(document, *_MORE_WORDS, *_MORE_LISTS),
        *_texts(annotations, *_ANNOTATION_WORDS, *_ANNOTATION_TEXTS),
    ]
    fields = {field: [" ".join(tokens(text)) for text in texts] for field, texts in boosted.items()}
    # Each text is a value of its own, so that no phrase reaches from one into the next.
    words = [words for texts in fields.values() for words in texts]
    fields["words"] = words + [" ".join(tokens(text)) for text in other]
    return fields


def _texts(source: Mapping[str, Any], *fields: str) -> list[str]:
    found: list[str] = []
    for field in fields:
        value = source.get(field) or ()
        found += [value] if isinstance(value, str) else [str(item) for item in value]
    return found


def _facet_terms(spec: FacetSpec, document: Document) -> Iterator[tuple[str, str]]:
    for value in spec.values(document) or (NO_VALUE,):
        yield facet_term(spec.name, value)


def _micros(stamp: object) -> int:
    """Microseconds since 1970; 0 for what is no date."""
    try:
        moment = datetime.fromisoformat(str(stamp))
    except ValueError:
        return 0
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return int(aware.timestamp() * 1_000_000)
