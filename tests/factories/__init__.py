"""The smallest valid things, made through the services that make them in the product."""

from __future__ import annotations

from typing import Any

from toolhub.accounts.models import User
from toolhub.accounts.services import user_create
from toolhub.catalog.models import Tool
from toolhub.catalog.services.imports import ToolWrite, tools_import


def user_make(username: str = "Alice") -> User:
    return User.objects.filter(username=username).first() or user_create(username=username)


def tool_make(name: str = "a-tool", *, actor: User | None = None, **fields: Any) -> Tool:
    """A listed tool as a crawl would have brought it; `_schema` and `_language` are given in a dict `more`."""
    more = fields.pop("more", {})
    stated = {
        "title": name.replace("-", " ").capitalize(),
        "description": "Does one thing.",
        "url": f"https://{name}.example.org/",
        **fields,
        **more,
    }
    write = ToolWrite(name, stated)
    written = tools_import(actor=actor or user_make(), writes=[write], comment="made for a test")
    return written[0].tool
