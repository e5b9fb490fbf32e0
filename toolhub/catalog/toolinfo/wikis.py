"""Host names of wikis from what people write instead: addresses and database names."""

from __future__ import annotations

import re
from typing import Final

_PROJECTS: Final = {
    "wiki": "wikipedia",
    "wiktionary": "wiktionary",
    "wikiquote": "wikiquote",
    "wikibooks": "wikibooks",
    "wikisource": "wikisource",
    "wikinews": "wikinews",
    "wikiversity": "wikiversity",
    "wikivoyage": "wikivoyage",
}
_SPECIAL: Final = {
    "commonswiki": "commons.wikimedia.org",
    "incubatorwiki": "incubator.wikimedia.org",
    "mediawikiwiki": "www.mediawiki.org",
    "metawiki": "meta.wikimedia.org",
    "outreachwiki": "outreach.wikimedia.org",
    "specieswiki": "species.wikimedia.org",
    "wikidatawiki": "www.wikidata.org",
}
_DBNAME: Final = re.compile(rf"([a-z]{{2,}}(?:_[a-z]+)*?)({'|'.join(_PROJECTS)})")
_ADDRESS: Final = re.compile(r"(?:https?:)?//([^/?#:]+)(?:[/?#:].*)?|([^/?#:]+\.org)/.*")


def read_wiki(text: str) -> str | None:
    """`https://en.wikipedia.org/wiki/X` and `enwiki` both mean en.wikipedia.org; else None."""
    text = text.lower()
    if address := _ADDRESS.fullmatch(text):
        return address[1] or address[2]
    if text in _SPECIAL:
        return _SPECIAL[text]
    if dbname := _DBNAME.fullmatch(text):
        return f"{dbname[1].replace('_', '-')}.{_PROJECTS[dbname[2]]}.org"
    return None
