"""Who is here, and who belongs to which group."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toolhub.accounts.forms import MemberFilterForm
from toolhub.accounts.labels import group_label
from toolhub.accounts.models import User
from toolhub.accounts.permissions import ACCOUNTS
from toolhub.accounts.selectors import group_get, member_list, user_get
from toolhub.accounts.services.members import member_add, member_remove
from toolhub.core.web.notices import done
from toolhub.core.web.paths import next_path

PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Place:
    """A group beside a person: its name, whether the person is in it, and where that is changed."""

    label: str
    is_member: bool
    href: str
    asks_first: bool


@require_safe
def members_page(request: HttpRequest) -> HttpResponse:
    form = MemberFilterForm(request.GET)
    people = member_list(
        name=form.cleaned_data.get("username__contains", ""),
        group_id=form.group_id(),
        ordering=form.cleaned_data.get("ordering", ""),
    )
    page = Paginator(people, PER_PAGE).get_page(request.GET.get("page"))
    groups = form.groups if ACCOUNTS.can(request.user, "member.change") else []
    context = {
        "section": "members",
        "form": form,
        "page": page,
        "rows": [(person, _labels(person), _places(request, person, groups)) for person in page],
        "may_change": bool(groups),
        "sort": form.cleaned_data.get("ordering") or "-date_joined",
    }
    return render(request, "accounts/members.html", context)


@require_POST
def member_add_page(request: HttpRequest, user_id: int, group_id: int) -> HttpResponse:
    group = member_add(actor=request.user, group_id=group_id, user_id=user_id)
    text = gettext("%(name)s is in the group %(group)s now.")
    _say(request, text, user_get(user_id), group, "accounts:member-remove")
    return redirect(next_path(request, reverse("accounts:members")))


@require_http_methods(["GET", "POST"])
def member_remove_page(request: HttpRequest, user_id: int, group_id: int) -> HttpResponse:
    """Asked by GET it asks first, as it should for one's own membership: that cannot be undone by oneself."""
    ACCOUNTS.require(request.user, "member.change")
    person, group = user_get(user_id), group_get(group_id)
    if request.method == "GET":
        context = {"section": "members", "person": person, "group": group_label(group.name)}
        return render(request, "accounts/member_remove.html", context)
    member_remove(actor=request.user, group_id=group_id, user_id=user_id)
    text = gettext("%(name)s is no longer in the group %(group)s.")
    _say(request, text, person, group, "accounts:member-add")
    return redirect(next_path(request, reverse("accounts:members")))


def _say(request: HttpRequest, text: str, person: User, group: Group, back: str) -> None:
    # Who took their own rights away cannot give them back.
    undo = "" if person == request.user else reverse(back, args=(person.pk, group.pk))
    done(request, text % {"name": person.username, "group": group_label(group.name)}, undo=undo)


def _labels(person: User) -> list[str]:
    return [group_label(group.name) for group in person.groups.all()]


def _places(request: HttpRequest, person: User, groups: list[Group]) -> list[Place]:
    mine = {group.pk for group in person.groups.all()}
    return [
        Place(
            label=group_label(group.name),
            is_member=group.pk in mine,
            href=reverse(
                "accounts:member-remove" if group.pk in mine else "accounts:member-add",
                args=(person.pk, group.pk),
            ),
            asks_first=group.pk in mine and person.pk == request.user.pk,
        )
        for group in groups
    ]
