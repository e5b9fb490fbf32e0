"""A toolinfo.json out of what somebody typed, checked by the rules of a crawl."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from toolhub.catalog.toolinfo import parse_file
from toolhub.core.errors import FieldError, InvalidInput

SCHEMA = "/toolinfo/1.2.2"


def toolinfo_build(fields: Mapping[str, Any]) -> str:
    """The file, without what was left empty. Raises InvalidInput with what a crawl would not take as it stands."""
    record = {
        "_schema": SCHEMA,
        "_language": fields["language"],
        **{name: value for name, value in fields.items() if name != "language" and value},
    }
    if record.get("keywords"):
        record["keywords"] = ", ".join(record["keywords"])
    if record.get("author"):
        record["author"] = [{"name": name} for name in record["author"]]
    body = orjson.dumps(record, option=orjson.OPT_INDENT_2)
    findings = [one for part in parse_file(body).records for one in part.findings]
    errors = [FieldError(one.pointer.lstrip("/"), one.message, 2000) for one in findings]
    if errors:
        raise InvalidInput(*errors)
    return body.decode() + "\n"
