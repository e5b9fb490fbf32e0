"""ETag, 304 and Cache-Control of everything programs read.

A tag is `"<seq>-<code>-<digest>"`: the newest change there was *before* the body was read, the code that runs, and a
digest of the body; a detail ends in `-r<revision>`, which `If-Match` reads. Since the number is read first, an old
body never gets a new tag. Who asks anonymously with a tag of the newest number and the same code has the newest body:
that is answered by one query, before session, language and login. After the view, an equal digest is a 304 as well.
"""

from __future__ import annotations

import hashlib
import re
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from toolhub.core.changes import newest_seq
from toolhub.core.version import code_version
from toolhub.core.web.requests import READS, Handler, is_anonymous, is_public_data

SEQUENCED = (
    "/api/auditlogs/",
    "/api/changes/",
    "/api/crawler/urls/",
    "/api/groups/",
    "/api/lists/",
    "/api/recent/",
    "/api/spdx/",
    "/api/tools/",
    "/feeds/list/",
    "/feeds/new.atom",
    "/feeds/updated.atom",
)
"""Whose bodies depend on nothing but the change sequence and the address. The others are tagged by their bytes."""

Response = TypeVar("Response", bound=HttpResponseBase)

OPEN = "public, max-age=0, stale-while-revalidate=60, stale-if-error=86400"
CLOSED = "private, no-store"
TAG = re.compile(
    r'(?:W/)?"(?P<state>\d+-[0-9a-f]{8})-(?P<digest>[0-9a-f]{16})(?:-r(?P<revision>\d{1,18}))?"'
)


class ConditionalMiddleware:
    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_public_data(request):
            return self.get_response(request)
        if request.method not in READS:
            response = self.get_response(request)
            response.headers.setdefault("Cache-Control", CLOSED)
            return response
        known = list(TAG.finditer(request.headers.get("If-None-Match", "")[:4096]))
        state = self._state(request)
        for tag in known if state[0] != "0" else ():
            if tag["state"] == state:
                return self._headers(request, HttpResponse(status=304), tag[0].removeprefix("W/"))
        response = self.get_response(request)
        if response.status_code != 200 or response.streaming or response.cookies:
            response.headers.setdefault("Cache-Control", CLOSED)
            return response
        return self._tagged(request, response, state, {tag["digest"] for tag in known})

    def _state(self, request: HttpRequest) -> str:
        is_sequenced = is_anonymous(request) and request.path.startswith(SEQUENCED)
        # Number 0 says that the number does not vouch for the body.
        return f"{newest_seq() if is_sequenced else 0}-{code_version()}"

    def _tagged(
        self, request: HttpRequest, response: HttpResponseBase, state: str, known: set[str]
    ) -> HttpResponseBase:
        content: bytes = response.content  # type: ignore[attr-defined]
        digest = hashlib.blake2b(content, digest_size=8).hexdigest()
        revision = response.headers.get("ETag", "").strip('"')
        if digest in known:
            response = HttpResponse(status=304)
        tag = f'"{state}-{digest}-{revision}"' if revision else f'"{state}-{digest}"'
        return self._headers(request, response, tag)

    def _headers(
        self, request: HttpRequest, response: HttpResponseBase, tag: str
    ) -> HttpResponseBase:
        response.headers["ETag"] = tag
        response.headers.setdefault("Cache-Control", OPEN if is_anonymous(request) else CLOSED)
        # A body that the sequence vouches for is the same in every language and media type.
        varies = () if request.path.startswith(SEQUENCED) else ("Accept", "Accept-Language")
        patch_vary_headers(response, (*varies, "Authorization", "Cookie"))
        if response.status_code == 304:
            del response.headers["Content-Type"]
        return response


def tag_revision(response: Response, revision_id: int) -> Response:
    """Names the revision that the body shows, so that the next write can say `If-Match`."""
    response.headers["ETag"] = f'"r{revision_id}"'
    return response
