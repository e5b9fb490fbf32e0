from __future__ import annotations

from django.conf import settings
from django.db import models

from toolhub.catalog.models.tool import Tool
from toolhub.core.clock import now


class Revision(models.Model):
    """A numbered snapshot of a tool after one write. Numbers start at 1 and have no gaps.

    `digest` is SHA-256 over the previous revision's digest and this snapshot, so that a restored
    database can prove that no history was lost or changed.
    """

    tool = models.ForeignKey(Tool, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField(default=now)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    comment = models.TextField(blank=True)
    snapshot = models.JSONField()
    digest = models.CharField(max_length=64)
    suppressed = models.BooleanField(default=False)
    patrolled = models.BooleanField(default=False)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=("tool", "number"), name="revision_tool_number"),
        )
        indexes = (models.Index(fields=("at",), name="revision_at"),)

    def __str__(self) -> str:
        return f"{self.tool_id} #{self.number}"
