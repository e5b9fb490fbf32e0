"""What the catalogue's codes are called on pages: facets, task and audience codes, wikis, languages, tool types."""

from __future__ import annotations

from django import template
from django.conf.locale import LANG_INFO
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

register = template.Library()

FACETS: dict[str, str | Promise] = {
    "tasks": _("Task"),
    "tool_type": _("Tool type"),
    "wiki": _("Works on"),
    "audiences": _("Audience"),
    "content_types": _("Content"),
    "subject_domains": _("Subject"),
    "ui_language": _("Interface language"),
    "keywords": _("Keyword"),
    "license": _("License"),
    "author": _("Author"),
    "origin": _("Record comes from"),
}

VALUES: dict[str, dict[str, str | Promise]] = {
    "tool_type": {
        "web app": _("Web app"),
        "desktop app": _("Desktop app"),
        "bot": _("Bot"),
        "gadget": _("Gadget"),
        "user script": _("User script"),
        "command line tool": _("Command line tool"),
        "coding framework": _("Coding framework"),
        "lua module": _("Lua module"),
        "template": _("Template"),
        "other": _("Other"),
    },
    "origin": {"crawler": _("toolinfo.json"), "api": _("API")},
    "audiences": {
        "admin": _("Administrators"),
        "organizer": _("Organisers"),
        "editor": _("Editors"),
        "reader": _("Readers"),
        "researcher": _("Researchers"),
        "developer": _("Developers"),
    },
    "tasks": {
        "analysis": _("Analysis"),
        "annotating": _("Annotating"),
        "archiving": _("Archiving"),
        "categorizing": _("Categorising"),
        "citing": _("Citing sources"),
        "communication": _("Communication"),
        "converting": _("Converting"),
        "creating": _("Creating pages"),
        "deleting": _("Deleting"),
        "disambiguation": _("Disambiguation"),
        "downloading": _("Downloading"),
        "editing": _("Editing"),
        "event_planning": _("Planning events"),
        "tools": _("Hosting tools"),
        "policy_violation": _("Finding policy violations"),
        "spam": _("Finding spam"),
        "vandalism": _("Fighting vandalism"),
        "ranking": _("Ranking"),
        "merging": _("Merging"),
        "migrating": _("Migrating"),
        "patrolling": _("Patrolling"),
        "project_management": _("Managing projects"),
        "reading": _("Reading"),
        "recommending": _("Recommending"),
        "translating": _("Translating"),
        "uploading": _("Uploading"),
        "user_management": _("Managing users"),
        "warnings": _("Warning users"),
    },
    "content_types": {
        "article": _("Articles"),
        "audio": _("Audio"),
        "book": _("Books"),
        "data::bibliography": _("Bibliographic data"),
        "data::category": _("Category data"),
        "data::diff": _("Diffs"),
        "data::event": _("Event data"),
        "data::geography": _("Geographic data"),
        "data::linguistic": _("Linguistic data"),
        "data::page_metadata": _("Page metadata"),
        "data::structured": _("Structured data"),
        "data::user": _("User data"),
        "discussion": _("Discussions"),
        "draft": _("Drafts"),
        "email": _("Email"),
        "image": _("Images"),
        "link": _("Links"),
        "list": _("Lists"),
        "log": _("Logs"),
        "map": _("Maps"),
        "reference": _("References"),
        "software": _("Software"),
        "template": _("Templates"),
        "video": _("Video"),
        "watchlist": _("Watchlists"),
        "webpage": _("Web pages"),
        "wikitext": _("Wikitext"),
    },
    "subject_domains": {
        "biography": _("Biography"),
        "cultural": _("Culture"),
        "education": _("Education"),
        "geography": _("Geography"),
        "glam": _("Galleries, libraries, archives, museums"),
        "history": _("History"),
        "language": _("Language"),
        "outreach": _("Outreach"),
        "science": _("Science"),
    },
    "wiki": {"*": _("Any Wikimedia wiki")},
}

SORTS: dict[str, str | Promise] = {
    "score": _("Relevance"),
    "-modified_date": _("Recently updated"),
    "-created_date": _("Newest"),
    "name": _("Name"),
}

TYPE_ICONS = {
    "web app": "browser",
    "desktop app": "window",
    "bot": "robot",
    "gadget": "puzzle",
    "user script": "code",
    "command line tool": "markup",
    "coding framework": "instance",
    "lua module": "function",
    "template": "templateAdd",
}


@register.filter
def facet_label(name: str) -> str:
    return str(FACETS.get(name, name))


@register.filter
def value_label(value: str | None, facet: str) -> str:
    """The words for one value of a facet; None is the facet's missing bucket, unknown codes stay as they are."""
    if value is None:
        return gettext("Not stated")
    if facet == "ui_language":
        return language_name(value)
    return str(VALUES.get(facet, {}).get(value, value))


@register.filter
def sort_label(name: str) -> str:
    return str(SORTS.get(name, name))


@register.filter
def language_name(code: str) -> str:
    """The language's own name where we know it, else its code."""
    info = LANG_INFO.get(code.lower(), {})
    return str(info.get("name_local", code)) if "fallback" not in info else code


@register.filter
def type_icon(tool_type: str | None) -> str:
    return TYPE_ICONS.get(tool_type or "", "settings")
