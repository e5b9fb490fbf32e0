"""The one place that asks what time it is, so that tests can answer."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """The current time, aware, in UTC, without microseconds the database would round away."""
    return timezone.now()
