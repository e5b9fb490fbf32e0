from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from crawler.models import Run, RunUrl, Url, UrlTool
from toolhub.core.errors import NotFound


@dataclass(frozen=True, slots=True)
class NameHolder:
    """Who has a name now: the address it comes from, or nobody ("") when a person keeps it through the API."""

    url_id: int | None
    url: str


@dataclass(frozen=True, slots=True)
class UrlRow:
    """An address, how many listed tools come from it, and what the last crawl found there."""

    url: Url
    tools: int
    newest: RunUrl | None


def run_list() -> QuerySet[Run]:
    return Run.objects.all()


def run_get(run_id: int) -> Run:
    """Raises NotFound."""
    run = Run.objects.filter(pk=run_id).first()
    if run is None:
        raise NotFound(f"There is no crawler run {run_id}.")
    return run


def run_newest_ended() -> Run | None:
    return Run.objects.exclude(ended_at=None).first()


def run_url_list(run: Run) -> QuerySet[RunUrl]:
    """Invalid ones first, as the API always ordered them."""
    rows = RunUrl.objects.filter(run=run).select_related("url__created_by")
    return rows.order_by("valid", "status_code", "id")


def run_url_get(run: Run, pk: int) -> RunUrl:
    """Raises NotFound."""
    row = RunUrl.objects.filter(run=run, pk=pk).select_related("url__created_by").first()
    if row is None:
        raise NotFound(f"Crawler run {run.pk} has no result {pk}.")
    return row


def url_list() -> QuerySet[Url]:
    return Url.objects.select_related("created_by").order_by("id")


def url_get(pk: int) -> Url:
    """Raises NotFound."""
    url = url_list().filter(pk=pk).first()
    if url is None:
        raise NotFound(f"There is no registered address {pk}.")
    return url


def name_holders(names: Iterable[str]) -> dict[str, NameHolder]:
    """The addresses that listed tools of these names come from."""
    rows = UrlTool.objects.filter(tool__name__in=list(names), tool__deleted_at=None)
    found = rows.values_list("tool__name", "url_id", "url__url")
    return {name: NameHolder(url_id, url) for name, url_id, url in found}


def url_tool_names(url: Url) -> list[str]:
    """The names of the listed tools that come from this address."""
    rows = UrlTool.objects.filter(url=url, tool__deleted_at=None)
    return list(rows.order_by("tool__name").values_list("tool__name", flat=True))


def url_find(address: str) -> Url | None:
    """The registration of exactly this address."""
    return Url.objects.filter(url=address).first()


def url_list_of(user_id: int) -> list[UrlRow]:
    """A person's addresses, newest first."""
    last = RunUrl.objects.filter(url=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    tools = Count("url_tools", filter=Q(url_tools__tool__deleted_at=None))
    rows = Url.objects.filter(created_by=user_id).annotate(last_id=Subquery(last), tools=tools)
    urls = list(rows.order_by("-pk"))
    results = (
        RunUrl.objects.select_related("run")
        .defer("log", "findings")
        .in_bulk([url.last_id for url in urls if url.last_id])
    )
    return [UrlRow(url, url.tools, results.get(url.last_id)) for url in urls]


def url_results(url: Url) -> QuerySet[RunUrl]:
    """What every run found at the address, newest first."""
    return RunUrl.objects.filter(url=url).select_related("run").order_by("-pk")


def run_newest_full() -> Run | None:
    """The newest run of more than one address: those of one are asked for by people, and no schedule follows them."""
    return Run.objects.filter(Q(crawled_urls__gt=1) | Q(ended_at=None)).first()
