"""Sends what waits, signed as https://www.standardwebhooks.com says, and tries again for a day.

At least once: a sender that dies between sending and writing it down sends the same id again.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import timedelta
from uuid import UUID

from toolhub.accounts.sealing import unseal
from toolhub.catalog.models import Webhook, WebhookDelivery
from toolhub.catalog.services.webhooks import SECRET_PREFIX
from toolhub.core import http
from toolhub.core.clock import now

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 120, 240, 360, 639))
"""Between one try and the next: the ninth and last is 24 hours after the first."""

REMEMBERED = timedelta(days=30)
LEASE = timedelta(minutes=2)
LIMITS = http.Limits(connect_seconds=5, total_seconds=15, body_bytes=16_384, redirects=0)
KEPT_CHARACTERS = 2000
GONE = 410


def delivery_send(*, delivery_id: UUID) -> bool:
    """One try; whether it went through. Nothing when it is not due, or somebody else is at it."""
    delivery = _claimed(delivery_id)
    if delivery is None:
        return False
    body = delivery.body.encode()
    try:
        headers = signed_headers(delivery, body)
        answer = http.post(delivery.webhook.url, body, headers=headers, limits=LIMITS)
    except http.OutboundError as error:
        delivery.error, delivery.elapsed_ms = error.message, error.elapsed_ms
    else:
        delivery.status_code, delivery.elapsed_ms = answer.status, answer.elapsed_ms
        delivery.answer = answer.body.decode(errors="replace").replace("\0", "")[:KEPT_CHARACTERS]
    return _written(delivery)


def deliveries_forget() -> None:
    """Removes the log of what ended long ago."""
    ended = WebhookDelivery.objects.filter(next_at=None, created_at__lt=now() - REMEMBERED)
    ended.delete()


def signed_headers(delivery: WebhookDelivery, body: bytes) -> dict[str, str]:
    """The time is that of this try, so that an old message cannot be played again."""
    secret = unseal(delivery.webhook.secret) or ""
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    moment = str(int(now().timestamp()))
    signed = b".".join((str(delivery.pk).encode(), moment.encode(), body))
    signature = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return {
        "Content-Type": "application/json",
        "Webhook-Id": str(delivery.pk),
        "Webhook-Timestamp": moment,
        "Webhook-Signature": f"v1,{signature}",
    }


def _claimed(delivery_id: UUID) -> WebhookDelivery | None:
    """The delivery, ours until the lease ends: then it is taken for lost and tried by the next one."""
    due = WebhookDelivery.objects.filter(pk=delivery_id, next_at__lte=now())
    delivery = due.select_related("webhook").first()
    if delivery is None:
        return None
    mine = due.filter(next_at=delivery.next_at, tries=delivery.tries)
    if not mine.update(next_at=now() + LEASE, tries=delivery.tries + 1):
        return None
    delivery.tries += 1
    delivery.status_code, delivery.error, delivery.answer = None, "", ""
    return delivery


def _written(delivery: WebhookDelivery) -> bool:
    is_delivered = delivery.status_code is not None and 200 <= delivery.status_code < 300
    is_last = delivery.tries > len(WAITS) or delivery.status_code == GONE
    delivery.next_at = None if is_delivered or is_last else now() + WAITS[delivery.tries - 1]
    delivery.delivered_at = now() if is_delivered else None
    if delivery.status_code == GONE:
        # The standard's way of saying: never again.
        Webhook.objects.filter(pk=delivery.webhook_id).update(is_active=False)
    # Not save(): it may be deleted meanwhile, and must not come back.
    WebhookDelivery.objects.filter(pk=delivery.pk).update(
        next_at=delivery.next_at,
        delivered_at=delivery.delivered_at,
        status_code=delivery.status_code,
        error=delivery.error,
        answer=delivery.answer,
        elapsed_ms=delivery.elapsed_ms,
    )
    return is_delivered
