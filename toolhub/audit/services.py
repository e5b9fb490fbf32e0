from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser

from toolhub.audit.models import LogEntry


def log_entry(  # noqa: PLR0913 -- one row has these six facts
    *,
    actor: AbstractBaseUser | None,
    action: LogEntry.Action,
    target_type: LogEntry.Target,
    target_id: object,
    label: str = "",
    message: str = "",
    params: Mapping[str, Any] | None = None,
) -> LogEntry:
    """An unsaved row: the service that acts saves it, alone or in bulk, inside its own transaction."""
    return LogEntry(
        user_id=actor.pk if actor else None,
        action=action,
        target_type=target_type,
        target_id=str(target_id),
        target_label=label,
        message=message,
        params=dict(params or {}),
    )
