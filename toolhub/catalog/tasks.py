from __future__ import annotations

from uuid import UUID

from celery import shared_task
from django.http import QueryDict

from toolhub.catalog.filters import search_query
from toolhub.catalog.search import SearchQuery
from toolhub.catalog.selectors.webhooks import deliveries_due
from toolhub.catalog.services.deliveries import deliveries_forget, delivery_send
from toolhub.catalog.services.dumps import dump_write
from toolhub.catalog.services.fan_out import fan_out


@shared_task(soft_time_limit=1500, time_limit=1800)
def tools_dump() -> None:
    dump_write()


@shared_task
def webhooks_run() -> None:
    """Tells the webhooks what is new, and tries again what did not go through."""
    while fan_out(read=saved_search):
        pass
    for delivery_id in deliveries_due():
        webhook_send.delay(str(delivery_id))


@shared_task
def webhooks_forget() -> None:
    deliveries_forget()


@shared_task
def webhook_send(delivery_id: str) -> None:
    delivery_send(delivery_id=UUID(delivery_id))


def saved_search(target: str) -> SearchQuery:
    """The search that the query string of a webhook means."""
    return search_query(QueryDict(target), 0, 1)
