"""From the change sequence to messages that wait to be sent, each change to each webhook once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import orjson
from django.db import transaction
from django.db.models import QuerySet

from toolhub.catalog.models import Webhook, WebhookDelivery, WebhookPosition
from toolhub.catalog.search import SearchQuery, search_sync, tool_search
from toolhub.catalog.selectors.changes import change_list
from toolhub.catalog.services.documents import date_public
from toolhub.core.changes import newest_seq
from toolhub.core.models import Change

BATCH = 500

# The matching webhooks' ids, by change.
Matches = dict[int, set[int]]
Read = Callable[[str], SearchQuery]


def fan_out(*, read: Read) -> bool:
    """Writes the deliveries of the next changes, and says whether there are more. `read` knows query strings.

    Two at once do no harm: one of them does nothing. What changed before there was a webhook is told to nobody.
    """
    position, _ = WebhookPosition.objects.get_or_create(pk=1, defaults={"last": newest_seq()})
    page = change_list(since=position.last, limit=BATCH, kinds=("tool", "list"))
    hooks = Webhook.objects.filter(is_active=True, user__is_active=True)
    matches = _matches(hooks, page.changes, read) if page.changes and hooks.exists() else {}
    changes = {change.seq: change for change in page.changes}
    deliveries = [_delivery(hook, changes[seq]) for seq, found in matches.items() for hook in found]
    with transaction.atomic():
        claimed = WebhookPosition.objects.filter(pk=1, last=position.last)
        if not claimed.update(last=page.next_since):
            return False
        WebhookDelivery.objects.bulk_create(deliveries, batch_size=BATCH)
    return page.has_more


def _matches(hooks: QuerySet[Webhook], changes: list[Change], read: Read) -> Matches:
    found: Matches = defaultdict(set)
    targets: dict[tuple[str, str], set[int]] = defaultdict(set)
    keys = {change.key for change in changes}
    named = hooks.filter(kind__in=("tool", "list"), target__in=keys)
    for pk, kind, target in named.values_list("pk", "kind", "target"):
        targets[kind, target].add(pk)
    for change in changes:
        found[change.seq] |= targets.get((change.kind, change.key), set())
    searches = list(hooks.filter(kind="search").values_list("pk", "target"))
    put = {c.key: c.seq for c in changes if (c.kind, c.action) == ("tool", Change.Action.PUT)}
    if searches and put:
        # The index may be behind the changes, and what it does not know yet would never be told.
        search_sync(wait=True)
        for pk, target in searches:
            for name in _found(read(target), list(put)):
                found[put[name]].add(pk)
    return found


def _found(query: SearchQuery, names: list[str]) -> list[str]:
    """Those of the tools that the search finds."""
    # Two underscores separate the names in a list, so a name that holds them is asked for alone.
    plain = [name for name in names if "__" not in name]
    asked = [{"name__term": name} for name in names if "__" in name]
    if plain:
        asked.append({"name__in": "__".join(plain)})
    query = replace(query, with_facets=False, offset=0, limit=BATCH)
    return [
        name
        for only in asked
        for name in tool_search(replace(query, names={**query.names, **only})).names
    ]


def _delivery(webhook_id: int, change: Change) -> WebhookDelivery:
    pk = uuid4()
    body: dict[str, Any] = {
        "id": str(pk),
        "type": f"{change.kind}.{change.action}",
        "timestamp": date_public(change.at),
        "data": {
            "webhook": webhook_id,
            "seq": change.seq,
            "kind": change.kind,
            "key": change.key,
            "action": change.action,
        },
    }
    return WebhookDelivery(
        pk=pk, webhook_id=webhook_id, seq=change.seq, body=orjson.dumps(body).decode()
    )
