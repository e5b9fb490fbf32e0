from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from toolhub.accounts.models import User
from toolhub.catalog.models import Webhook, WebhookDelivery
from toolhub.core.clock import now
from toolhub.core.errors import NotFound

DUE_AT_ONCE = 500


def webhook_list(*, user: User) -> QuerySet[Webhook]:
    return Webhook.objects.filter(user=user)


def webhook_get(pk: int, *, user: User) -> Webhook:
    """Raises NotFound, also for what somebody else is told."""
    found = webhook_list(user=user).filter(pk=pk).first()
    if found is None:
        raise NotFound(f"There is no webhook {pk} of yours.")
    return found


def delivery_list(webhook: Webhook) -> QuerySet[WebhookDelivery]:
    return WebhookDelivery.objects.filter(webhook=webhook)


def deliveries_due() -> list[UUID]:
    """Those to be tried now, the longest waiting first."""
    due = WebhookDelivery.objects.filter(next_at__lte=now()).order_by("next_at")
    return list(due.values_list("pk", flat=True)[:DUE_AT_ONCE])
