"""Who may do what with registered addresses."""

from __future__ import annotations

from toolhub.accounts.permissions import ADMINISTRATOR, Permissions, anyone, creator, either

CRAWLER = Permissions(
    {
        "url.create": anyone,
        "url.change": either(creator, ADMINISTRATOR),
        "url.delete": either(creator, ADMINISTRATOR),
    }
)
