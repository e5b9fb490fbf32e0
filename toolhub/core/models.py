from __future__ import annotations

from django.db import models

from toolhub.core.fields import ExactCharField


class Change(models.Model):
    """One step of the change sequence: after `seq`, the thing `kind`/`key` is to be read again, or is gone."""

    class Action(models.TextChoices):
        PUT = "put"
        GONE = "gone"

    seq = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=16)
    key = ExactCharField(max_length=255)
    action = models.CharField(max_length=4, choices=Action.choices)
    at = models.DateTimeField()

    class Meta:
        ordering = ("seq",)
        indexes = (models.Index(fields=("kind", "seq"), name="change_kind_seq"),)

    def __str__(self) -> str:
        return f"{self.seq} {self.action} {self.kind} {self.key}"


class ChangeCounter(models.Model):
    """The one row whose lock orders the writers. `last` is the newest `seq` given out."""

    last = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.last)


class Heartbeat(models.Model):
    """When a periodic job last began and ended; one row a job. `ended_at` is empty while it runs, or when it was lost."""

    job = models.CharField(max_length=128, primary_key=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    is_failed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.job} {self.started_at:%Y-%m-%d %H:%M:%S}"
