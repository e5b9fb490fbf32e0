from __future__ import annotations

from django.db import models

from toolhub.catalog.models.tool import Tool
from toolhub.core.fields import ExactCharField


class ToolDocument(models.Model):
    """The public JSON of a listed tool, rendered once when it changes. Reads concatenate these bytes.

    `body` is what lists, detail, dumps and the changes feed send; `search_body` is the shape clients of
    the search know (authors always carry their five keys, dates end in +00:00); `summary_body` is what
    stands in a list of tools. A deleted tool has no document.
    """

    tool = models.OneToOneField(Tool, models.CASCADE, primary_key=True, related_name="document")
    name = ExactCharField(max_length=255, unique=True)
    modified_at = models.DateTimeField()
    body = models.TextField()
    search_body = models.TextField()
    summary_body = models.TextField()

    class Meta:
        ordering = ("name",)
        indexes = (models.Index(fields=("modified_at", "tool"), name="tooldocument_modified"),)

    def __str__(self) -> str:
        return self.name
