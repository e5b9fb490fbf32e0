"""Whether a value meets schema 1.2.2 exactly as written.

The same verdict as a JSON Schema draft-07 validator that does not assert `format`, some hundred
times faster. Two quirks are deliberate: patterns are searched with Python's `$`, and the pattern
of `icon` has no force, because draft-07 ignores what stands beside a `$ref`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from toolhub.catalog.toolinfo.schema import (
    FIELD_BY_NAME,
    FOR_WIKIS_PATTERN,
    LANGUAGE_MAX_LENGTH,
    LANGUAGE_PATTERN,
    LINK_FIELDS,
    PERSON_FIELDS,
    REQUIRED,
    TOOL_TYPES,
    Field,
    Kind,
)

_WIKI: Final = re.compile(FOR_WIKIS_PATTERN)
_LANGUAGE: Final = re.compile(LANGUAGE_PATTERN)
Check = Callable[[Field, Any], bool]


def record_conforms(record: Mapping[str, Any]) -> bool:
    if not all(name in record for name in REQUIRED):
        return False
    for key, value in record.items():
        field = FIELD_BY_NAME.get(key)
        if field is not None and not conforms(field, value):
            return False
    return True


def conforms(field: Field, value: Any) -> bool:
    return _CHECKS[field.kind](field, value)


def is_wiki(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 255 and _WIKI.search(value) is not None


def is_language(value: Any) -> bool:
    return (
        isinstance(value, str)
        and len(value) <= LANGUAGE_MAX_LENGTH
        and _LANGUAGE.search(value) is not None
    )


def _text(field: Field, value: Any) -> bool:
    return isinstance(value, str) and len(value) <= field.max_length


def _texts(field: Field, value: Any) -> bool:
    items = value if isinstance(value, list) else [value]
    return all(_text(field, item) for item in items)


def _wikis(_field: Field, value: Any) -> bool:
    return all(map(is_wiki, value)) if isinstance(value, list) else is_wiki(value)


def _languages(_field: Field, value: Any) -> bool:
    if isinstance(value, list):
        return all(map(is_language, value))
    return value == "*" or is_language(value)


def _object(fields: Mapping[str, Field], value: Any) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() <= fields.keys()
        and all(conforms(fields[key], item) for key, item in value.items())
        and all(key in value for key, field in fields.items() if field.required)
    )


def _authors(field: Field, value: Any) -> bool:
    if isinstance(value, list):
        return all(_object(_PERSON, item) for item in value)
    return _text(field, value)


def _links(_field: Field, value: Any) -> bool:
    return isinstance(value, list) and all(_object(_LINK, item) for item in value)


def _links_or_url(field: Field, value: Any) -> bool:
    return _links(field, value) or _text(field, value)


_PERSON: Final = {field.name: field for field in PERSON_FIELDS}
_LINK: Final = {field.name: field for field in LINK_FIELDS}
_CHECKS: Final[dict[Kind, Check]] = {
    Kind.NAME: _text,
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.EMAIL: _text,
    Kind.URL: _text,
    Kind.ICON: _text,
    Kind.KEYWORDS: _text,
    Kind.SCHEMA_ID: _text,
    Kind.FLAG: lambda _field, value: isinstance(value, bool),
    Kind.TOOL_TYPE: lambda _field, value: isinstance(value, str) and value in TOOL_TYPES,
    Kind.AUTHORS: _authors,
    Kind.TEXTS: _texts,
    Kind.WIKIS: _wikis,
    Kind.LANGUAGE: lambda _field, value: is_language(value),
    Kind.LANGUAGES: _languages,
    Kind.LINKS: _links,
    Kind.LINKS_OR_URL: _links_or_url,
}
