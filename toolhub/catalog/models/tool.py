from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from toolhub.catalog.toolinfo.schema import TOOL_TYPES
from toolhub.core.clock import now
from toolhub.core.fields import ExactCharField

URL_LENGTH = 2047


class SharedFields(models.Model):
    """What both the maintainer (core) and the community (annotations) may state about a tool."""

    deprecated = models.BooleanField(_("Deprecated"), default=False)
    replaced_by = models.CharField(_("Replaced by"), max_length=URL_LENGTH, null=True, blank=True)
    experimental = models.BooleanField(_("Experimental"), default=False)
    for_wikis = models.JSONField(_("Works on"), default=list, blank=True)
    icon = models.CharField(_("Icon"), max_length=URL_LENGTH, null=True, blank=True)
    available_ui_languages = models.JSONField(_("Interface languages"), default=list, blank=True)
    tool_type = models.CharField(
        _("Tool type"),
        max_length=32,
        null=True,
        blank=True,
        choices=[(value, value) for value in TOOL_TYPES],
    )
    repository = models.CharField(_("Source code"), max_length=URL_LENGTH, null=True, blank=True)
    api_url = models.CharField(_("API"), max_length=URL_LENGTH, null=True, blank=True)
    developer_docs_url = models.JSONField(_("Developer documentation"), default=list, blank=True)
    user_docs_url = models.JSONField(_("User documentation"), default=list, blank=True)
    feedback_url = models.JSONField(_("Feedback page"), default=list, blank=True)
    privacy_policy_url = models.JSONField(_("Privacy policy"), default=list, blank=True)
    translate_url = models.CharField(_("Translate"), max_length=URL_LENGTH, null=True, blank=True)
    bugtracker_url = models.CharField(
        _("Bug tracker"), max_length=URL_LENGTH, null=True, blank=True
    )

    class Meta:
        abstract = True


class ToolQuerySet(models.QuerySet["Tool"]):
    def listed(self) -> ToolQuerySet:
        return self.filter(deleted_at=None)


class Tool(SharedFields):
    """What the maintainer says about the tool, by toolinfo.json or through the API."""

    class Origin(models.TextChoices):
        CRAWLER = "crawler"
        API = "api"

    name = ExactCharField(_("Name"), max_length=255, unique=True)
    title = models.CharField(_("Title"), max_length=255)
    description = models.TextField(_("Description"), max_length=65535)
    url = models.CharField(_("Address"), max_length=URL_LENGTH)
    keywords = models.JSONField(_("Keywords"), default=list, blank=True)
    author = models.JSONField(_("Authors"), default=list, blank=True)
    subtitle = models.CharField(_("Subtitle"), max_length=255, null=True, blank=True)
    openhub_id = models.CharField(_("Open Hub"), max_length=255, null=True, blank=True)
    url_alternates = models.JSONField(_("Address in other languages"), default=list, blank=True)
    bot_username = models.CharField(_("Bot user name"), max_length=255, null=True, blank=True)
    license = models.CharField(_("License"), max_length=255, null=True, blank=True)
    sponsor = models.JSONField(_("Sponsors"), default=list, blank=True)
    technology_used = models.JSONField(_("Built with"), default=list, blank=True)
    schema_id = models.CharField(_("Schema"), max_length=32, null=True, blank=True)
    language = models.CharField(_("Language of the texts"), max_length=16, null=True, blank=True)
    extra = models.JSONField(_("Fields we do not know"), default=dict, blank=True)

    origin = models.CharField(max_length=7, choices=Origin.choices, default=Origin.API)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=now)
    modified_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    modified_at = models.DateTimeField(default=now)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = ToolQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        indexes = (
            models.Index(fields=("deleted_at", "created_at"), name="tool_created"),
            models.Index(fields=("deleted_at", "modified_at"), name="tool_modified"),
        )
        constraints = (
            models.CheckConstraint(condition=~Q(name=""), name="tool_name_not_empty"),
            models.CheckConstraint(condition=~Q(title=""), name="tool_title_not_empty"),
            models.CheckConstraint(condition=~Q(url=""), name="tool_url_not_empty"),
        )

    def __str__(self) -> str:
        return self.name


class Annotations(SharedFields):
    """What the community says about the tool. Each tool has one row."""

    tool = models.OneToOneField(Tool, models.CASCADE, primary_key=True, related_name="annotations")
    wikidata_qid = models.CharField(_("Wikidata item"), max_length=32, null=True, blank=True)
    audiences = models.JSONField(_("Audiences"), default=list, blank=True)
    content_types = models.JSONField(_("Content types"), default=list, blank=True)
    tasks = models.JSONField(_("Tasks"), default=list, blank=True)
    subject_domains = models.JSONField(_("Subjects"), default=list, blank=True)

    class Meta:
        verbose_name_plural = "annotations"

    def __str__(self) -> str:
        return f"annotations of {self.tool_id}"
