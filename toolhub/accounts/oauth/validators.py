from __future__ import annotations

from typing import Any

from oauth2_provider.models import Application
from oauth2_provider.oauth2_validators import OAuth2Validator
from oauthlib.common import Request
from oauthlib.oauth2.rfc6749.errors import InvalidGrantError


class OAuthValidator(OAuth2Validator):  # type: ignore[misc]
    """The toolkit's rules, and ours: public applications must use PKCE, and nobody gets a token for a closed account."""

    def is_pkce_required(self, client_id: str, request: Request) -> bool:
        """Confidential ones may leave it out: the API's clients never sent it, and their secret guards the code."""
        application = self._load_application(client_id, request)
        return application is None or application.client_type == Application.CLIENT_PUBLIC

    def validate_code(
        self, client_id: str, code: str, client: Application, request: Request, *args: Any
    ) -> bool:
        is_valid = super().validate_code(client_id, code, client, request, *args)
        return bool(is_valid and request.user.is_active)

    def validate_refresh_token(
        self, refresh_token: str, client: Application, request: Request, *args: Any
    ) -> bool:
        is_valid = super().validate_refresh_token(refresh_token, client, request, *args)
        return bool(is_valid and request.user.is_active)

    def _save_bearer_token(
        self, token: dict[str, Any], request: Request, *args: Any, **kwargs: Any
    ) -> None:
        """Raises InvalidGrantError for the loser of two refreshes at once: the winner's token cannot be read again."""
        super()._save_bearer_token(token, request, *args, **kwargs)
        if not token["access_token"]:
            raise InvalidGrantError(request=request)
