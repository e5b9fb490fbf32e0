"""The contract's numeric codes for what can be wrong with a value."""

from __future__ import annotations

import re

from toolhub.catalog.toolinfo import schema
from toolhub.catalog.toolinfo.schema import Field, Kind

CHOICES = {
    "audiences": schema.AUDIENCES,
    "content_types": schema.CONTENT_TYPES,
    "tasks": schema.TASKS,
    "subject_domains": schema.SUBJECT_DOMAINS,
}
QID = re.compile(r"Q[1-9]\d{0,30}", re.ASCII)

BY_KIND = {
    Kind.NAME: 3006,
    Kind.TEXT: 2012,
    Kind.LONG_TEXT: 2012,
    Kind.SCHEMA_ID: 2012,
    Kind.URL: 3008,
    Kind.ICON: 3006,
    Kind.FLAG: 2011,
    Kind.TOOL_TYPE: 2081,
    Kind.LANGUAGE: 3102,
    Kind.LANGUAGES: 3102,
    Kind.KEYWORDS: 3101,
    Kind.AUTHORS: 3101,
    Kind.TEXTS: 3101,
    Kind.WIKIS: 3101,
    Kind.LINKS: 3101,
    Kind.LINKS_OR_URL: 3101,
}
"""Of a value that the field cannot hold. In a list it is the list that breaks its schema."""

BY_FINDING = {
    "required_empty": 2031,
    "too_long_trimmed": 2041,
    "too_long_cut": 2041,
    "too_long_dropped": 2041,
    "url_too_long": 2041,
}
"""Of a finding that says more than that."""

LISTS = (
    Kind.KEYWORDS, Kind.AUTHORS, Kind.TEXTS, Kind.WIKIS, Kind.LANGUAGES, Kind.LINKS, Kind.LINKS_OR_URL,
)  # fmt: skip


def finding_code(field: Field, finding: str) -> int:
    if field.kind in LISTS:
        return BY_KIND[field.kind]
    return BY_FINDING.get(finding, BY_KIND[field.kind])
