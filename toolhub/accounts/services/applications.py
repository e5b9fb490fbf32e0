"""Applications of the OAuth server and what people let them do. Not audited: the audit log never had them."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from oauth2_provider.models import (
    AccessToken,
    Application,
    Grant,
    generate_client_secret,
    revoke_access_token,
)
from oauth2_provider.validators import AllowedURIValidator

from toolhub.accounts.permissions import ACCOUNTS, Actor
from toolhub.core.changes import change_append, recording
from toolhub.core.errors import FieldError, InvalidInput
from toolhub.core.models import Change

SCHEMES = ("http", "https")


@dataclass(frozen=True, slots=True)
class NewApplication:
    """An application with its secret in the clear, which exists only now: the database keeps a hash."""

    application: Application
    client_secret: str


def application_create(*, actor: Actor, name: str, redirect_url: str) -> NewApplication:
    """Raises Unauthenticated for nobody, InvalidInput when people cannot be sent back to the address."""
    user = ACCOUNTS.require(actor, "application.create")
    secret: str = generate_client_secret()
    with recording():
        application = Application.objects.create(
            user=user,
            name=name,
            redirect_uris=_checked(redirect_url),
            client_type=Application.CLIENT_CONFIDENTIAL,
            authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
            client_secret=secret,
        )
        _written(application, Change.Action.PUT)
    return NewApplication(application, secret)


def application_change(
    *, actor: Actor, application: Application, redirect_url: str | None
) -> Application:
    """Only the address can change; None keeps it. Raises PermissionDenied for a stranger."""
    ACCOUNTS.require(actor, "application.change", application)
    if redirect_url is None or redirect_url == application.redirect_uris:
        return application
    application.redirect_uris = _checked(redirect_url)
    with recording():
        application.save(update_fields=["redirect_uris", "updated"])
        _written(application, Change.Action.PUT)
    return application


def application_delete(*, actor: Actor, application: Application) -> None:
    """Its tokens go with it. Raises PermissionDenied for a stranger."""
    ACCOUNTS.require(actor, "application.delete", application)
    with recording():
        _written(application, Change.Action.GONE)
        application.delete()


@transaction.atomic
def authorization_revoke(*, actor: Actor, authorization: AccessToken) -> None:
    """Ends an application's right to act for the actor: this token, the one that renews it, codes not yet used."""
    ACCOUNTS.require(actor, "authorization.revoke", authorization)
    owner = {"user": authorization.user, "application": authorization.application}
    Grant.objects.filter(**owner).delete()
    revoke_access_token(authorization)


def _checked(redirect_url: str) -> str:
    """Raises InvalidInput unless it is one address without a fragment."""
    validator = AllowedURIValidator(SCHEMES, "redirect_url", allow_path=True, allow_query=True)
    try:
        if any(character.isspace() for character in redirect_url):
            raise ValidationError("white space")
        validator(redirect_url)
    except ValidationError as error:
        message = "Write one http or https address without a fragment."
        raise InvalidInput(FieldError("redirect_url", message, 2012)) from error
    return redirect_url


def _written(application: Application, action: Change.Action) -> None:
    change_append(kind="application", key=application.client_id, action=action)
