"""The toolinfo format: parsing, validating and normalising, with no Django at all."""

from __future__ import annotations

from toolhub.catalog.toolinfo.findings import Finding
from toolhub.catalog.toolinfo.language import normalise_language
from toolhub.catalog.toolinfo.parse import ParsedFile, parse_file, parse_record
from toolhub.catalog.toolinfo.record import ParsedRecord
from toolhub.catalog.toolinfo.schema import (
    AUDIENCES,
    CONTENT_TYPES,
    FOR_WIKIS_PATTERN,
    ICON_PATTERN,
    LANGUAGE_PATTERN,
    NAME_PATTERN,
    SUBJECT_DOMAINS,
    TASKS,
    TOOL_TYPES,
)
from toolhub.catalog.toolinfo.text import normalise_name

__all__ = [
    "AUDIENCES",
    "CONTENT_TYPES",
    "FOR_WIKIS_PATTERN",
    "ICON_PATTERN",
    "LANGUAGE_PATTERN",
    "NAME_PATTERN",
    "SUBJECT_DOMAINS",
    "TASKS",
    "TOOL_TYPES",
    "Finding",
    "ParsedFile",
    "ParsedRecord",
    "normalise_language",
    "normalise_name",
    "parse_file",
    "parse_record",
]
