"""Normalisers of fields that hold several values."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, Final

from toolhub.catalog.toolinfo.conform import is_language, is_wiki
from toolhub.catalog.toolinfo.context import DROPPED, Context, Dropped
from toolhub.catalog.toolinfo.language import normalise_language
from toolhub.catalog.toolinfo.scalars import SCALARS, Normaliser, as_text, clean_text, text, url
from toolhub.catalog.toolinfo.schema import (
    LINK_FIELDS,
    MAX_LIST_ITEMS,
    PERSON_FIELDS,
    Field,
    Kind,
)
from toolhub.catalog.toolinfo.text import describe, excerpt
from toolhub.catalog.toolinfo.wikis import read_wiki

_PERSON: Final = {field.name: field for field in PERSON_FIELDS}
_LINK: Final = {field.name: field for field in LINK_FIELDS}


def each(ctx: Context, values: list[Any], read: Normaliser) -> list[Any] | Dropped:
    """The entries that can be kept; DROPPED when there were some and none can be."""
    if len(values) > MAX_LIST_ITEMS:
        ctx.warn("too_many_items", count=len(values), max=MAX_LIST_ITEMS)
    items = [read(ctx.below(index), value) for index, value in enumerate(values[:MAX_LIST_ITEMS])]
    return _kept(items)


def _kept(items: list[Any]) -> list[Any] | Dropped:
    kept = [item for item in items if item is not DROPPED and item is not None]
    return DROPPED if DROPPED in items and not kept else kept


def bare_or_list(
    ctx: Context,
    value: Any,
    read: Normaliser,
    split: Callable[[str], list[str]] = lambda raw: [raw],
) -> list[Any] | Dropped:
    if isinstance(value, list):
        return each(ctx, value, read)
    if value is None:
        ctx.error("null_value")
        return []
    parts = split(value) if isinstance(value, str) else [value]
    return _kept([read(ctx, part) for part in parts if part != ""])


def texts(ctx: Context, value: Any) -> list[str] | Dropped:
    return bare_or_list(ctx, value, text)


def keywords(ctx: Context, value: Any) -> list[str] | Dropped:
    if isinstance(value, list):
        joined = ", ".join(str(word) for word in value[:5])
        ctx.error("keywords_list", read=excerpt(joined))
        return each(ctx, value, text)
    raw = text(ctx, value)
    if raw is None or isinstance(raw, Dropped):
        return raw or []
    return [word.strip().lower() for word in raw.split(",") if word.strip()]


def _split(raw: str) -> list[str]:
    return re.split(r"[,\s]+", raw)


def wikis(ctx: Context, value: Any) -> list[str] | Dropped:
    return bare_or_list(ctx, value, _wiki, _split)


def _wiki(ctx: Context, value: Any) -> str | Dropped | None:
    raw = as_text(ctx, value)
    if not isinstance(raw, str):
        return raw
    cleaned = clean_text(ctx, raw)
    if len(cleaned) <= ctx.field.max_length and is_wiki(cleaned) and "/" not in cleaned:
        return cleaned
    host = read_wiki(cleaned)
    if host is None or not is_wiki(host):
        ctx.error("wiki_unknown", value=excerpt(raw))
        return DROPPED
    report = ctx.warn if is_wiki(raw) else ctx.error
    report("wiki_rewritten", value=excerpt(raw), read=excerpt(host))
    return host


def languages(ctx: Context, value: Any) -> list[str] | Dropped:
    # Every language. Only the bare value may say so, but its meaning is plain in a list too.
    if value == "*":
        return ["*"]
    return bare_or_list(ctx, value, _ui_language, _split)


def _ui_language(ctx: Context, value: Any) -> str | Dropped | None:
    raw = as_text(ctx, value)
    if not isinstance(raw, str):
        return raw
    code = "*" if raw.strip() == "*" else normalise_language(raw)
    if not is_language(raw):
        ctx.error("language_malformed", value=excerpt(raw))
    elif code is None:
        ctx.warn("language_unknown", value=excerpt(raw))
    elif code != raw.strip().lower():
        ctx.warn("language_changed", value=excerpt(raw), read=excerpt(code))
    return code or DROPPED


def authors(ctx: Context, value: Any) -> list[dict[str, str]] | Dropped:
    if not isinstance(value, str):
        return _objects(ctx, value, _person)
    if len(value) > ctx.field.max_length:
        ctx.error("author_too_long")
    names = [part.strip() for part in clean_text(ctx, value).split(",")]
    return [{"name": part[: ctx.field.max_length].rstrip()} for part in names if part]


def links(ctx: Context, value: Any) -> list[dict[str, str]] | Dropped:
    """Addresses by language. A bare address speaks the language of the record."""
    if not isinstance(value, str):
        return _objects(ctx, value, _link)
    if ctx.field.kind is Kind.LINKS:
        ctx.error("text_for_list")
    address = url(ctx, value)
    if isinstance(address, Dropped):
        return DROPPED
    return [{"language": ctx.language, "url": address}] if address else []


def _objects(ctx: Context, value: Any, read: Normaliser) -> list[dict[str, str]] | Dropped:
    if isinstance(value, list):
        return each(ctx, value, read)
    if value is None:
        ctx.error("null_value")
        return []
    if isinstance(value, dict):
        ctx.error("object_for_list")
        item = read(ctx, value)
        return DROPPED if item is DROPPED else [item]
    ctx.error("wrong_type", what=describe(value), wanted="a list of objects")
    return DROPPED


def _person(ctx: Context, value: Any) -> dict[str, str] | Dropped:
    if isinstance(value, str):
        ctx.error("author_text", read=excerpt(json.dumps({"name": value}, ensure_ascii=False)))
        value = {"name": value}
    elif not isinstance(value, dict):
        ctx.error("wrong_type", what=describe(value), wanted="an object")
        return DROPPED
    person = _members(ctx, value, _PERSON, "person_key")
    if "name" in person:
        return person
    username = person.get("wiki_username") or person.get("developer_username")
    if username is None:
        ctx.error("author_no_name")
        return DROPPED
    ctx.error("author_name_from_username", read=excerpt(username))
    return {"name": username} | person


def _link(ctx: Context, value: Any) -> dict[str, str] | Dropped:
    if isinstance(value, str):
        ctx.error("wrong_type", what="a text", wanted="an object with language and url")
        value = {"url": value}
    elif not isinstance(value, dict):
        ctx.error("wrong_type", what=describe(value), wanted="an object")
        return DROPPED
    link = _members(ctx, value, _LINK, "link_key")
    if "url" not in link:
        ctx.warn("link_no_url")
        return DROPPED
    return {"language": link.get("language", ctx.language), "url": link["url"]}


def _members(
    ctx: Context, value: dict[str, Any], fields: dict[str, Field], unknown_code: str
) -> dict[str, str]:
    kept = {}
    for key, member in value.items():
        field = fields.get(key)
        if field is None:
            ctx.below(key).error(unknown_code, key=excerpt(key))
            continue
        read = SCALARS[field.kind](ctx.below(key, field), member)
        if isinstance(read, str) and read:
            kept[key] = read
    return kept


LISTS: Final[dict[Kind, Normaliser]] = {
    Kind.KEYWORDS: keywords,
    Kind.AUTHORS: authors,
    Kind.TEXTS: texts,
    Kind.WIKIS: wikis,
    Kind.LANGUAGES: languages,
    Kind.LINKS: links,
    Kind.LINKS_OR_URL: links,
}
