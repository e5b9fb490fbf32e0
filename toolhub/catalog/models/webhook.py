from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from toolhub.catalog.models.tool import URL_LENGTH
from toolhub.core.clock import now
from toolhub.core.fields import ExactCharField


class Webhook(models.Model):
    """An address that wants to be told when a tool, a list, or a tool that a search finds has changed.

    `target` is a tool's name, a list's id, or the query string of a search. `secret` is sealed.
    """

    class Kind(models.TextChoices):
        TOOL = "tool"
        LIST = "list"
        SEARCH = "search"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="webhooks")
    url = models.CharField(max_length=URL_LENGTH)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    target = ExactCharField(max_length=URL_LENGTH)
    secret = models.TextField()
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("is_active", "kind"), name="webhook_active"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.target}"


class WebhookDelivery(models.Model):
    """One message to one address, its tries and the last answer. It waits until `next_at`; null ends it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    seq = models.BigIntegerField()
    body = models.TextField()
    created_at = models.DateTimeField(default=now)
    next_at = models.DateTimeField(null=True, blank=True, default=now)
    delivered_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    status_code = models.PositiveSmallIntegerField(null=True, blank=True)
    error = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    elapsed_ms = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-seq",)
        constraints = (
            models.UniqueConstraint(fields=("webhook", "seq"), name="webhookdelivery_once"),
        )
        indexes = (models.Index(fields=("next_at",), name="webhookdelivery_due"),)

    def __str__(self) -> str:
        return str(self.pk)


class WebhookPosition(models.Model):
    """The one row that says up to which change the webhooks have been told."""

    last = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.last)
