from __future__ import annotations

from uuid import UUID

from celery import shared_task

from toolhub.catalog.selectors.webhooks import deliveries_due
from toolhub.catalog.services.deliveries import delivery_send
from toolhub.catalog.services.dumps import dump_write
from toolhub.catalog.services.fan_out import fan_out


@shared_task(soft_time_limit=1500, time_limit=1800)
def tools_dump() -> None:
    dump_write()


@shared_task
def webhooks_run() -> None:
    """Tells the webhooks what is new, and tries again what did not go through."""
    fan_out()
    for delivery_id in deliveries_due():
        webhook_send.delay(str(delivery_id))


@shared_task
def webhook_send(delivery_id: str) -> None:
    delivery_send(delivery_id=UUID(delivery_id))
