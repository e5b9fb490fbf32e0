"""The toolinfo schema 1.2.2 as data: the one place that knows the fields.

Adding a field is one line in `FIELDS`; what its kind means is in `conform.py` (is it valid as
written?) and `normalise.py` (what do we keep?). The schema itself is published by Toolhub at
/static/jsonschema/toolinfo/1.2.2.json.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

SCHEMA_VERSIONS: Final = ("1.0.0", "1.1.1", "1.2.0", "1.2.1", "1.2.2")
DEFAULT_LANGUAGE: Final = "en"

NAME_PATTERN: Final = r"^[-\w]+$"
LANGUAGE_PATTERN: Final = r"^(x-.*|[A-Za-z]{2,3}(-.*)?)$"
FOR_WIKIS_PATTERN: Final = (
    r"^(\*|(.*)?\.?(mediawiki|wiktionary"
    r"|wiki(pedia|quote|books|source|news|versity|data|voyage|media))\.org)$"
)
ICON_PATTERN: Final = r"^https://commons\.wikimedia\.org/wiki/File:.+\..+$"
SCHEMA_ID_PATTERN: Final = r"(/toolinfo/\d+\.\d+\.\d+)(?:\.json)?$"

TEXT_MAX_LENGTH: Final = 255
DESCRIPTION_MAX_LENGTH: Final = 65535
URL_MAX_LENGTH: Final = 2047
LANGUAGE_MAX_LENGTH: Final = 16
TOOL_TYPE_MAX_LENGTH: Final = 32
SCHEMA_MAX_LENGTH: Final = 32
# Not in the schema: every Wikimedia wiki at once still fits.
MAX_LIST_ITEMS: Final = 1200
# What one record may keep of keys that are not toolinfo, as JSON.
MAX_EXTRA_BYTES: Final = 20_000

TOOL_TYPES: Final = (
    "web app",
    "desktop app",
    "bot",
    "gadget",
    "user script",
    "command line tool",
    "coding framework",
    "lua module",
    "template",
    "other",
)
AUDIENCES: Final = ("admin", "organizer", "editor", "reader", "researcher", "developer")
CONTENT_TYPES: Final = (
    "article",
    "audio",
    "book",
    "data::bibliography",
    "data::category",
    "data::diff",
    "data::event",
    "data::geography",
    "data::linguistic",
    "data::page_metadata",
    "data::structured",
    "data::user",
    "discussion",
    "draft",
    "email",
    "image",
    "link",
    "list",
    "log",
    "map",
    "reference",
    "software",
    "template",
    "video",
    "watchlist",
    "webpage",
    "wikitext",
)
TASKS: Final = (
    "analysis",
    "annotating",
    "archiving",
    "categorizing",
    "citing",
    "communication",
    "converting",
    "creating",
    "deleting",
    "disambiguation",
    "downloading",
    "editing",
    "event_planning",
    "tools",
    "policy_violation",
    "spam",
    "vandalism",
    "ranking",
    "merging",
    "migrating",
    "patrolling",
    "project_management",
    "reading",
    "recommending",
    "translating",
    "uploading",
    "user_management",
    "warnings",
)
SUBJECT_DOMAINS: Final = (
    "biography",
    "cultural",
    "education",
    "geography",
    "glam",
    "history",
    "language",
    "outreach",
    "science",
)


class Kind(Enum):
    """What a value means, and so which rules read it."""

    NAME = auto()
    TEXT = auto()
    LONG_TEXT = auto()
    EMAIL = auto()
    URL = auto()
    ICON = auto()
    FLAG = auto()
    TOOL_TYPE = auto()
    KEYWORDS = auto()
    AUTHORS = auto()
    TEXTS = auto()
    WIKIS = auto()
    LANGUAGE = auto()
    LANGUAGES = auto()
    LINKS = auto()
    LINKS_OR_URL = auto()
    SCHEMA_ID = auto()


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    kind: Kind
    max_length: int = TEXT_MAX_LENGTH
    required: bool = False


FIELDS: Final = (
    Field("name", Kind.NAME, required=True),
    Field("title", Kind.TEXT, required=True),
    Field("description", Kind.LONG_TEXT, DESCRIPTION_MAX_LENGTH, required=True),
    Field("url", Kind.URL, URL_MAX_LENGTH, required=True),
    Field("keywords", Kind.KEYWORDS, URL_MAX_LENGTH),
    Field("author", Kind.AUTHORS),
    Field("repository", Kind.URL, URL_MAX_LENGTH),
    Field("subtitle", Kind.TEXT),
    Field("openhub_id", Kind.TEXT),
    Field("url_alternates", Kind.LINKS, URL_MAX_LENGTH),
    Field("bot_username", Kind.TEXT),
    Field("deprecated", Kind.FLAG),
    Field("replaced_by", Kind.URL, URL_MAX_LENGTH),
    Field("experimental", Kind.FLAG),
    Field("for_wikis", Kind.WIKIS),
    Field("icon", Kind.ICON, URL_MAX_LENGTH),
    Field("license", Kind.TEXT),
    Field("sponsor", Kind.TEXTS),
    Field("available_ui_languages", Kind.LANGUAGES, LANGUAGE_MAX_LENGTH),
    Field("technology_used", Kind.TEXTS),
    Field("tool_type", Kind.TOOL_TYPE, TOOL_TYPE_MAX_LENGTH),
    Field("api_url", Kind.URL, URL_MAX_LENGTH),
    Field("developer_docs_url", Kind.LINKS_OR_URL, URL_MAX_LENGTH),
    Field("user_docs_url", Kind.LINKS_OR_URL, URL_MAX_LENGTH),
    Field("feedback_url", Kind.LINKS_OR_URL, URL_MAX_LENGTH),
    Field("privacy_policy_url", Kind.LINKS_OR_URL, URL_MAX_LENGTH),
    Field("translate_url", Kind.URL, URL_MAX_LENGTH),
    Field("bugtracker_url", Kind.URL, URL_MAX_LENGTH),
    Field("_schema", Kind.SCHEMA_ID, SCHEMA_MAX_LENGTH),
    Field("_language", Kind.LANGUAGE, LANGUAGE_MAX_LENGTH),
)
PERSON_FIELDS: Final = (
    Field("name", Kind.TEXT, required=True),
    Field("wiki_username", Kind.TEXT),
    Field("developer_username", Kind.TEXT),
    Field("email", Kind.EMAIL),
    Field("url", Kind.URL, URL_MAX_LENGTH),
)
LINK_FIELDS: Final = (
    Field("language", Kind.LANGUAGE, LANGUAGE_MAX_LENGTH),
    Field("url", Kind.URL, URL_MAX_LENGTH),
)

FIELD_BY_NAME: Final = {field.name: field for field in FIELDS}
REQUIRED: Final = tuple(field.name for field in FIELDS if field.required)

# Spellings of earlier versions: 1.1.1 wrote toolinfo_language, 1.2.0 $schema and $language.
ALIASES: Final = {
    "$schema": "_schema",
    "$language": "_language",
    "toolinfo_language": "_language",
}
# JSON has no comments, so people write them as keys. That deserves no warning.
COMMENT_KEYS: Final = frozenset({"comment", "_comment", "$comment", "//"})
