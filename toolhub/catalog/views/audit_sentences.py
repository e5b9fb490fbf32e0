"""The audit log in words: one whole sentence for each act, so that every language can put its parts in order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from toolhub.accounts.labels import group_label
from toolhub.catalog.selectors.revisions import HIDDEN_USER_ID

Entry = Mapping[str, Any]

# Translators: {user} is who did it; all parts in braces are links. They may stand in any order.
SENTENCES: dict[tuple[str, str], str | Promise] = {
    ("created", "tool"): _("{user} created the tool {target}"),
    ("updated", "tool"): _("{user} changed the tool {target}"),
    ("deleted", "tool"): _("{user} deleted the tool {target}"),
    ("created", "toollist"): _("{user} created the list {target}"),
    ("updated", "toollist"): _("{user} changed the list {target}"),
    ("deleted", "toollist"): _("{user} deleted the list {target}"),
    ("featured", "toollist"): _("{user} featured the list {target}"),
    ("unfeatured", "toollist"): _("{user} ended the featuring of the list {target}"),
    ("created", "url"): _("{user} registered the address {target}"),
    ("updated", "url"): _("{user} moved a registration to the address {target}"),
    ("deleted", "url"): _("{user} removed the address {target}"),
    ("created", "user"): _("The account {target} was created"),
    ("updated", "user"): _("The account {target} was changed"),
    ("deleted", "user"): _("The account {target} was deleted"),
    ("added to", "group"): _("{user} added {member} to the group {target}"),
    ("removed from", "group"): _("{user} removed {member} from the group {target}"),
    ("hid", "version"): _("{user} hid the revision {target} of {thing}"),
    ("revealed", "version"): _("{user} showed the revision {target} of {thing} again"),
    ("patrolled", "version"): _("{user} patrolled the revision {target} of {thing}"),
}
OTHER = _("{user} did something with {target}")
ICONS = {
    "created": "add",
    "updated": "edit",
    "deleted": "trash",
    "added to": "userAdd",
    "removed from": "userGroup",
    "hid": "eyeClosed",
    "revealed": "eye",
    "patrolled": "check",
    "featured": "unStar",
    "unfeatured": "star",
}


def sentence(entry: Entry) -> SafeString:
    """The entry in the reader's language, with links; every part that somebody wrote is escaped and isolated."""
    words = str(SENTENCES.get((entry["action"], entry["target"]["type"]), OTHER))
    return format_html(
        words,
        user=_person(entry["user"]),
        target=_target(entry),
        member=_person(entry["params"].get("user")),
        thing=_thing(entry["params"]),
    )


def revision_href(entry: Entry) -> str:
    """Where the version that the act made can be read, if it made one."""
    revision = entry["params"].get("revision")
    target = entry["target"]
    if not revision:
        return ""
    if target["type"] == "tool":
        return _href("catalog:tool-revision", target["id"], revision)
    return _href("catalog:list-revision", target["id"], revision)


def icon_name(entry: Entry) -> str:
    return ICONS.get(entry["action"], "infoFilled")


def _target(entry: Entry) -> SafeString:
    target = entry["target"]
    name, key = target["label"] or str(target["id"]), target["id"]
    match target["type"]:
        case "tool":
            return _link(_href("catalog:tool-detail", key), name)
        case "toollist":
            return _link(_href("catalog:list-detail", key), name)
        case "url":
            return _link(_href("crawler:url-detail", key), name)
        case "user":
            return _person({"username": name})
        case "group":
            return _link(f"{_href('accounts:members')}?groups__id={key}", group_label(name))
    return _version(entry)


def _version(entry: Entry) -> SafeString:
    params, number = entry["params"], entry["target"]["id"]
    if name := params.get("tool_name"):
        return _link(_href("catalog:tool-revision", name, number), str(number))
    if toollist := params.get("toollist"):
        return _link(_href("catalog:list-revision", toollist["id"], number), str(number))
    return _link("", str(number))


def _thing(params: Mapping[str, Any]) -> SafeString:
    if name := params.get("tool_name"):
        return _link(_href("catalog:tool-detail", name), name)
    toollist = params.get("toollist") or {"id": 0, "title": gettext("something that is gone")}
    return _link(_href("catalog:list-detail", toollist["id"]), toollist["title"])


def _person(user: Mapping[str, Any] | None) -> SafeString:
    if user is None:
        return format_html('<span class="muted">{}</span>', gettext("Somebody"))
    if user.get("id") == HIDDEN_USER_ID:
        return format_html('<span class="muted">{}</span>', gettext("A hidden user"))
    query = urlencode({"user": user["username"]})
    return _link(f"{_href('catalog:recent-changes')}?{query}", user["username"])


def _href(route: str, *parts: object) -> str:
    """The page's address; empty when no page of this part exists or its name cannot be in one."""
    try:
        return reverse(route, args=parts)
    except NoReverseMatch:
        return ""


def _link(href: str, text: str) -> SafeString:
    if not href:
        return format_html("<bdi>{}</bdi>", text)
    return format_html('<a href="{}"><bdi>{}</bdi></a>', href, text)
