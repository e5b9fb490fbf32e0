"""Each operation of the API once, as a request that succeeds for those who may make it, and who they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

ROLES = (
    "anonymous", "other_user", "owner", "admin", "bureaucrat", "oversighter", "patroller",
)  # fmt: skip
LOGGED_IN = ROLES[1:]
EVERYBODY = ROLES


@dataclass(frozen=True)
class World:
    """The ids of things that `owner` made."""

    tool: str
    tool_first: int
    tool_hidden: int
    tool_previous: int
    tool_newest: int
    toollist: int
    list_first: int
    list_hidden: int
    list_previous: int
    list_newest: int
    published: int
    featured: int
    url: int
    run: int
    run_url: int
    log_entry: int
    group: int
    user: int
    member: int
    client_id: str
    authorization: int


Path = Callable[[World], str]


@dataclass(frozen=True)
class Scenario:
    """`path` is the contract's template; `address` fills it. Who is not in `allowed` gets 401 without a login, else `denied`."""

    method: str
    path: str
    address: Path
    allowed: tuple[str, ...] = EVERYBODY
    ok: int = 200
    denied: int = 403
    body: Any = None
    form: str = "application/json"

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    def expected(self, role: str) -> int:
        if role in self.allowed:
            return self.ok
        return 401 if role == "anonymous" else self.denied


OWNER = ("owner",)
ADMIN = ("admin",)
OVERSIGHT = ("admin", "oversighter")
CHANGERS = ("owner", "admin", "oversighter")
ENDERS = ("owner", "admin")
PATROL = ("admin", "patroller")
MEMBERSHIP = ("admin", "bureaucrat")
TOOL = {"title": "T", "description": "D.", "url": "https://t.example.org/", "comment": "why"}
LIST = {"title": "A list", "tools": ["owned-tool"], "comment": "why"}
URL = {"url": "https://new.example.org/toolinfo.json"}
APP = {"name": "An app", "redirect_url": "https://app.example.org/back"}


def read(path: str, address: Path | str, **more: Any) -> Scenario:
    fixed: Path = (lambda world: address) if isinstance(address, str) else address
    return Scenario("GET", path, fixed, **more)


def plain(path: str, **more: Any) -> Scenario:
    return read(path, path, **more)


def write(method: str, path: str, address: Path | str, **more: Any) -> Scenario:
    fixed: Path = (lambda world: address) if isinstance(address, str) else address
    return Scenario(method, path, fixed, **more)


def revision_verbs(base: str, prefix: Path, kind: str) -> list[Scenario]:
    """The verbs are the same for tools and lists; reverting and undoing need the right to change the thing."""

    def first(world: World) -> int:
        return world.tool_first if kind == "tool" else world.list_first

    def previous(world: World) -> int:
        return world.tool_previous if kind == "tool" else world.list_previous

    def newest(world: World) -> int:
        return world.tool_newest if kind == "tool" else world.list_newest

    def hidden(world: World) -> int:
        return world.tool_hidden if kind == "tool" else world.list_hidden

    def at(which: Callable[[World], int], end: str = "") -> Path:
        return lambda world: f"{prefix(world)}{which(world)}/{end}"

    return [
        read(base, prefix),
        read(f"{base}{{id}}/", at(first)),
        read(f"{base}{{id}}/diff/{{other_id}}/", lambda w: f"{prefix(w)}{first(w)}/diff/{previous(w)}/"),
        write("PATCH", f"{base}{{id}}/hide/", at(first, "hide/"), allowed=OVERSIGHT, ok=204, body={"comment": "x"}),
        write("PATCH", f"{base}{{id}}/reveal/", at(hidden, "reveal/"), allowed=OVERSIGHT, ok=204, body={"comment": "x"}),
        write("PATCH", f"{base}{{id}}/patrol/", at(first, "patrol/"), allowed=PATROL, ok=204, body={}),
        write("POST", f"{base}{{id}}/revert/", at(first, "revert/"), allowed=CHANGERS, body={"id": 1}),
        write("POST", f"{base}{{id}}/undo/{{other_id}}/", lambda w: f"{prefix(w)}{newest(w)}/undo/{previous(w)}/", allowed=CHANGERS, body={"id": 1}),
    ]  # fmt: skip


