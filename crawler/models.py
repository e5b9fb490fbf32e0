from __future__ import annotations

from django.conf import settings
from django.db import models

from toolhub.catalog.models import Tool
from toolhub.core.clock import now
from toolhub.core.fields import ExactCharField


class Url(models.Model):
    """A registered address of a toolinfo.json."""

    url = ExactCharField(max_length=255, unique=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.url


class UrlTool(models.Model):
    """Which address a tool comes from. The first address that brings a name keeps it until it drops it."""

    tool = models.OneToOneField(Tool, models.CASCADE, primary_key=True, related_name="+")
    url = models.ForeignKey(Url, models.CASCADE, related_name="url_tools")

    def __str__(self) -> str:
        return f"{self.tool_id} from {self.url_id}"


class Run(models.Model):
    """One crawl of the registered addresses. `ended_at` is set when its last address is done."""

    started_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True, blank=True)
    crawled_urls = models.PositiveIntegerField(default=0)
    new_tools = models.PositiveIntegerField(default=0)
    updated_tools = models.PositiveIntegerField(default=0)
    total_tools = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-started_at", "-id")
        indexes = (models.Index(fields=("started_at",), name="run_started_at"),)

    def __str__(self) -> str:
        return f"run {self.pk}"


class RunUrl(models.Model):
    """What one run found at one address: its own unit of work and of failure."""

    class State(models.TextChoices):
        WAITING = "waiting"
        FETCHING = "fetching"
        DONE = "done"

    run = models.ForeignKey(Run, models.CASCADE, related_name="run_urls")
    url = models.ForeignKey(Url, models.CASCADE, related_name="run_urls")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    claimed_at = models.DateTimeField(null=True, blank=True)
    status_code = models.PositiveSmallIntegerField(null=True, blank=True)
    redirected = models.BooleanField(default=False)
    elapsed_ms = models.PositiveIntegerField(default=0)
    schema = models.CharField(max_length=32, null=True, blank=True)
    valid = models.BooleanField(default=False)
    error_code = models.CharField(max_length=32, blank=True)
    tools_found = models.PositiveIntegerField(default=0)
    new_tools = models.PositiveIntegerField(default=0)
    updated_tools = models.PositiveIntegerField(default=0)
    removed_tools = models.PositiveIntegerField(default=0)
    findings = models.JSONField(default=list, blank=True)
    log = models.TextField(blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("run", "url"), name="runurl_run_url"),)
        indexes = (models.Index(fields=("run", "state"), name="runurl_run_state"),)

    def __str__(self) -> str:
        return f"run {self.run_id}, url {self.url_id}"
