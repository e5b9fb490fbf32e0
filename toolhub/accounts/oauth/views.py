"""The OAuth server's addresses: the toolkit's, held to bad input that it answers with a crash or a redirect."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from oauth2_provider import views
from oauth2_provider.models import Application

GRANTS = {"authorization_code", "refresh_token"}


def oauth_error(error: str, description: str) -> JsonResponse:
    return JsonResponse({"error": error, "error_description": description}, status=400)


@method_decorator(never_cache, name="dispatch")
class OAuthView:
    """oauthlib raises ValueError for queries that are not well encoded."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        except ValueError:
            return oauth_error("invalid_request", "The request is not well encoded.")
        return response


class AuthorizePage(OAuthView, views.AuthorizationView):  # type: ignore[misc]
    """Asks a person who is logged in whether an application may act for them."""

    template_name = "accounts/oauth_authorize.html"

    def form_valid(self, form: Form) -> HttpResponse:
        """The fields came back from the browser, so they are not yet to be believed; refusing redirects as well."""
        application = Application.objects.filter(client_id=form.cleaned_data["client_id"]).first()
        address = form.cleaned_data["redirect_uri"]
        if application is None or not application.redirect_uri_allowed(address):
            return self.form_invalid(form)
        response: HttpResponse = super().form_valid(form)
        return response

    def form_invalid(self, form: Form) -> HttpResponse:
        return self.render_to_response({"error": None, "form": form}, status=400)

    def render_to_response(self, context: dict[str, Any], **options: Any) -> HttpResponse:
        response: HttpResponse = super().render_to_response(context, **options)
        if address := context.get("redirect_uri"):
            # Browsers hold the redirect after the form to form-action too.
            parts = urlsplit(address)
            response._csp_update = {"form-action": [f"{parts.scheme}://{parts.netloc}"]}  # type: ignore[attr-defined]  # noqa: SLF001 -- django-csp's way
        return response


class TokenView(OAuthView, views.TokenView):  # type: ignore[misc]
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        grant = request.POST.get("grant_type")
        if grant and grant not in GRANTS:
            return oauth_error("unsupported_grant_type", f"Use one of {', '.join(sorted(GRANTS))}.")
        response: HttpResponse = self.authorization_flow_token_response(request)
        return response


class RevokeView(OAuthView, views.RevokeTokenView):  # type: ignore[misc]
    pass


class IntrospectView(OAuthView, views.IntrospectTokenView):  # type: ignore[misc]
    pass
