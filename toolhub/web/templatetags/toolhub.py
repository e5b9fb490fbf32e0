"""Tags and filters of the page frame: icons, safe links, page numbers, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from django import template
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.paginator import Page
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

register = template.Library()

# Icons that point somewhere; the style sheet mirrors them on right-to-left pages.
FLIPPED = frozenset(
    {
        "browser",
        "feedback",
        "flag",
        "linkExternal",
        "listBullet",
        "puzzle",
        "quotes",
        "references",
        "tag",
        "userGroup",
    }
)
SHAPES = re.compile(r"<svg[^>]*>\s*(?:<title>[^<]*</title>)?(?P<shapes>.*)</svg>", re.DOTALL)


def _icon_source(name: str) -> str:
    path = f"codex-icons/{name}.svg"
    found = finders.find(path)
    if found:
        return Path(found).read_text(encoding="utf-8")
    # An installation without node_modules/ still has what collectstatic gathered.
    with staticfiles_storage.open(path) as stored:
        return str(stored.read().decode())


@lru_cache(maxsize=256)
def _icon_shapes(name: str) -> SafeString:
    found = SHAPES.search(_icon_source(name))
    # The file comes from the pinned icon package, never from a user.
    return mark_safe(found["shapes"].strip() if found else "")  # noqa: S308


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """A Codex icon, drawn in the colour of the text beside it. Always decorative: the text carries the meaning."""
    small = " icon--small" if size == "small" else ""
    flip = " icon--flip" if name in FLIPPED else ""
    return format_html(
        '<svg class="icon{}{}" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">{}</svg>',
        small,
        flip,
        _icon_shapes(name),
    )


@register.filter
def web_address(value: object) -> str:
    """The address if a browser may open it (http or https), else nothing."""
    text = str(value or "").strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme.lower() in {"http", "https"} and parts.netloc else ""


@register.filter
def short_address(value: object) -> str:
    """An address as people read it: no scheme, no trailing slash."""
    return str(value or "").split("://", 1)[-1].removeprefix("www.").rstrip("/")


@register.filter
def host(value: object) -> str:
    return short_address(value).split("/", 1)[0]


@register.filter
def thousands(value: int | None) -> str:
    """A count as people of this language write it: 4,298."""
    return "" if value is None else number_format(value, 0, force_grouping=True)


@register.filter
def duration(seconds: float | None) -> str:
    """How long something took or takes, in the unit that fits."""
    if seconds is None:
        return ""
    if seconds < 10:
        # Translators: seconds.
        return gettext("%(number)s s") % {"number": number_format(seconds, 1 if seconds % 1 else 0)}
    if seconds < 120:
        return gettext("%(number)s s") % {"number": number_format(seconds, 0)}
    if seconds < 7200 and seconds != 3600:
        # Translators: minutes.
        return gettext("%(number)s min") % {"number": number_format(seconds / 60, 0)}
    # Translators: hours.
    return gettext("%(number)s h") % {"number": number_format(seconds / 3600, 0)}


@register.filter
def page_numbers(page: Page[object]) -> Iterator[str | int]:
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.filter
def content_language(code: object) -> str:
    """A language code that is safe to print in `lang`: empty means that the language is not known."""
    text = str(code or "")
    return text if text.replace("-", "").isalnum() and text.isascii() else ""


@register.simple_tag(takes_context=True)
def page_link(context: template.RequestContext, number: int, parameter: str = "") -> str:
    """This page's address with another page number; all else that was asked stays."""
    query = context.request.GET.copy()
    query[parameter or "page"] = str(number)
    return f"?{query.urlencode()}"
