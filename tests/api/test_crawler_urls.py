from __future__ import annotations

from typing import Any

import orjson
import pytest
from django.contrib.auth.models import Group
from django.test import Client

from crawler.models import Run, RunUrl, Url
from crawler.services.urls import url_register, url_tools_keep
from tests.factories import tool_make
from toolhub.accounts.groups import ADMINISTRATORS, OVERSIGHTERS
from toolhub.accounts.models import User
from toolhub.audit.models import LogEntry
from toolhub.core.models import Change

pytestmark = pytest.mark.django_db

ADDRESS = "https://example.org/toolinfo.json"
OTHER = {"url": "https://other.example.org/toolinfo.json"}


@pytest.fixture
def url(alice: User) -> Url:
    url = url_register(actor=alice, url=ADDRESS)
    url_tools_keep(url=url, tools=[tool_make("one", actor=alice)])
    return url


def as_user(user: User | None) -> Client:
    client = Client(headers={"accept": "application/json"}, raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client


def send(client: Client, method: str, url: Url, body: Any = None) -> Any:
    path = f"/api/crawler/urls/{url.pk}/"
    return getattr(client, method)(path, orjson.dumps(body), content_type="application/json")


def test_it_reads_one_address(url: Url, alice: User) -> None:
    shown = orjson.loads(as_user(None).get(f"/api/crawler/urls/{url.pk}/").content)
    assert shown["url"] == ADDRESS
    assert shown["created_by"] == {"id": alice.pk, "username": "Alice"}
    for path in ("/api/crawler/urls/999/", "/api/crawler/urls/x/"):
        assert as_user(None).get(path).status_code == 404


@pytest.mark.parametrize("method", ["put", "patch"])
def test_it_moves_an_address_with_its_tools(url: Url, alice: User, method: str) -> None:
    response = send(as_user(alice), method, url, OTHER)
    assert response.status_code == 200
    assert orjson.loads(response.content)["url"] == OTHER["url"]
    assert [link.tool.name for link in url.url_tools.all()] == ["one"]
    entry = LogEntry.objects.get(target_type="url", action=LogEntry.Action.UPDATED)
    assert (entry.user, entry.target_label) == (alice, OTHER["url"])
    assert Change.objects.filter(kind="url", key=str(url.pk)).count() == 2


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_it_lets_only_its_creator_and_administrators_change_it(
    url: Url, alice: User, bob: User, charlie: User, method: str
) -> None:
    bob.groups.add(Group.objects.get(name=OVERSIGHTERS))
    charlie.groups.add(Group.objects.get(name=ADMINISTRATORS))
    for user, status in ((None, 401), (bob, 403)):
        assert send(as_user(user), method, url, {"url": "nonsense"}).status_code == status
    assert send(as_user(bob), method, Url(pk=999), {}).status_code == 404
    assert send(as_user(charlie), method, url, OTHER).status_code in {200, 204}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"url": "nonsense"}, 2012),
        ({"url": "http://127.0.0.1/x.json"}, 2012),
        ({"url": ""}, 2031),
        ({"url": "https://taken.example.org/x.json"}, 3001),
        (5, 1001),
    ],
)
@pytest.mark.parametrize("method", ["put", "patch"])
def test_it_checks_a_new_address_as_it_checks_a_first_one(
    url: Url, alice: User, method: str, body: Any, code: int
) -> None:
    url_register(actor=alice, url="https://taken.example.org/x.json")
    response = send(as_user(alice), method, url, body)
    assert response.status_code == 400
    assert orjson.loads(response.content)["errors"][0]["code"] == code
    url.refresh_from_db()
    assert url.url == ADDRESS


def test_it_writes_nothing_when_nothing_changes(url: Url, alice: User) -> None:
    before = Change.objects.count()
    assert send(as_user(alice), "put", url, {"url": ADDRESS}).status_code == 200
    assert send(as_user(alice), "patch", url, {}).status_code == 200
    assert send(as_user(alice), "put", url, {}).status_code == 400
    assert Change.objects.count() == before


def test_it_forgets_an_address_and_remembers_what_it_was(url: Url, alice: User) -> None:
    assert send(as_user(alice), "delete", url).status_code == 204
    assert as_user(None).get(f"/api/crawler/urls/{url.pk}/").status_code == 404
    assert as_user(None).get("/api/tools/one/").status_code == 404
    entry = LogEntry.objects.get(target_type="url", action=LogEntry.Action.DELETED)
    assert (entry.user, entry.target_label) == (alice, ADDRESS)


def test_it_lists_ones_own_addresses(url: Url, alice: User, charlie: User) -> None:
    path = "/api/crawler/urls/self/"
    assert as_user(None).get(path).status_code == 401
    page = orjson.loads(as_user(alice).get(path).content)
    assert (page["count"], page["results"][0]["id"]) == (1, url.pk)
    assert orjson.loads(as_user(charlie).get(path).content)["results"] == []


def test_it_reads_one_run_and_one_of_its_results(url: Url) -> None:
    run, other = Run.objects.create(), Run.objects.create()
    row = RunUrl.objects.create(run=run, url=url, log="INFO: fine")
    client = as_user(None)
    assert orjson.loads(client.get(f"/api/crawler/runs/{run.pk}/").content)["id"] == run.pk
    shown = orjson.loads(client.get(f"/api/crawler/runs/{run.pk}/urls/{row.pk}/").content)
    assert (shown["id"], shown["run_id"], shown["logs"]) == (row.pk, run.pk, "INFO: fine")
    for path in ("9999", f"{other.pk}/urls/{row.pk}", f"9999/urls/{row.pk}", "x/urls/1"):
        assert client.get(f"/api/crawler/runs/{path}/").status_code == 404
