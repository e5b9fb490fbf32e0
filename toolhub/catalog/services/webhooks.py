"""What people let themselves be told. It is theirs alone, so it leaves neither an audit row nor a change."""

from __future__ import annotations

import base64
import secrets

from django.http import QueryDict

from toolhub.accounts.permissions import Actor
from toolhub.accounts.sealing import seal
from toolhub.catalog.models import ToolDocument, Webhook
from toolhub.catalog.permissions import CATALOG
from toolhub.catalog.selectors.toollists import toollist_get
from toolhub.catalog.selectors.webhooks import webhook_get, webhook_list
from toolhub.core.errors import FieldError, InvalidInput, NotFound
from toolhub.core.http import OutboundError, check_url

MOST = 20
SECRET_PREFIX = "whsec_"  # noqa: S105 -- the mark that the standard puts before a secret


def webhook_create(*, actor: Actor, url: str, kind: str, target: str) -> tuple[Webhook, str]:
    """The webhook and its secret, which is shown this once. Raises Unauthenticated, and InvalidInput by field."""
    user = CATALOG.require(actor, "webhook.change")
    if webhook_list(user=user).count() >= MOST:
        raise InvalidInput(FieldError("url", f"Nobody has more than {MOST} webhooks.", 2041))
    try:
        address = check_url(url)
    except OutboundError as error:
        raise InvalidInput(FieldError("url", error.message, 3008)) from error
    _require_target(actor, kind, target)
    secret = SECRET_PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()
    webhook = Webhook.objects.create(
        user=user, url=address, kind=kind, target=target, secret=seal(secret)
    )
    return webhook, secret


def webhook_delete(*, actor: Actor, pk: int) -> None:
    """What waits to be sent is gone with it. Raises Unauthenticated, NotFound."""
    webhook_get(pk, user=CATALOG.require(actor, "webhook.change")).delete()


def _require_target(actor: Actor, kind: str, target: str) -> None:
    """Raises InvalidInput for a target that is not there or that this person cannot see."""
    try:
        if kind == Webhook.Kind.TOOL and not ToolDocument.objects.filter(name=target).exists():
            raise NotFound(f"There is no tool named {target}.")
        if kind == Webhook.Kind.LIST:
            is_id = target.isascii() and target.isdigit() and len(target) < 16
            toollist_get(int(target) if is_id else 0, actor=actor)
    except NotFound as error:
        raise InvalidInput(FieldError("target", error.message, 3208)) from error
    if kind == Webhook.Kind.SEARCH and not QueryDict(target).dict():
        message = "Write a query like that of /api/search/tools/: q=words&keywords__term=bot."
        raise InvalidInput(FieldError("target", message, 2012))
