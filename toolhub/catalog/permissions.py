"""Who may do what in the catalogue."""

from __future__ import annotations

from toolhub.accounts import groups
from toolhub.accounts.permissions import (
    ADMINISTRATOR,
    Permissions,
    anyone,
    creator,
    either,
    in_group,
)

OVERSIGHT = in_group(groups.OVERSIGHTERS, groups.ADMINISTRATORS)

CATALOG = Permissions(
    {
        "tool.create": anyone,
        "tool.change": either(creator, OVERSIGHT),
        "tool.delete": either(creator, ADMINISTRATOR),
        "annotations.change": anyone,
        "toollist.create": anyone,
        "toollist.change": either(creator, OVERSIGHT),
        "toollist.delete": either(creator, ADMINISTRATOR),
        "toollist.feature": ADMINISTRATOR,
        "favourite.change": anyone,
        "webhook.change": anyone,
        "revision.suppress": OVERSIGHT,
        "revision.see_suppressed": OVERSIGHT,
        "revision.patrol": in_group(groups.PATROLLERS, groups.ADMINISTRATORS),
    }
)
