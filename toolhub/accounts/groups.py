"""The four groups of the catalogue, by the names the API shows."""

from __future__ import annotations

ADMINISTRATORS = "Administrators"
BUREAUCRATS = "Bureaucrats"
OVERSIGHTERS = "Oversighters"
PATROLLERS = "Patrollers"

ALL = (ADMINISTRATORS, BUREAUCRATS, OVERSIGHTERS, PATROLLERS)
