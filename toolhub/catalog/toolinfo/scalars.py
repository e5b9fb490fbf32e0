"""Normalisers of single values: what is kept of a text, an address, a flag, a code."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any, Final

from toolhub.catalog.toolinfo.conform import conforms
from toolhub.catalog.toolinfo.context import DROPPED, Context, Dropped
from toolhub.catalog.toolinfo.language import normalise_language
from toolhub.catalog.toolinfo.schema import (
    DEFAULT_LANGUAGE,
    ICON_PATTERN,
    SCHEMA_ID_PATTERN,
    SCHEMA_VERSIONS,
    TOOL_TYPES,
    Kind,
)
from toolhub.catalog.toolinfo.text import clean, describe, excerpt, mixes_scripts, normalise_name
from toolhub.catalog.toolinfo.urls import read_address

Normaliser = Callable[[Context, Any], Any]

_COMMONS_FILE: Final = re.compile(
    r"(?:https?://commons\.(?:m\.)?wikimedia\.org/wiki/)?(?:File|Image):([^/]+\.\w+)", re.IGNORECASE
)
_COMMONS_UPLOAD: Final = re.compile(
    r"https?://upload\.wikimedia\.org/wikipedia/commons/(?:thumb/)?\w/\w\w/([^/]+\.\w+)(?:/.*)?"
)
_FLAG_WORDS: Final = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+")


def as_text(ctx: Context, value: Any) -> str | Dropped | None:
    """The text a value plainly means; None for null, which means nothing was stated."""
    if isinstance(value, str):
        return value
    if value is None:
        # A required field is reported as empty by whoever asked for it.
        if not ctx.field.required:
            ctx.error("null_value")
        return None
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        ctx.error("list_for_text")
        return value[0]
    if _is_plain_number(value):
        ctx.error("number_for_text")
        return str(value)
    ctx.error("wrong_type", what=describe(value), wanted="a text")
    return DROPPED


def _is_plain_number(value: Any) -> bool:
    if isinstance(value, bool):
        return False
    # Bounded, because writing out a number of a million digits takes minutes.
    return (isinstance(value, int) and abs(value) < 10**18) or (
        isinstance(value, float) and math.isfinite(value)
    )


def clean_text(ctx: Context, raw: str, *, multiline: bool = False) -> str:
    cleaned = clean(raw, multiline=multiline)
    if cleaned.had_controls:
        ctx.warn("control_characters")
    if cleaned.had_piles:
        ctx.warn("combining_marks")
    return cleaned.text


def text(ctx: Context, value: Any, *, multiline: bool = False) -> str | Dropped | None:
    raw = as_text(ctx, value)
    if not isinstance(raw, str):
        return raw
    return fit(ctx, raw, clean_text(ctx, raw, multiline=multiline)) or None


def long_text(ctx: Context, value: Any) -> str | Dropped | None:
    return text(ctx, value, multiline=True)


def fit(ctx: Context, raw: str, cleaned: str) -> str | Dropped:
    if len(raw) <= ctx.field.max_length:
        return cleaned
    if len(cleaned) <= ctx.field.max_length:
        ctx.error("too_long_trimmed")
        return cleaned
    if ctx.field.required:
        ctx.error("too_long_cut", length=len(raw))
        return cleaned[: ctx.field.max_length].rstrip()
    ctx.error("too_long_dropped", length=len(raw))
    return DROPPED


def name(ctx: Context, value: Any) -> str | Dropped | None:
    raw = as_text(ctx, value)
    if not isinstance(raw, str):
        return raw
    if len(raw) > ctx.field.max_length:
        ctx.error("too_long_cut", length=len(raw))
    slug = normalise_name(raw)
    if not slug and raw.strip():
        ctx.error("name_empty", value=excerpt(raw))
        return DROPPED
    if slug != raw and slug:
        ctx.warn("name_changed", read=excerpt(slug))
    if mixes_scripts(slug):
        ctx.warn("name_mixed_scripts")
    return slug or None


def url(ctx: Context, value: Any) -> str | Dropped | None:
    raw = as_text(ctx, value)
    if not isinstance(raw, str):
        return raw
    cleaned = clean_text(ctx, raw)
    if len(raw) > ctx.field.max_length and len(cleaned) <= ctx.field.max_length:
        ctx.error("too_long_trimmed")
    return web_address(ctx, cleaned) if cleaned else None


def web_address(ctx: Context, cleaned: str) -> str | Dropped:
    address = read_address(cleaned) if len(cleaned) <= ctx.field.max_length else None
    # Escaping spaces or adding the scheme can push an address over the limit. A cut address
    # would lead somewhere else, so it is never cut, required or not.
    if address is None or len(address.value or "") > ctx.field.max_length:
        ctx.error("url_too_long", length=len(cleaned))
        return DROPPED
    if address.problem:
        report = ctx.warn if address.problem == "url_spaces" else ctx.error
        report(address.problem, value=excerpt(cleaned), read=excerpt(address.value))
    return address.value or DROPPED


def icon(ctx: Context, value: Any) -> str | Dropped | None:
    raw = as_text(ctx, value)
    if not isinstance(raw, str):
        return raw
    cleaned = fit(ctx, raw, clean_text(ctx, raw))
    if not isinstance(cleaned, str) or not cleaned:
        return cleaned or None
    if re.fullmatch(ICON_PATTERN, cleaned) and " " not in cleaned:
        return cleaned
    match = _COMMONS_FILE.fullmatch(cleaned) or _COMMONS_UPLOAD.fullmatch(cleaned)
    page = match and f"https://commons.wikimedia.org/wiki/File:{match[1].replace(' ', '_')}"
    if not page or len(page) > ctx.field.max_length:
        ctx.error("icon_unusable", value=excerpt(cleaned))
        return DROPPED
    ctx.warn("icon_rewritten", read=excerpt(page))
    return page


def email(ctx: Context, value: Any) -> str | Dropped | None:
    address = text(ctx, value)
    if isinstance(address, str) and not _EMAIL.fullmatch(address):
        ctx.error("email_unusable", value=excerpt(address))
        return DROPPED
    return address


def flag(ctx: Context, value: Any) -> bool | Dropped:
    if isinstance(value, bool):
        return value
    if value is None:
        ctx.error("null_value")
        return False
    read = _FLAG_WORDS.get(str(value).strip().lower()) if isinstance(value, str | int) else None
    if read is None:
        ctx.error("flag_unusable", value=excerpt(value))
        return DROPPED
    ctx.error("flag_not_boolean", read="true" if read else "false")
    return read


def tool_type(ctx: Context, value: Any) -> str | Dropped | None:
    if isinstance(value, str) and value in TOOL_TYPES:
        return value
    if isinstance(value, list) and len(value) > 1:
        return _first_tool_type(ctx, value)
    raw = as_text(ctx, value)
    if not isinstance(raw, str):
        return raw
    if not raw.strip():
        ctx.error("tool_type_unknown", value=excerpt(raw), known=", ".join(TOOL_TYPES))
        return None
    known = _known_tool_type(raw)
    if known is None:
        ctx.error("tool_type_unknown", value=excerpt(raw), known=", ".join(TOOL_TYPES))
        return DROPPED
    if known != raw:
        ctx.error("tool_type_spelling", read=excerpt(known))
    return known


def _first_tool_type(ctx: Context, values: list[Any]) -> str | Dropped:
    for value in values:
        if isinstance(value, str) and (known := _known_tool_type(value)):
            ctx.error("tool_type_list", read=excerpt(known))
            return known
    ctx.error("tool_type_unknown", value=excerpt(values), known=", ".join(TOOL_TYPES))
    return DROPPED


def _known_tool_type(raw: str) -> str | None:
    squashed = re.sub(r"[\s_-]+", "", raw).lower()
    return next((known for known in TOOL_TYPES if known.replace(" ", "") == squashed), None)


def language(ctx: Context, value: Any) -> str:
    """A language code; the language of the record when it cannot be read."""
    if not isinstance(value, str):
        ctx.error("wrong_type", what=describe(value), wanted="a language code")
        return ctx.language
    code = normalise_language(value)
    if not conforms(ctx.field, value):
        ctx.error("language_malformed", value=excerpt(value))
    elif code is None:
        ctx.warn("language_unknown", value=excerpt(value))
    elif code != value.strip().lower():
        ctx.warn("language_changed", value=excerpt(value), read=excerpt(code))
    return code or ctx.language


def record_language(record: Any) -> str:
    """What entries without a language of their own are written in."""
    for key in ("_language", "$language", "toolinfo_language"):
        stated = record.get(key)
        if isinstance(stated, str):
            return normalise_language(stated) or DEFAULT_LANGUAGE
    return DEFAULT_LANGUAGE


def schema_id(ctx: Context, value: Any) -> str | Dropped | None:
    raw = as_text(ctx, value)
    if not isinstance(raw, str):
        return raw
    cleaned = clean_text(ctx, raw)
    if len(raw) > ctx.field.max_length and len(cleaned) > ctx.field.max_length:
        return _shorten_schema(ctx, cleaned)
    if len(raw) > ctx.field.max_length:
        ctx.error("too_long_trimmed")
    if cleaned and not cleaned.endswith(tuple(f"/toolinfo/{v}" for v in SCHEMA_VERSIONS)):
        ctx.warn("schema_unknown", value=excerpt(cleaned))
    return cleaned or None


def _shorten_schema(ctx: Context, cleaned: str) -> str | Dropped:
    match = re.search(SCHEMA_ID_PATTERN, cleaned)
    if match is None or len(match[1]) > ctx.field.max_length:
        ctx.error("schema_dropped")
        return DROPPED
    ctx.error("schema_shortened", read=excerpt(match[1]))
    return match[1]


SCALARS: Final[dict[Kind, Normaliser]] = {
    Kind.NAME: name,
    Kind.TEXT: text,
    Kind.LONG_TEXT: long_text,
    Kind.EMAIL: email,
    Kind.URL: url,
    Kind.ICON: icon,
    Kind.FLAG: flag,
    Kind.TOOL_TYPE: tool_type,
    Kind.LANGUAGE: language,
    Kind.SCHEMA_ID: schema_id,
}
