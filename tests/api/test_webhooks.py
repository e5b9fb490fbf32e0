from __future__ import annotations

import base64
import hashlib
import hmac
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID

import orjson
import pytest
from django.db.models import F
from django.test import Client

from tests.factories import tool_make
from toolhub.accounts.models import User
from toolhub.audit.models import LogEntry
from toolhub.catalog.models import Webhook, WebhookDelivery
from toolhub.catalog.selectors.webhooks import deliveries_due
from toolhub.catalog.services.annotations import annotations_update
from toolhub.catalog.services.deliveries import WAITS, deliveries_forget, delivery_send
from toolhub.catalog.services.fan_out import fan_out
from toolhub.catalog.services.imports import tools_import_remove
from toolhub.catalog.services.toollists import toollist_create, toollist_update
from toolhub.catalog.tasks import saved_search, webhook_send, webhooks_forget, webhooks_run
from toolhub.core import http
from toolhub.core.clock import now
from toolhub.core.models import Change

pytestmark = pytest.mark.django_db

HOOKS = "/api/webhooks/"


class Receiver(ThreadingHTTPServer):
    status = 204
    location = ""
    answer = b""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.seen: list[tuple[dict[str, str], bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook"


class Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.seen.append((headers, self.rfile.read(length)))
        self.send_response(self.server.status)
        if self.server.location:
            self.send_header("Location", self.server.location)
        if self.server.status != 204:
            self.send_header("Content-Length", str(len(self.server.answer)))
        self.end_headers()
        self.wfile.write(self.server.answer)

    def log_message(self, *args: Any) -> None:
        pass


@contextmanager
def receiving() -> Iterator[Receiver]:
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    with receiving() as server:
        settings.OUTBOUND_ALLOWED_HOSTS = {f"127.0.0.1:{server.server_port}"}
        yield server


@pytest.fixture
def api(alice: User) -> Client:
    tool_make("a-tool", actor=alice)
    spread()
    api = Client(headers={"accept": "application/json"}, raise_request_exception=False)
    api.force_login(alice)
    return api


def create(api: Client, url: str, kind: str = "tool", target: str = "a-tool") -> Any:
    body = {"url": url, "kind": kind, "target": target}
    return api.post(HOOKS, body, content_type="application/json")


def hook(api: Client, receiver: Receiver, kind: str = "tool", target: str = "a-tool") -> Any:
    response = create(api, receiver.url, kind, target)
    assert response.status_code == 201, response.content
    return orjson.loads(response.content)


def edit(alice: User, qid: str = "Q1", name: str = "a-tool") -> None:
    annotations_update(actor=alice, name=name, fields={"wikidata_qid": qid}, comment="")


def spread() -> bool:
    return fan_out(read=saved_search)


def run() -> None:
    while spread():
        pass
    for pk in deliveries_due():
        delivery_send(delivery_id=pk)


def told(receiver: Receiver) -> list[str]:
    return [orjson.loads(body)["type"] for _, body in receiver.seen]


def test_it_tells_of_a_change_and_signs_it(api: Client, alice: User, receiver: Receiver) -> None:
    secret = hook(api, receiver)["secret"]
    edit(alice)
    run()
    headers, body = receiver.seen[0]
    message = orjson.loads(body)
    assert message["type"] == "tool.put"
    assert (message["data"]["key"], message["id"]) == ("a-tool", headers["webhook-id"])
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert abs(int(headers["webhook-timestamp"]) - now().timestamp()) < 60
    run()
    assert len(receiver.seen) == 1


def test_it_tells_only_what_is_watched(api: Client, alice: User, receiver: Receiver) -> None:
    hook(api, receiver)
    tool_make("another", actor=alice)
    run()
    assert receiver.seen == []
    tools_import_remove(actor=alice, names=["a-tool"], comment="")
    run()
    assert told(receiver) == ["tool.gone"]


def test_it_tells_of_lists(api: Client, alice: User, receiver: Receiver) -> None:
    toollist = toollist_create(actor=alice, fields={"title": "L", "tools": [], "published": True})
    run()
    hook(api, receiver, "list", str(toollist.pk))
    toollist_update(actor=alice, toollist=toollist, fields={"title": "M"})
    toollist_update(actor=alice, toollist=toollist, fields={"published": False})
    run()
    assert sorted(told(receiver)) == ["list.gone", "list.put"]


def test_it_tells_of_tools_that_a_search_finds(
    api: Client, alice: User, receiver: Receiver
) -> None:
    hook(api, receiver, "search", "q=citation&keywords__term=bot")
    tool_make("one", actor=alice, title="Citation one", keywords=["bot"])
    tool_make("two", actor=alice, title="Citation two", keywords=["other"])
    tool_make("three", actor=alice, title="Something", keywords=["bot"])
    tool_make("f__r", actor=alice, title="Citation four", keywords=["bot"])
    run()
    assert {orjson.loads(body)["data"]["key"] for _, body in receiver.seen} == {"one", "f__r"}


def test_it_tells_each_change_once_however_many_ask(
    api: Client, alice: User, receiver: Receiver
) -> None:
    hook(api, receiver)
    edit(alice)
    for _ in range(3):
        spread()
    assert WebhookDelivery.objects.count() == 1
    pk = WebhookDelivery.objects.get().pk
    assert [delivery_send(delivery_id=pk) for _ in range(3)] == [True, False, False]
    assert len(receiver.seen) == 1


def test_it_sends_the_same_again_when_a_sender_died(
    api: Client, alice: User, receiver: Receiver
) -> None:
    hook(api, receiver)
    edit(alice)
    spread()
    # Claimed, and never heard of again.
    WebhookDelivery.objects.update(tries=1, next_at=now() + timedelta(minutes=2))
    run()
    assert receiver.seen == []
    WebhookDelivery.objects.update(next_at=now())
    run()
    assert len(receiver.seen) == 1


def test_it_tries_again_for_a_day(api: Client, alice: User, receiver: Receiver) -> None:
    made = hook(api, receiver)
    receiver.status, receiver.answer = 500, b"oh\0 no"
    edit(alice)
    spread()
    waited = timedelta()
    for _ in range(len(WAITS)):
        run()
        delivery = WebhookDelivery.objects.get()
        assert delivery.next_at is not None
        waited += delivery.next_at - now()
        WebhookDelivery.objects.update(next_at=now())
    assert timedelta(hours=23, minutes=59) < waited < timedelta(hours=24, minutes=1)
    run()
    log = orjson.loads(api.get(f"{HOOKS}{made['id']}/deliveries/").content)["results"]
    assert len(receiver.seen) == len(WAITS) + 1
    assert (log[0]["tries"], log[0]["status_code"], log[0]["answer"]) == (9, 500, "oh no")
    assert (log[0]["next_at"], log[0]["delivered_at"]) == (None, None)
    assert orjson.loads(log[0]["body"])["type"] == "tool.put"
    assert len({headers["webhook-id"] for headers, _ in receiver.seen}) == 1


def test_it_stops_when_the_receiver_is_gone_for_good(
    api: Client, alice: User, receiver: Receiver
) -> None:
    hook(api, receiver)
    receiver.status = 410
    edit(alice)
    run()
    edit(alice, "Q2")
    run()
    assert len(receiver.seen) == 1
    assert not Webhook.objects.get().is_active


def test_f109_it_follows_no_redirect(api: Client, alice: User, receiver: Receiver) -> None:
    hook(api, receiver)
    receiver.status, receiver.location = 307, "http://127.0.0.1:1/elsewhere"
    edit(alice)
    run()
    delivery = WebhookDelivery.objects.get()
    assert (delivery.status_code, delivery.delivered_at) == (307, None)


def test_f109_it_reads_no_huge_answer(api: Client, alice: User, receiver: Receiver) -> None:
    hook(api, receiver)
    receiver.status, receiver.answer = 200, b"x" * 100_000
    edit(alice)
    run()
    delivery = WebhookDelivery.objects.get()
    assert (delivery.status_code, delivery.answer) == (None, "")
    assert "too large" in delivery.error
    assert delivery.next_at is not None


def test_f109_it_sends_nothing_to_a_private_address(
    api: Client, alice: User, receiver: Receiver, settings: Any
) -> None:
    hook(api, receiver)
    settings.OUTBOUND_ALLOWED_HOSTS = set()
    edit(alice)
    run()
    assert receiver.seen == []
    assert WebhookDelivery.objects.get().error


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "url"),
        ({"url": "ftp://e.org/"}, "url"),
        ({"url": "http://127.0.0.1/"}, "url"),
        ({"url": "http://10.0.0.1/"}, "url"),
        ({"url": "x"}, "url"),
        ({"url": "https://e.org/\0"}, "url"),
        ({"url": "https://e.org/" + "x" * 3000}, "url"),
        ({"kind": "user"}, "kind"),
        ({"target": "none"}, "target"),
        ({"kind": "list", "target": "x"}, "target"),
        ({"kind": "list", "target": "9" * 30}, "target"),
        ({"kind": "search", "target": "   "}, "target"),
    ],
)
def test_it_names_what_is_wrong(api: Client, body: dict[str, str], field: str) -> None:
    whole = {"url": "https://e.org/hook", "kind": "tool", "target": "a-tool", **body}
    sent = whole if body else {}
    response = api.post(HOOKS, sent, content_type="application/json")
    assert response.status_code == 400
    assert orjson.loads(response.content)["errors"][0]["field"] == field


