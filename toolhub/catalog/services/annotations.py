from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from toolhub.accounts.permissions import Actor
from toolhub.audit.models import LogEntry
from toolhub.catalog.fields import ANNOTATION_FIELDS, SHARED_FIELDS, is_same
from toolhub.catalog.models import Annotations, Tool
from toolhub.catalog.models.empty import empty_value
from toolhub.catalog.permissions import CATALOG
from toolhub.catalog.services.batch import ToolBatch
from toolhub.catalog.toolinfo import parse_record, schema
from toolhub.core.changes import recording
from toolhub.core.db import retrying
from toolhub.core.errors import FieldError, InvalidInput, NotFound

CHOICES = {
    "audiences": schema.AUDIENCES,
    "content_types": schema.CONTENT_TYPES,
    "tasks": schema.TASKS,
    "subject_domains": schema.SUBJECT_DOMAINS,
}
QID = re.compile(r"Q[1-9]\d{0,30}")


def annotations_update(
    *, actor: Actor, name: str, fields: Mapping[str, Any], comment: str
) -> Annotations:
    """Sets the named community fields of a listed tool; what is the same already is not written.

    Raises NotFound, and InvalidInput naming each field whose value breaks its rule.
    """
    user = CATALOG.require(actor, "annotations.change")
    stated = _checked(fields)

    def write() -> Annotations:
        with recording():
            tool = Tool.objects.select_for_update().listed().filter(name=name).first()
            if tool is None:
                raise NotFound(f"There is no tool named {name}.")
            changed = _apply(tool.annotations, stated)
            if changed:
                tool.annotations.save(update_fields=changed)
                gathered = ToolBatch(user, comment)
                gathered.update(tool, [], LogEntry.Action.UPDATED)
                gathered.flush()
        return tool.annotations

    return retrying(write)


def _apply(annotations: Annotations, fields: Mapping[str, Any]) -> list[str]:
    changed = []
    for name in ANNOTATION_FIELDS:
        if name in fields and not is_same(getattr(annotations, name), fields[name]):
            value = fields[name]
            setattr(annotations, name, empty_value(Annotations, name) if value is None else value)
            changed.append(name)
    return changed


def _checked(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The stated community fields, normalised as a toolinfo.json is. Raises InvalidInput."""
    stated, errors = _shared(fields)
    for name, choices in CHOICES.items():
        if name in fields:
            values = list(fields[name] or [])
            stated[name] = values
            unknown = [value for value in values if value not in choices]
            errors += [FieldError(name, f"{one!r} is not a valid choice.", 2081) for one in unknown]
    if "wikidata_qid" in fields:
        stated["wikidata_qid"] = fields["wikidata_qid"] or None
        if stated["wikidata_qid"] and not QID.fullmatch(str(stated["wikidata_qid"])):
            errors.append(FieldError("wikidata_qid", "Write an item like Q42.", 3006))
    if errors:
        raise InvalidInput(*errors)
    return stated


def _shared(fields: Mapping[str, Any]) -> tuple[dict[str, Any], list[FieldError]]:
    shared = {name: fields[name] for name in SHARED_FIELDS if name in fields}
    parsed = parse_record(shared)
    errors = [
        FieldError(name, finding.message, 2012)
        for finding in parsed.errors
        if (name := finding.pointer.split("/")[1]) in shared
    ]
    return {name: parsed.fields.get(name) for name in shared}, errors
