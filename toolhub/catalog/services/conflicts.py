"""`If-Match` on edits: what was read is what is changed, and two people's edits are joined where they do not collide.

An ETag of a tool or a list ends in the number of the revision it shows (see `core.web.conditional`). An edit of an
older revision goes through when nobody else changed the same fields since, not even to the same value (of many equal
edits at once one wins); fields that it only repeats from that revision count as not edited. Otherwise both versions come back, for a person to choose.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from toolhub.catalog.fields import ATTRIBUTES, is_same
from toolhub.catalog.models import Revision
from toolhub.catalog.selectors.revisions import Thing, revisions_of
from toolhub.core.errors import ToolhubError

TAG = re.compile(r'(?:W/)?"(?:[0-9a-f-]{1,64}-)?r(\d{1,18})"')
PUBLIC_NAMES = {attribute: name for name, attribute in ATTRIBUTES.items()}


class EditConflict(ToolhubError):
    """Somebody else edited the same fields, or it is not known what was read."""

    status = 412
    code = "edit_conflict"

    def __init__(self, message: str, **versions: Any) -> None:
        super().__init__(message)
        self.details = versions


def edit_merge(
    *, if_match: str, thing: Thing, stated: Mapping[str, Any], part: str = ""
) -> dict[str, Any]:
    """The fields that are to be set, under the lock of the thing; all of them when nobody asked for a check.

    `stated` are normalised values by public name or attribute; `part` is the key of the document that they are in.
    Raises EditConflict.
    """
    newest, base = _named(if_match, thing)
    if newest is None or (base is not None and base.pk == newest.pk):
        return dict(stated)
    if base is None or base.suppressed:
        message = (
            "Your edit names no version that is known here. Read the newest one and edit that."
        )
        raise EditConflict(message, current=newest.snapshot)
    before, current = _part(base, part), _part(newest, part)
    edited, lost = {}, []
    for attribute, value in stated.items():
        name = PUBLIC_NAMES.get(attribute, attribute)
        if is_same(before.get(name), value):
            continue
        edited[attribute] = value
        if not is_same(before.get(name), current.get(name)):
            lost.append(name)
    if lost:
        raise EditConflict(
            f"Somebody else changed {', '.join(lost)} since you read it. Choose between both versions.",
            current=newest.snapshot,
            base=base.snapshot,
            yours={PUBLIC_NAMES.get(name, name): value for name, value in stated.items()},
        )
    return edited


def delete_check(*, if_match: str, thing: Thing) -> None:
    """Whoever deletes must have seen the newest version. Raises EditConflict."""
    newest, base = _named(if_match, thing)
    if newest is not None and (base is None or base.pk != newest.pk):
        message = (
            "It was changed since you read it. Look at the newest version before you delete it."
        )
        seen = base.snapshot if base is not None and not base.suppressed else None
        raise EditConflict(message, current=newest.snapshot, base=seen)


def revision_newest_id(thing: Thing) -> int:
    """The revision that a reader sees now; 0 for a thing without history."""
    return revisions_of(thing).order_by("-number").values_list("pk", flat=True).first() or 0


def _named(if_match: str, thing: Thing) -> tuple[Revision | None, Revision | None]:
    """The newest revision and the one that the header names; (None, None) when any version will do."""
    if not if_match.strip() or if_match.strip() == "*":
        return None, None
    revisions = revisions_of(thing).order_by("-number")
    numbers = [int(number) for number in TAG.findall(if_match[:4096])]
    return revisions.first(), revisions.filter(pk__in=numbers).first()


def _part(revision: Revision, part: str) -> dict[str, Any]:
    snapshot: dict[str, Any] = revision.snapshot
    return snapshot[part] if part else snapshot
