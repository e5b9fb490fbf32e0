from __future__ import annotations

from collections.abc import Iterable

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

PROBLEM = "application/problem+json"


def accepts_problem(accept: str) -> bool:
    """Whether the Accept header asks for problem documents; `q=0` refuses them."""
    for item in accept.lower().split(","):
        media_type, _, parameters = item.partition(";")
        if media_type.strip() == PROBLEM:
            return parameters.replace(" ", "") not in {"q=0", "q=0.0"}
    return False


class ContentNegotiation(DefaultContentNegotiation):
    """Who accepts problem documents accepts JSON: only errors come as the former (see `core.web.api_errors`)."""

    def get_accept_list(self, request: Request) -> list[str]:
        accept = request.META.get("HTTP_ACCEPT", "")
        accepted: list[str] = super().get_accept_list(request) if accept.strip() else ["*/*"]
        return [*accepted, "application/json"] if accepts_problem(accept) else accepted

    def select_renderer(
        self,
        request: Request,
        renderers: Iterable[BaseRenderer],
        format_suffix: str | None = None,
    ) -> tuple[BaseRenderer, str]:
        """`?format=` chooses where there is a choice, as with the OpenAPI document; elsewhere it means nothing."""
        known = list(renderers)
        wanted = request.query_params.get("format")
        if len(known) > 1 and any(renderer.format == wanted for renderer in known):
            format_suffix = wanted
        chosen: tuple[BaseRenderer, str] = super().select_renderer(request, known, format_suffix)
        return chosen
