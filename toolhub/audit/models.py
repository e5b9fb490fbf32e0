from __future__ import annotations

from django.conf import settings
from django.db import models

from toolhub.core.clock import now


class LogEntry(models.Model):
    """Who did what to what, when and why. Written in the transaction of the act itself, never changed later."""

    class Action(models.IntegerChoices):
        CREATED = 0, "created"
        UPDATED = 1, "updated"
        DELETED = 2, "deleted"
        ADDED_TO = 3, "added to"
        REMOVED_FROM = 4, "removed from"
        HID = 5, "hid"
        REVEALED = 6, "revealed"
        PATROLLED = 7, "patrolled"
        FEATURED = 8, "featured"
        UNFEATURED = 9, "unfeatured"

    class Target(models.TextChoices):
        TOOL = "tool"
        URL = "url"
        USER = "user"
        GROUP = "group"
        VERSION = "version"
        TOOLLIST = "toollist"

    at = models.DateTimeField(default=now)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    action = models.PositiveSmallIntegerField(choices=Action.choices)
    target_type = models.CharField(max_length=16, choices=Target.choices)
    target_id = models.CharField(max_length=255)
    target_label = models.CharField(max_length=2047, blank=True)
    params = models.JSONField(default=dict, blank=True)
    message = models.TextField(blank=True)

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("at",), name="logentry_at"),
            models.Index(fields=("target_type", "target_id"), name="logentry_target"),
        )

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.target_type} {self.target_label}"
