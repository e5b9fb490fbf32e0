"""What the groups are called on pages; the API keeps their names."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from toolhub.accounts import groups

GROUPS = {
    groups.ADMINISTRATORS: _("Administrators"),
    groups.BUREAUCRATS: _("Bureaucrats"),
    groups.OVERSIGHTERS: _("Oversighters"),
    groups.PATROLLERS: _("Patrollers"),
}


def group_label(name: str) -> str:
    return str(GROUPS.get(name, name))
