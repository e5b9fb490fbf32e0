from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from toolhub.catalog.models.tool import URL_LENGTH, Tool
from toolhub.core.clock import now


class ToolListQuerySet(models.QuerySet["ToolList"]):
    def listed(self) -> ToolListQuerySet:
        return self.filter(deleted_at=None)

    def published(self) -> ToolListQuerySet:
        return self.listed().filter(is_published=True)


class ToolList(models.Model):
    """An ordered choice of tools that somebody made. Only its creator sees it until it is published."""

    title = models.CharField(_("Title"), max_length=255)
    description = models.TextField(_("Description"), max_length=65535, null=True, blank=True)
    icon = models.CharField(_("Icon"), max_length=URL_LENGTH, null=True, blank=True)
    is_published = models.BooleanField(_("Published"), default=False)
    is_featured = models.BooleanField(_("Featured"), default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=now)
    modified_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    modified_at = models.DateTimeField(default=now)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = ToolListQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("deleted_at", "is_published"), name="toollist_published"),)
        constraints = (
            models.CheckConstraint(condition=~Q(title=""), name="toollist_title_not_empty"),
        )

    def __str__(self) -> str:
        return self.title


class ToolListItem(models.Model):
    """A tool's place in a list, counted from 0. A tool that is deleted keeps its place and is not shown."""

    toollist = models.ForeignKey(ToolList, models.CASCADE, related_name="items")
    tool = models.ForeignKey(Tool, models.CASCADE, related_name="list_items")
    position = models.PositiveSmallIntegerField()
    added_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("toollist", "position")
        constraints = (
            models.UniqueConstraint(fields=("toollist", "tool"), name="toollistitem_tool"),
        )

    def __str__(self) -> str:
        return f"{self.tool_id} in {self.toollist_id}"


class Favourite(models.Model):
    """A tool that a person wants at hand. Nobody else sees it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    tool = models.ForeignKey(Tool, models.CASCADE, related_name="favourites")
    added_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("added_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("user", "tool"), name="favourite_user_tool"),
        )

    def __str__(self) -> str:
        return f"{self.tool_id} of {self.user_id}"
