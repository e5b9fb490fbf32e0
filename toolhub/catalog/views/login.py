from __future__ import annotations

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse


def to_login(request: HttpRequest) -> HttpResponse:
    """And back to this page afterwards."""
    return redirect_to_login(request.get_full_path(), str(settings.LOGIN_URL))