def test_it_watches_no_private_list_of_somebody_else(api: Client, bob: User) -> None:
    secret = toollist_create(actor=bob, fields={"title": "Secret", "tools": []})
    response = create(api, "https://e.org/", "list", str(secret.pk))
    assert response.status_code == 400
    assert b"Secret" not in response.content


def test_f101_it_keeps_webhooks_to_their_owner(
    api: Client, receiver: Receiver, charlie: User
) -> None:
    pk = hook(api, receiver)["id"]
    paths = (f"{HOOKS}{pk}/", f"{HOOKS}{pk}/deliveries/")
    for path in paths:
        assert api.get(path).status_code == 200
        assert b"whsec" not in api.get(path).content
    api.force_login(charlie)
    assert orjson.loads(api.get(HOOKS).content)["count"] == 0
    assert [api.get(path).status_code for path in paths] == [404, 404]
    assert api.delete(paths[0]).status_code == 404
    api.logout()
    assert [api.get(path).status_code for path in (HOOKS, *paths)] == [401, 401, 401]
    assert create(api, receiver.url).status_code == 401
    assert Webhook.objects.count() == 1


def test_it_forgets_a_webhook_and_what_it_waits_for(
    api: Client, alice: User, receiver: Receiver
) -> None:
    pk = hook(api, receiver)["id"]
    edit(alice)
    spread()
    waiting: UUID = WebhookDelivery.objects.get().pk
    assert api.delete(f"{HOOKS}{pk}/").status_code == 204
    assert not delivery_send(delivery_id=waiting)
    assert receiver.seen == []


