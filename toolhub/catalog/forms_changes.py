"""What one may narrow recent changes and the audit log down to. The names are those of the API's query."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from toolhub.audit.models import LogEntry
from toolhub.catalog.selectors.audit import AuditFilter
from toolhub.catalog.selectors.revisions import RecentFilter
from toolhub.core.web.filters import DayField, FilterForm

TARGETS = (
    (LogEntry.Target.TOOL, _("Tools")),
    (LogEntry.Target.TOOLLIST, _("Lists")),
    (LogEntry.Target.URL, _("Addresses")),
    (LogEntry.Target.VERSION, _("Revisions")),
    (LogEntry.Target.USER, _("Accounts")),
    (LogEntry.Target.GROUP, _("Groups")),
)
ACTIONS = (
    (LogEntry.Action.CREATED, pgettext_lazy("audit log", "Created")),
    (LogEntry.Action.UPDATED, pgettext_lazy("audit log", "Changed")),
    (LogEntry.Action.DELETED, pgettext_lazy("audit log", "Deleted")),
    (LogEntry.Action.ADDED_TO, pgettext_lazy("audit log", "Added to a group")),
    (LogEntry.Action.REMOVED_FROM, pgettext_lazy("audit log", "Removed from a group")),
    (LogEntry.Action.HID, pgettext_lazy("audit log", "Hid")),
    (LogEntry.Action.REVEALED, pgettext_lazy("audit log", "Showed again")),
    (LogEntry.Action.PATROLLED, pgettext_lazy("audit log", "Patrolled")),
    (LogEntry.Action.FEATURED, pgettext_lazy("audit log", "Featured")),
    (LogEntry.Action.UNFEATURED, pgettext_lazy("audit log", "No longer featured")),
)


class RecentForm(FilterForm):
    target_type = forms.ChoiceField(
        label=_("What"),
        required=False,
        choices=[("", _("Tools and lists")), ("tool", _("Tools")), ("toollist", _("Lists"))],
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("New and edited")), ("new", _("New")), ("edited", _("Edited"))],
    )
    user = forms.CharField(label=pgettext_lazy("a person", "By"), required=False, max_length=255)
    date_created_after = DayField(label=pgettext_lazy("a date", "From"), required=False)
    date_created_before = DayField(label=pgettext_lazy("a date", "Until"), required=False)
    unpatrolled = forms.BooleanField(label=_("Only unpatrolled"), required=False)
    suppressed = forms.BooleanField(label=_("Only hidden"), required=False)

    def __init__(self, given: QueryDict, *, sees_hidden: bool = False) -> None:
        # Older links and the API say it so.
        if given.get("patrolled") in ("false", "0"):
            given = given.copy()
            given["unpatrolled"] = "1"
        super().__init__(given)
        if not sees_hidden and not self.cleaned_data.get("suppressed"):
            del self.fields["suppressed"]

    def chosen(self) -> RecentFilter:
        known = self.cleaned_data
        return RecentFilter(
            user=known.get("user", ""),
            target_type=known.get("target_type", ""),
            suppressed=known.get("suppressed") or None,
            patrolled=False if known.get("unpatrolled") else None,
            after=self.first_moment("date_created_after"),
            before=self.last_moment("date_created_before"),
        )

    def kinds(self) -> bool | None:
        """Only first versions, only later ones, or both."""
        return {"new": True, "edited": False}.get(self.cleaned_data.get("kind", ""))


class AuditForm(FilterForm):
    target_type = forms.ChoiceField(
        label=_("What"), required=False, choices=[("", _("Everything")), *TARGETS]
    )
    action = forms.ChoiceField(
        label=_("Action"),
        required=False,
        choices=[("", _("Any action")), *((str(value.value), name) for value, name in ACTIONS)],
    )
    user = forms.CharField(label=pgettext_lazy("a person", "By"), required=False, max_length=255)
    after = DayField(label=pgettext_lazy("a date", "From"), required=False)
    before = DayField(label=pgettext_lazy("a date", "Until"), required=False)

    def chosen(self) -> AuditFilter:
        known = self.cleaned_data
        action = known.get("action", "")
        return AuditFilter(
            actions=[int(action)] if action else [],
            target_type=known.get("target_type", ""),
            user=known.get("user", ""),
            after=self.first_moment("after"),
            before=self.last_moment("before"),
        )
