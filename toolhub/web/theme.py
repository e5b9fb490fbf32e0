"""Light, dark, or what the reader's system says; kept in a cookie, so that it works without JavaScript."""

from __future__ import annotations

COOKIE = "theme"
THEMES = ("auto", "light", "dark")
