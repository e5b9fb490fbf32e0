from __future__ import annotations

from django.urls import path

from toolhub.accounts.oauth.views import (
    AuthorizePage,
    IntrospectView,
    RevokeView,
    TokenView,
)

# The toolkit looks its own pages up by this name.
app_name = "oauth2_provider"

urlpatterns = [
    path("authorize/", AuthorizePage.as_view(), name="authorize"),
    path("token/", TokenView.as_view(), name="token"),
    path("revoke_token/", RevokeView.as_view(), name="revoke-token"),
    path("introspect/", IntrospectView.as_view(), name="introspect"),
]