def test_it_leaves_no_trace_in_public_logs(api: Client, receiver: Receiver) -> None:
    before = (LogEntry.objects.count(), Change.objects.count())
    pk = hook(api, receiver)["id"]
    api.delete(f"{HOOKS}{pk}/")
    assert (LogEntry.objects.count(), Change.objects.count()) == before
    assert "whsec" not in str(list(Webhook.objects.values()))


def test_it_gives_nobody_more_than_twenty(api: Client, receiver: Receiver) -> None:
    for _ in range(20):
        hook(api, receiver)
    assert create(api, receiver.url).status_code == 400


def test_it_forgets_old_deliveries(api: Client, alice: User, receiver: Receiver) -> None:
    hook(api, receiver)
    edit(alice)
    run()
    webhooks_forget()
    assert WebhookDelivery.objects.count() == 1
    WebhookDelivery.objects.update(created_at=F("created_at") - timedelta(days=31))
    deliveries_forget()
    assert WebhookDelivery.objects.count() == 0


def test_it_queues_what_is_due(
    api: Client, alice: User, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued: list[str] = []
    monkeypatch.setattr(webhook_send, "delay", queued.append)
    hook(api, receiver)
    edit(alice)
    webhooks_run()
    assert len(queued) == 1
    webhook_send(queued[0])
    assert told(receiver) == ["tool.put"]


def test_it_posts_through_the_one_door(receiver: Receiver) -> None:
    receiver.status, receiver.answer = 200, b"thanks"
    answer = http.post(receiver.url, b"\xff" * 100, headers={"X-Of-Ours": "1"})
    headers, body = receiver.seen[0]
    assert (answer.status, answer.body, body) == (200, b"thanks", b"\xff" * 100)
    assert (headers["x-of-ours"], headers["content-length"]) == ("1", "100")
    with pytest.raises(http.OutboundError) as refused:
        http.post("http://10.0.0.1/", b"")
    assert refused.value.code == "address_refused"
