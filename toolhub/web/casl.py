"""Which rights /api/user/ tells, in the names its clients know. Wired here, where every app may be asked."""

from __future__ import annotations

from typing import Any

from crawler.permissions import CRAWLER
from toolhub.accounts.casl import Right
from toolhub.accounts.models import User
from toolhub.accounts.permissions import ACCOUNTS, ADMINISTRATOR, anyone, either, owner
from toolhub.catalog.permissions import CATALOG

GROUP, URL, LIST = "auth/group", "crawler/url", "lists/toollist"
APPLICATION, TOKEN = "oauth2_provider/application", "oauth2_provider/accesstoken"
VERSION, ANNOTATIONS, TOOL, USER = (
    "reversion/version",
    "toolinfo/annotations",
    "toolinfo/tool",
    "user/toolhubuser",
)
BY_API = {"origin": "api"}
"""Clients offer to edit what was made through the API; what a crawler brings is edited at its source."""


def oneself(actor: User, thing: Any) -> bool:
    return bool(thing.pk == actor.pk)


RIGHTS = (
    Right(GROUP, "view"),
    Right(GROUP, "add", ADMINISTRATOR),
    Right(GROUP, "change", ACCOUNTS.rules["member.change"]),
    Right(GROUP, "delete", ACCOUNTS.rules["member.change"]),
    Right(URL, "view"),
    Right(URL, "add", CRAWLER.rules["url.create"]),
    Right(URL, "change", CRAWLER.rules["url.change"]),
    Right(URL, "delete", CRAWLER.rules["url.delete"]),
    Right("crawler/run", "view"),
    Right("crawler/runurl", "view"),
    Right(LIST, "view"),
    Right(LIST, "add", CATALOG.rules["toollist.create"]),
    Right(LIST, "change", CATALOG.rules["toollist.change"]),
    Right(LIST, "delete", CATALOG.rules["toollist.delete"]),
    Right(LIST, "feature", CATALOG.rules["toollist.feature"]),
    Right(APPLICATION, "view"),
    Right(APPLICATION, "add", ACCOUNTS.rules["application.create"]),
    Right(APPLICATION, "change", ACCOUNTS.rules["application.change"]),
    Right(APPLICATION, "delete", ACCOUNTS.rules["application.delete"]),
    Right(TOKEN, "view", either(owner, ADMINISTRATOR)),
    Right(TOKEN, "delete", either(owner, ADMINISTRATOR)),
    Right(VERSION, "view", CATALOG.rules["revision.see_suppressed"]),
    Right(VERSION, "view", extra={"suppressed": False}),
    Right(VERSION, "add", anyone),
    Right(VERSION, "change", CATALOG.rules["revision.suppress"]),
    Right(VERSION, "delete", ADMINISTRATOR),
    Right(VERSION, "patrol", CATALOG.rules["revision.patrol"]),
    Right(ANNOTATIONS, "view"),
    Right(ANNOTATIONS, "add", CATALOG.rules["annotations.change"]),
    Right(ANNOTATIONS, "change", CATALOG.rules["annotations.change"]),
    Right(ANNOTATIONS, "delete", ADMINISTRATOR),
    Right(TOOL, "view"),
    Right(TOOL, "add", CATALOG.rules["tool.create"]),
    Right(TOOL, "change", CATALOG.rules["tool.change"], BY_API),
    Right(TOOL, "delete", CATALOG.rules["tool.delete"], BY_API),
    Right(USER, "view"),
    Right(USER, "change", either(oneself, ADMINISTRATOR)),
    Right(USER, "delete", either(oneself, ADMINISTRATOR)),
)
