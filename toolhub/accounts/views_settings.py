"""What developers set up: applications, what people let them do, the API token. One page with four tabs."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toolhub.accounts.forms import ApplicationChangeForm, ApplicationForm
from toolhub.accounts.permissions import ACCOUNTS, require_login
from toolhub.accounts.selectors import (
    api_token_of,
    application_get,
    application_list,
    authorization_get,
    authorization_list,
)
from toolhub.accounts.services.applications import (
    application_change,
    application_create,
    application_delete,
    authorization_revoke,
)
from toolhub.accounts.services.tokens import (
    api_token_create,
    api_token_delete,
    api_token_show,
)
from toolhub.core.web.notices import done

REGISTER, APPLICATIONS, AUTHORIZED, TOKEN = "register", "apps", "authorized", "token"


@never_cache
@login_required
@require_safe
def developer_settings_page(request: HttpRequest) -> HttpResponse:
    user = require_login(request.user)
    tab = request.GET.get("tab", "")
    if tab == APPLICATIONS:
        return _page(request, tab, applications=application_list().filter(user=user))
    if tab == AUTHORIZED:
        return _page(request, tab, authorizations=authorization_list(user))
    if tab == TOKEN:
        return _page(request, tab, token=api_token_of(user))
    return _page(request, REGISTER, form=ApplicationForm())


@never_cache
@login_required
@require_POST
def application_register_page(request: HttpRequest) -> HttpResponse:
    """Answers itself instead of sending on: the secret exists only now, and is kept nowhere."""
    form = ApplicationForm(request.POST)
    if form.is_valid():
        with form.catching():
            made = application_create(actor=request.user, **form.cleaned_data)
            return _page(request, REGISTER, made=made)
    return _page(request, REGISTER, status=400, form=form)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def application_change_page(request: HttpRequest, client_id: str) -> HttpResponse:
    application = application_get(client_id)
    ACCOUNTS.require(request.user, "application.change", application)
    form = ApplicationChangeForm(
        request.POST or None, initial={"redirect_url": application.redirect_uris}
    )
    if request.method == "POST" and form.is_valid():
        with form.catching():
            application_change(actor=request.user, application=application, **form.cleaned_data)
            done(request, gettext("The callback address is saved."))
            return redirect(_tab(APPLICATIONS))
    context = {"form": form, "application": application, "back": _tab(APPLICATIONS)}
    status = 400 if form.errors else 200
    return render(request, "accounts/application_change.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def application_delete_page(request: HttpRequest, client_id: str) -> HttpResponse:
    application = application_get(client_id)
    ACCOUNTS.require(request.user, "application.delete", application)
    if request.method == "POST":
        application_delete(actor=request.user, application=application)
        done(request, gettext("The application %(name)s is deleted.") % {"name": application.name})
        return redirect(_tab(APPLICATIONS))
    return _confirm(
        request,
        gettext("Delete the application %(name)s?") % {"name": application.name},
        gettext(
            "It can no longer act for anybody: all its tokens stop working. This cannot be undone."
        ),
        gettext("Delete the application"),
        APPLICATIONS,
    )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def authorization_revoke_page(request: HttpRequest, authorization_id: int) -> HttpResponse:
    authorization = authorization_get(require_login(request.user), authorization_id)
    name = authorization.application.name
    if request.method == "POST":
        authorization_revoke(actor=request.user, authorization=authorization)
        done(request, gettext("%(name)s can no longer act for you.") % {"name": name})
        return redirect(_tab(AUTHORIZED))
    return _confirm(
        request,
        gettext("No longer let %(name)s act for you?") % {"name": name},
        gettext("Its tokens stop working at once. It can ask you again."),
        gettext("Take the permission back"),
        AUTHORIZED,
    )


@never_cache
@login_required
@require_POST
def token_show_page(request: HttpRequest) -> HttpResponse:
    """Makes the token if there is none, and shows it. Asked by POST, so that no link brings it on a screen."""
    user = require_login(request.user)
    wants_new = request.POST.get("act") == "create"
    shown = api_token_create(actor=user) if wants_new else api_token_show(actor=user)
    return _page(request, TOKEN, token=api_token_of(user), shown=shown.token)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def token_delete_page(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        api_token_delete(actor=request.user)
        done(request, gettext("The API token is deleted."))
        return redirect(_tab(TOKEN))
    return _confirm(
        request,
        gettext("Delete your API token?"),
        gettext("Programs that use it are refused from now on. You can make another one."),
        gettext("Delete the token"),
        TOKEN,
    )


def _tab(name: str) -> str:
    return f"{reverse('accounts:developer-settings')}?tab={name}"


def _page(request: HttpRequest, tab: str, *, status: int = 200, **parts: Any) -> HttpResponse:
    titles = {
        REGISTER: gettext("Register an application"),
        APPLICATIONS: gettext("My applications"),
        AUTHORIZED: gettext("Authorised applications"),
        TOKEN: gettext("API token"),
    }
    tabs = [
        {"title": title, "href": _tab(name), "is_current": name == tab}
        for name, title in titles.items()
    ]
    context = {"tab": tab, "tab_title": titles[tab], "tabs": tabs, **parts}
    return render(request, "accounts/developer_settings.html", context, status=status)


def _confirm(request: HttpRequest, title: str, text: str, submit: str, back: str) -> HttpResponse:
    context = {"title": title, "text": text, "submit": submit, "cancel_href": _tab(back)}
    return render(request, "accounts/developer_confirm.html", context)
