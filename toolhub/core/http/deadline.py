from __future__ import annotations

import time

from toolhub.core.http.errors import OutboundError


class Deadline:
    """The clock of one call, from its first DNS question to its last byte."""

    def __init__(self, seconds: float) -> None:
        self._started = time.monotonic()
        self._ends = self._started + seconds

    def remaining(self) -> float:
        """Seconds left, always more than zero. Raises OutboundError("deadline") when none are."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise OutboundError("deadline")
        return left

    def elapsed_ms(self) -> int:
        return round((time.monotonic() - self._started) * 1000)