def tool_path(end: str = "") -> Path:
    return lambda world: f"/api/tools/{world.tool}/{end}"


def list_path(end: str = "") -> Path:
    return lambda world: f"/api/lists/{world.toollist}/{end}"


def app_path(world: World) -> str:
    return f"/api/oauth/applications/{world.client_id}/"


def grant_path(world: World) -> str:
    return f"/api/oauth/authorized/{world.authorization}/"


def member_path(world: World) -> str:
    return f"/api/groups/{world.group}/members/{world.member}/"


SCENARIOS = [
    plain("/api/auditlogs/"),
    read("/api/auditlogs/{id}/", lambda w: f"/api/auditlogs/{w.log_entry}/"),
    read("/api/autocomplete/lists/", "/api/autocomplete/lists/?q=t"),
    read("/api/autocomplete/tools/", "/api/autocomplete/tools/?q=t"),
    plain("/api/crawler/runs/"),
    read("/api/crawler/runs/{id}/", lambda w: f"/api/crawler/runs/{w.run}/"),
    read("/api/crawler/runs/{run_id}/urls/", lambda w: f"/api/crawler/runs/{w.run}/urls/"),
    read("/api/crawler/runs/{run_id}/urls/{id}/", lambda w: f"/api/crawler/runs/{w.run}/urls/{w.run_url}/"),
    plain("/api/crawler/urls/"),
    write("POST", "/api/crawler/urls/", "/api/crawler/urls/", allowed=LOGGED_IN, ok=201, body=URL),
    read("/api/crawler/urls/{id}/", lambda w: f"/api/crawler/urls/{w.url}/"),
    write("PUT", "/api/crawler/urls/{id}/", lambda w: f"/api/crawler/urls/{w.url}/", allowed=ENDERS, body=URL),
    write("PATCH", "/api/crawler/urls/{id}/", lambda w: f"/api/crawler/urls/{w.url}/", allowed=ENDERS, body=URL),
    write("DELETE", "/api/crawler/urls/{id}/", lambda w: f"/api/crawler/urls/{w.url}/", allowed=ENDERS, ok=204),
    plain("/api/crawler/urls/self/", allowed=LOGGED_IN),
    plain("/api/groups/"),
    read("/api/groups/{id}/", lambda w: f"/api/groups/{w.group}/"),
    write("PUT", "/api/groups/{group_pk}/members/{id}/", lambda w: f"/api/groups/{w.group}/members/{w.user}/", allowed=MEMBERSHIP),
    write("PATCH", "/api/groups/{group_pk}/members/{id}/", lambda w: f"/api/groups/{w.group}/members/{w.user}/", allowed=MEMBERSHIP),
    write("DELETE", "/api/groups/{group_pk}/members/{id}/", member_path, allowed=MEMBERSHIP),
    plain("/api/lists/"),
    write("POST", "/api/lists/", "/api/lists/", allowed=LOGGED_IN, ok=201, body=LIST),
    read("/api/lists/{id}/", list_path()),
    write("PUT", "/api/lists/{id}/", list_path(), allowed=CHANGERS, body=LIST),
    write("PATCH", "/api/lists/{id}/", list_path(), allowed=CHANGERS, body={"title": "Another"}),
    write("DELETE", "/api/lists/{id}/", list_path(), allowed=ENDERS, ok=204),
    write("PATCH", "/api/lists/{id}/feature/", lambda w: f"/api/lists/{w.published}/feature/", allowed=ADMIN, ok=204, body={"comment": "x"}),
    write("PATCH", "/api/lists/{id}/unfeature/", lambda w: f"/api/lists/{w.featured}/unfeature/", allowed=ADMIN, ok=204, body={"comment": "x"}),
    *revision_verbs("/api/lists/{list_pk}/revisions/", list_path("revisions/"), "list"),
    plain("/api/oauth/applications/"),
    write("POST", "/api/oauth/applications/", "/api/oauth/applications/", allowed=LOGGED_IN, ok=201, body=APP),
    read("/api/oauth/applications/{client_id}/", app_path),
    write("PATCH", "/api/oauth/applications/{client_id}/", app_path, allowed=ENDERS, body={"redirect_url": APP["redirect_url"]}),
    write("PUT", "/api/oauth/applications/{client_id}/", app_path, allowed=ENDERS, body=APP),
    write("DELETE", "/api/oauth/applications/{client_id}/", app_path, allowed=ENDERS, ok=204),
    plain("/api/oauth/authorized/", allowed=LOGGED_IN),
    read("/api/oauth/authorized/{id}/", grant_path, allowed=OWNER, denied=404),
    write("DELETE", "/api/oauth/authorized/{id}/", grant_path, allowed=OWNER, ok=204, denied=404),
    write("POST", "/api/oauth/authorized/", "/api/oauth/authorized/", allowed=(), body={}),
    write("PUT", "/api/oauth/authorized/{id}/", grant_path, allowed=(), body={}),
    write("PATCH", "/api/oauth/authorized/{id}/", grant_path, allowed=(), body={}),
    plain("/api/recent/"),
    read("/api/recent/{id}/", lambda w: f"/api/recent/{w.tool_first}/"),
    read("/api/search/lists/", "/api/search/lists/?q=t"),
    read("/api/search/tools/", "/api/search/tools/?q=t"),
    plain("/api/spdx/"),
    read("/api/spdx/{id}/", "/api/spdx/MIT/"),
    plain("/api/tools/"),
    write("POST", "/api/tools/", "/api/tools/", allowed=LOGGED_IN, ok=201, body={**TOOL, "name": "new-tool"}),
    read("/api/tools/{name}/", tool_path()),
    write("PUT", "/api/tools/{name}/", tool_path(), allowed=CHANGERS, body=TOOL),
    write("PATCH", "/api/tools/{name}/", tool_path(), allowed=CHANGERS, body={"title": "Other"}),
    write("DELETE", "/api/tools/{name}/", tool_path(), allowed=ENDERS, ok=204),
    read("/api/tools/{name}/annotations/", tool_path("annotations/")),
    write("PUT", "/api/tools/{name}/annotations/", tool_path("annotations/"), allowed=LOGGED_IN, body={"audiences": ["editor"], "comment": "x"}),
    *revision_verbs("/api/tools/{tool_name}/revisions/", tool_path("revisions/"), "tool"),
    plain("/api/ui/home/"),
    plain("/api/user/"),
    plain("/api/user/authtoken/", allowed=OWNER, denied=404),
    write("POST", "/api/user/authtoken/", "/api/user/authtoken/", allowed=LOGGED_IN),
    write("DELETE", "/api/user/authtoken/", "/api/user/authtoken/", allowed=OWNER, ok=204, denied=404),
    plain("/api/user/favorites/", allowed=LOGGED_IN),
    write("POST", "/api/user/favorites/", "/api/user/favorites/", allowed=LOGGED_IN, ok=201, body={"name": "second-tool"}),
    read("/api/user/favorites/{tool_name}/", lambda w: f"/api/user/favorites/{w.tool}/", allowed=OWNER, denied=404),
    write("DELETE", "/api/user/favorites/{tool_name}/", lambda w: f"/api/user/favorites/{w.tool}/", allowed=OWNER, ok=204, denied=404),
    plain("/api/user/locale/"),
    write("POST", "/api/user/locale/", "/api/user/locale/", body={"language": "ar"}),
    plain("/api/users/"),
    read("/api/users/{id}/", lambda w: f"/api/users/{w.user}/"),
    plain("/api/schema/"),
]  # fmt: skip
