"""A tool on other sites: oEmbed and badge; and what browsers and robots ask for."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit
from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from toolhub.catalog.selectors.pages import shown, tool_document
from toolhub.catalog.views.feeds import UNWRITABLE
from toolhub.core.errors import NotFound
from toolhub.core.rest.errors import envelope

OEMBED_SECONDS = 3600
ROBOTS = """User-agent: *
Disallow: /api/
Disallow: /o/
Disallow: /search?
Disallow: /user/

Sitemap: {sitemap}
"""
OPENSEARCH = """<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
  <ShortName>Toolhub</ShortName>
  <Description>Tools for contributors to Wikimedia projects</Description>
  <InputEncoding>UTF-8</InputEncoding>
  <Url type="text/html" rel="results" template="{search}?q={{searchTerms}}"/>
  <Url type="application/atom+xml" rel="results" template="{feed}?q={{searchTerms}}"/>
  <Url type="application/opensearchdescription+xml" rel="self" template="{self}"/>
</OpenSearchDescription>
"""
BADGE = """<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" role="img" aria-label="Toolhub: {label}">
<title>Toolhub: {label}</title>
<rect width="{width}" height="20" rx="3" fill="#404244"/>
<rect x="56" width="{right}" height="20" rx="3" fill="{colour}"/>
<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
<text x="6" y="14" textLength="44" lengthAdjust="spacingAndGlyphs">Toolhub</text>
<text x="62" y="14" textLength="{length}" lengthAdjust="spacingAndGlyphs">{label}</text>
</g></svg>
"""
# The state, and a colour on which white text has a contrast of at least 4.5.
STATES = (("deprecated", "#b32424"), ("experimental", "#8a5a00"))
LISTED = ("listed", "#14866d")
LETTER_PIXELS = 7


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """Raises nothing: its errors are JSON, for programs (https://oembed.com, section 2.3.4)."""
    if request.GET.get("format", "json") != "json":
        return JsonResponse(envelope(501, "Only format=json is there."), status=501)
    try:
        document = tool_document(_tool_name(request))
    except NotFound as error:
        return JsonResponse(envelope(404, error.message), status=404)
    authors = [author["name"] for author in document["author"]]
    return JsonResponse(
        {
            "version": "1.0",
            "type": "link",
            "title": document["title"],
            "description": document["description"],
            "author_name": ", ".join(authors),
            "provider_name": "Toolhub",
            "provider_url": request.build_absolute_uri("/"),
            "cache_age": OEMBED_SECONDS,
        }
    )


@require_safe
def tool_badge(request: HttpRequest, name: str) -> HttpResponse:
    document = tool_document(name)
    label, colour = next((one for one in STATES if shown(document, one[0])), LISTED)
    length = len(label) * LETTER_PIXELS
    svg = BADGE.format(
        label=label, colour=colour, length=length, right=length + 12, width=length + 68
    )
    return HttpResponse(svg, content_type="image/svg+xml")


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    addresses = {
        "search": reverse("catalog:tool-search"),
        "feed": reverse("catalog:feed-search"),
        "self": request.path,
    }
    body = OPENSEARCH.format(
        **{name: escape(request.build_absolute_uri(path)) for name, path in addresses.items()}
    )
    return HttpResponse(body, content_type="application/opensearchdescription+xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    sitemap = request.build_absolute_uri(reverse("catalog:sitemap"))
    return HttpResponse(ROBOTS.format(sitemap=sitemap), content_type="text/plain; charset=utf-8")


def _tool_name(request: HttpRequest) -> str:
    """The tool whose page the address is. Raises NotFound for an address of anything else."""
    raw = request.GET.get("url", "")
    try:
        parts = urlsplit(raw)
    except ValueError:
        parts = urlsplit("")
    is_ours = parts.scheme in {"http", "https"} and parts.netloc == request.get_host()
    prefix, _, name = unquote(parts.path).rstrip("/").rpartition("/")
    if not is_ours or prefix != "/tools" or not name or UNWRITABLE.search(name):
        raise NotFound("url: write the address of a tool's page on this site.")
    return name
