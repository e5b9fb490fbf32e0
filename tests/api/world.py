"""Builds the things of `scenarios.World` through the API itself, as their owner."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import orjson
from django.contrib.auth.models import Group
from django.test import Client
from oauth2_provider.models import AccessToken, Application

from crawler.models import Run, RunUrl, Url
from tests.api.scenarios import World
from tests.factories import user_make
from toolhub.accounts.models import User
from toolhub.audit.models import LogEntry
from toolhub.catalog.models import Revision
from toolhub.core.clock import now

GROUPS = {
    "admin": "Administrators",
    "bureaucrat": "Bureaucrats",
    "oversighter": "Oversighters",
    "patroller": "Patrollers",
}


def people() -> dict[str, User]:
    """One user for each role that is logged in."""
    made = {role: user_make(role.title()) for role in ("other_user", "owner", *GROUPS)}
    for role, name in GROUPS.items():
        made[role].groups.add(Group.objects.get(name=name))
    return made


def client_for(user: User | None) -> Client:
    client = Client(headers={"accept": "application/json"}, raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client


def build(owner: User, admin: User, member: User) -> World:
    api = client_for(owner)
    tool = make(api, "/api/tools/", {**tool_body("Owned"), "name": "owned-tool"})["name"]
    make(api, "/api/tools/", {**tool_body("Second"), "name": "second-tool"})
    for title in ("Two", "Three", "Four"):
        send(api, "put", f"/api/tools/{tool}/", tool_body(title))
    lists = [make(api, "/api/lists/", list_body(title, tool))["id"] for title in "ABC"]
    for title in ("Two", "Three", "Four"):
        send(api, "put", f"/api/lists/{lists[0]}/", list_body(title, tool))
    chief = client_for(admin)
    send(chief, "patch", f"/api/lists/{lists[2]}/feature/", {"comment": "good"})
    tool_revisions = list(Revision.objects.filter(tool__name=tool).order_by("number"))
    list_revisions = list(Revision.objects.filter(toollist=lists[0]).order_by("number"))
    for base, rows in (
        (f"/api/tools/{tool}", tool_revisions),
        (f"/api/lists/{lists[0]}", list_revisions),
    ):
        send(chief, "patch", f"{base}/revisions/{rows[1].pk}/hide/", {"comment": "bad"})
    send(api, "post", "/api/user/favorites/", {"name": tool})
    send(api, "post", "/api/user/authtoken/", {})
    app = make(
        api, "/api/oauth/applications/", {"name": "App", "redirect_url": "https://a.example.org/"}
    )
    url, run, run_url = crawled(owner)
    group = Group.objects.get(name="Patrollers")
    group.user_set.add(member)
    return World(
        tool=tool,
        tool_first=tool_revisions[0].pk,
        tool_hidden=tool_revisions[1].pk,
        tool_previous=tool_revisions[-2].pk,
        tool_newest=tool_revisions[-1].pk,
        toollist=lists[0],
        list_first=list_revisions[0].pk,
        list_hidden=list_revisions[1].pk,
        list_previous=list_revisions[-2].pk,
        list_newest=list_revisions[-1].pk,
        published=lists[1],
        featured=lists[2],
        url=url.pk,
        run=run.pk,
        run_url=run_url.pk,
        log_entry=LogEntry.objects.filter(target_type="tool").values_list("pk", flat=True)[0],
        group=group.pk,
        user=owner.pk,
        member=member.pk,
        client_id=app["client_id"],
        authorization=authorized(owner, app["client_id"]),
    )


def crawled(owner: User) -> tuple[Url, Run, RunUrl]:
    url = Url.objects.create(url="https://owned.example.org/toolinfo.json", created_by=owner)
    run = Run.objects.create(ended_at=now(), crawled_urls=1)
    row = RunUrl.objects.create(run=run, url=url, status_code=200, valid=True, log="INFO: fine")
    return url, run, row


def authorized(user: User, client_id: str) -> int:
    application = Application.objects.get(client_id=client_id)
    token = AccessToken.objects.create(
        user=user,
        application=application,
        token="a-token",
        expires=now() + timedelta(hours=1),
        scope="read write",
    )
    return int(token.pk)


def tool_body(title: str) -> dict[str, Any]:
    return {"title": title, "description": "D.", "url": "https://t.example.org/", "comment": "why"}


def list_body(title: str, tool: str) -> dict[str, Any]:
    return {"title": title, "tools": [tool], "published": True, "comment": "why"}


def send(api: Client, method: str, path: str, body: Any) -> Any:
    response = getattr(api, method)(path, orjson.dumps(body), content_type="application/json")
    assert response.status_code < 300, (method, path, response.status_code, response.content)
    return orjson.loads(response.content) if response.content else None


def make(api: Client, path: str, body: Any) -> Any:
    return send(api, "post", path, body)
