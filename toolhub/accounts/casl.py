"""The rights of a person as CASL rules, which the API's clients decide by what to offer.

They are not written down a second time: each rule of our permissions is asked about a thing of nobody's, then about a
thing that is the person's own in one way. What makes the answer yes is the condition of the CASL rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from toolhub.accounts.models import User
from toolhub.accounts.permissions import Actor, Rule


@dataclass(frozen=True, slots=True)
class Right:
    """What may be done to a kind of thing, by whom (None: by everybody), and the facts that must hold besides."""

    subject: str
    action: str
    rule: Rule | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Probe:
    """A thing that is somebody's in one way, or nobody's."""

    created_by_id: int | None = None
    user_id: int | None = None
    pk: int | None = None


def casl_rules(actor: Actor, rights: Iterable[Right]) -> list[dict[str, Any]]:
    rules = []
    for right in rights:
        conditions = {} if right.rule is None else _conditions(actor, right.rule)
        if conditions is None:
            continue
        rule: dict[str, Any] = {"action": right.action, "subject": right.subject}
        if conditions or right.extra:
            rule["conditions"] = {**conditions, **right.extra}
        rules.append(rule)
    return rules


def _conditions(actor: Actor, rule: Rule) -> dict[str, Any] | None:
    """Under which the rule lets this person; None when it never does."""
    if not isinstance(actor, User) or not actor.is_active:
        return None
    if rule(actor, Probe()):
        return {}
    own = {
        "created_by.id": Probe(created_by_id=actor.pk),
        "user.id": Probe(user_id=actor.pk),
        "id": Probe(pk=actor.pk),
    }
    return next(({name: actor.pk} for name, thing in own.items() if rule(actor, thing)), None)
