"""A tool in the vocabulary of schema.org, for search engines that read the page. Pure."""

from __future__ import annotations

from typing import Any

import orjson

Document = dict[str, Any]

SPDX = "https://spdx.org/licenses/{}.html"
ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def tool_jsonld(document: Document, page_url: str) -> Document:
    """Only what is stated is in it."""
    notes = document["annotations"]
    qid = notes.get("wikidata_qid")
    stated = {
        "@context": "https://schema.org",
        "@type": "SoftwareApplication",
        "@id": page_url,
        "mainEntityOfPage": page_url,
        "name": document["title"],
        "alternateName": document["subtitle"],
        "description": document["description"],
        "url": document["url"],
        "sameAs": f"https://www.wikidata.org/wiki/{qid}" if qid else None,
        "applicationCategory": document["tool_type"] or notes.get("tool_type"),
        "keywords": document["keywords"],
        "author": [_person(author) for author in document["author"]],
        "sponsor": [{"@type": "Organization", "name": name} for name in document["sponsor"]],
        "license": SPDX.format(document["license"]) if document["license"] else None,
        "softwareHelp": _first_url(document["user_docs_url"] or notes.get("user_docs_url")),
        "isAccessibleForFree": True,
        "inLanguage": document["available_ui_languages"] or notes.get("available_ui_languages"),
        "dateCreated": document["created_date"],
        "dateModified": document["modified_date"],
    }
    return {key: value for key, value in stated.items() if value}


def jsonld_script(data: Document) -> str:
    """JSON that may stand inside a script element: nothing in it can end the element."""
    text = orjson.dumps(data).decode()
    for character, escaped in ESCAPES.items():
        text = text.replace(character, escaped)
    return text


def _person(author: Document) -> Document:
    person = {"@type": "Person", "name": author["name"], "url": author.get("url")}
    return {key: value for key, value in person.items() if value}


def _first_url(links: list[Document] | None) -> str | None:
    return links[0].get("url") if links else None
