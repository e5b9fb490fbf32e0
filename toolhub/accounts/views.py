from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from toolhub.accounts.standin.people import PEOPLE, person_user
from toolhub.core.errors import InvalidInput, Unavailable
from toolhub.core.web.paths import own_path


@require_http_methods(["GET", "POST"])
def login_page(request: HttpRequest) -> HttpResponse:
    """In development one chooses who to be. Login with Meta-Wiki is not there yet, so elsewhere it is refused."""
    if not settings.DEBUG:
        raise Unavailable("Login is not available on this installation yet.")
    if request.method == "POST":
        person = next((one for one in PEOPLE if one.username == request.POST.get("username")), None)
        if person is None:
            raise InvalidInput(message=gettext("Choose one of the people on the page."))
        login(request, person_user(person), "django.contrib.auth.backends.ModelBackend")
        return HttpResponseRedirect(next_path(request))
    return render(request, "accounts/login.html", {"people": PEOPLE, "next": next_path(request)})


@require_POST
def logout_page(request: HttpRequest) -> HttpResponse:
    logout(request)
    return HttpResponseRedirect(next_path(request))


def next_path(request: HttpRequest) -> str:
    """Where to go afterwards: an address of this site, else the home page."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    return own_path(request, wanted, "/")
