"""The rules of what a person may state about a tool: those of a toolinfo.json, but what a crawl would mend is refused."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from toolhub.catalog.fields import ANNOTATION_FIELDS, SHARED_FIELDS, TOOLINFO_FIELDS, attribute
from toolhub.catalog.models import Annotations, Tool
from toolhub.catalog.models.empty import empty_value
from toolhub.catalog.services.stated_codes import CHOICES, QID, finding_code
from toolhub.catalog.spdx import is_license
from toolhub.catalog.toolinfo import Finding, parse_record
from toolhub.catalog.toolinfo.schema import FIELD_BY_NAME, Kind
from toolhub.core.errors import FieldError, InvalidInput

CORE_FIELDS = tuple(name for name in TOOLINFO_FIELDS if name != "name")
"""What the maintainer may change. A name stays for ever."""

REQUIRED = ("title", "description", "url")
LINKS = (Kind.LINKS, Kind.LINKS_OR_URL)
LANGUAGES = (Kind.LANGUAGE, Kind.LANGUAGES)
FORGIVEN = ("null_value", "keywords_list")
"""Findings about the form of a file. In the API null is a value, and keywords come in a list."""


def core_checked(fields: Mapping[str, Any], *, language: str | None = None) -> dict[str, Any]:
    """The core fields among these, normalised, by their attribute. Null, "" and [] empty a field.

    `language` is what texts are written in unless they say. Raises InvalidInput naming each field.
    """
    given = {name: fields[name] for name in CORE_FIELDS if name in fields}
    stated, errors = _read(given, CORE_FIELDS, language)
    errors += [
        FieldError(name, "This field may not be blank.", 2031)
        for name in REQUIRED
        if name in given and _is_empty(given[name])
    ]
    licence = stated.get("license")
    if licence and not is_license(licence):
        message = f"{licence[:60]!r} is not an SPDX licence. Write an identifier like MIT."
        errors.append(FieldError("license", message, 3104))
    _refuse(errors)
    return {attribute(name): _kept(Tool, attribute(name), stated.get(name)) for name in given}


def community_checked(fields: Mapping[str, Any], *, language: str | None = None) -> dict[str, Any]:
    """The community fields among these, in the same way."""
    given = {name: fields[name] for name in ANNOTATION_FIELDS if name in fields}
    stated, errors = _read(given, SHARED_FIELDS, language)
    for name, choices in CHOICES.items():
        stated[name] = given.get(name)
        if not _is_empty(stated[name]):
            errors += _choice_errors(name, stated[name], choices)
    stated["wikidata_qid"] = given.get("wikidata_qid")
    if not _is_empty(stated["wikidata_qid"]) and not QID.fullmatch(str(stated["wikidata_qid"])):
        errors.append(FieldError("wikidata_qid", "Write an item like Q42.", 3006))
    _refuse(errors)
    return {name: _kept(Annotations, name, stated.get(name)) for name in given}


def _read(
    given: Mapping[str, Any], known: Collection[str], language: str | None
) -> tuple[dict[str, Any], list[FieldError]]:
    """What the toolinfo format makes of these values."""
    filled = {name: given[name] for name in known if not _is_empty(given.get(name))}
    parsed = parse_record({"_language": language, **filled} if language else filled)
    errors = [
        FieldError(name, found.message, finding_code(FIELD_BY_NAME[name], found.code))
        for found in parsed.findings
        if (name := found.pointer.split("/")[1]) in filled and _is_refused(name, found)
    ]
    errors += [
        FieldError(name, "Write a list of objects with language and url.", 3203)
        for name, value in filled.items()
        if FIELD_BY_NAME[name].kind in LINKS and not isinstance(value, list)
    ]
    broken = {error.field for error in errors}
    errors += [
        FieldError(name, found.message, 3205)
        for found in parsed.findings
        if found.code == "link_no_url" and (name := found.pointer.split("/")[1]) not in broken
    ]
    return {name: parsed.fields.get(name) for name in filled}, errors


def _is_refused(name: str, found: Finding) -> bool:
    if found.code == "language_unknown":
        return FIELD_BY_NAME[name].kind in LANGUAGES
    return found.severity == "error" and found.code not in FORGIVEN


def _choice_errors(name: str, values: Any, choices: Collection[str]) -> list[FieldError]:
    if not isinstance(values, list):
        return [FieldError(name, "Write a list.", 3101)]
    unknown = [value for value in values if value not in choices]
    return [FieldError(name, f"{str(one)[:60]!r} is not a valid choice.", 3101) for one in unknown]


def _kept(model: type[Tool | Annotations], name: str, value: Any) -> Any:
    return empty_value(model, name) if _is_empty(value) else value


def _is_empty(value: Any) -> bool:
    return value in (None, "", [])


def _refuse(errors: list[FieldError]) -> None:
    if errors:
        raise InvalidInput(*dict.fromkeys(errors))
