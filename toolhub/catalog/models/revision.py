from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from toolhub.catalog.models.tool import Tool
from toolhub.catalog.models.toollist import ToolList
from toolhub.core.clock import now


class Revision(models.Model):
    """A numbered snapshot of a tool or of a list after one write. Numbers start at 1 and have no gaps.

    `digest` is SHA-256 over the previous revision's digest and this snapshot, so that a restored
    database can prove that no history was lost or changed. A suppressed revision keeps its content;
    only those who may see it are shown more than its number and time.
    """

    tool = models.ForeignKey(Tool, models.CASCADE, null=True, blank=True, related_name="revisions")
    toollist = models.ForeignKey(
        ToolList, models.CASCADE, null=True, blank=True, related_name="revisions"
    )
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
            models.UniqueConstraint(fields=("toollist", "number"), name="revision_toollist_number"),
            models.CheckConstraint(
                condition=Q(tool=None, toollist__isnull=False)
                | Q(tool__isnull=False, toollist=None),
                name="revision_of_one_thing",
            ),
        )
        indexes = (models.Index(fields=("at",), name="revision_at"),)

    def __str__(self) -> str:
        return f"{self.tool_id or self.toollist_id} #{self.number}"
