from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from toolhub.accounts.models import ApiToken, User
from toolhub.accounts.permissions import ACCOUNTS, Actor
from toolhub.accounts.sealing import seal, unseal
from toolhub.accounts.selectors import api_token_of, digest
from toolhub.core.clock import now
from toolhub.core.db import retrying
from toolhub.core.errors import NotFound

TOUCH_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ShownToken:
    """A token in the clear, for its owner's eyes."""

    token: str
    user: User


def api_token_show(*, actor: Actor) -> ShownToken:
    """Raises Unauthenticated for nobody, PermissionDenied for an application, NotFound when there is none to show."""
    user = ACCOUNTS.require(actor, "token.change")
    token = api_token_of(user)
    text = unseal(token.sealed) if token else None
    if text is None:
        raise NotFound("You have no API token that can be shown. POST to make one.")
    return ShownToken(text, user)


def api_token_create(*, actor: Actor) -> ShownToken:
    """The token there is, or a new one. One that can no longer be shown is replaced, so it stops working."""
    user = ACCOUNTS.require(actor, "token.change")

    def write() -> ShownToken:
        with transaction.atomic():
            return _kept_or_new(user)

    return retrying(write)


def _kept_or_new(user: User) -> ShownToken:
    token = api_token_of(user)
    if token is not None and (text := unseal(token.sealed)) is not None:
        return ShownToken(text, user)
    if token is not None:
        token.delete()
    text = secrets.token_hex(20)
    ApiToken.objects.create(user=user, digest=digest(text), sealed=seal(text), prefix=text[:6])
    return ShownToken(text, user)


def api_token_delete(*, actor: Actor) -> None:
    """Raises NotFound when there is none."""
    user = ACCOUNTS.require(actor, "token.change")
    deleted, _ = ApiToken.objects.filter(user=user, name="").delete()
    if not deleted:
        raise NotFound("You have no API token.")


def api_token_touch(*, token: ApiToken) -> None:
    """Notes that the token is in use, at most once an hour."""
    before = now() - TOUCH_EVERY
    if token.last_used_at is None or token.last_used_at < before:
        stale = Q(last_used_at=None) | Q(last_used_at__lt=before)
        ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=now())
