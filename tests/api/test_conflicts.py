from __future__ import annotations

from threading import Barrier, Thread
from typing import Any

import orjson
import pytest
from django.db import connection
from django.test import Client

from toolhub.accounts.models import User
from toolhub.catalog.models import Revision
from toolhub.catalog.services.toollists import toollist_create
from toolhub.catalog.services.tools import tool_create, tool_update

pytestmark = pytest.mark.django_db

TOOL = "/api/tools/a-tool/"
NOTES = f"{TOOL}annotations/"


@pytest.fixture
def api(alice: User) -> Client:
    fields = {"name": "a-tool", "title": "First", "description": "D", "url": "https://e.org/"}
    tool_create(actor=alice, fields=fields)
    api = Client(headers={"accept": "application/json"}, raise_request_exception=False)
    api.force_login(alice)
    return api


def tag(api: Client, path: str = TOOL) -> str:
    found = str(api.get(path).headers["ETag"])
    assert "-r" in found
    return found


def put(api: Client, path: str, fields: dict[str, Any], known: str = "") -> Any:
    headers = {"if-match": known} if known else {}
    return api.put(path, fields, content_type="application/json", headers=headers)


def edit(alice: User, **fields: Any) -> None:
    tool_update(actor=alice, name="a-tool", fields=fields)


def whole(**fields: Any) -> dict[str, Any]:
    return {"title": "First", "description": "D", "url": "https://e.org/", **fields}


def test_it_takes_an_edit_of_the_newest_version(api: Client) -> None:
    response = put(api, TOOL, whole(title="Second"), tag(api))
    assert response.status_code == 200
    # What comes back names the version to go on with.
    assert put(api, TOOL, whole(title="Third"), response.headers["ETag"]).status_code == 200


@pytest.mark.parametrize("known", ["", "*"])
def test_it_lets_the_last_one_win_when_nobody_asks(api: Client, alice: User, known: str) -> None:
    edit(alice, title="Other")
    assert put(api, TOOL, whole(title="Mine"), known).status_code == 200


def test_it_joins_edits_of_different_fields(api: Client, alice: User) -> None:
    known = tag(api)
    edit(alice, title="Other", keywords=["x"])
    response = put(api, TOOL, whole(subtitle="Mine"), known)
    body = orjson.loads(response.content)
    assert response.status_code == 200
    assert (body["title"], body["keywords"], body["subtitle"]) == ("Other", ["x"], "Mine")


def test_it_gives_both_versions_when_edits_collide(api: Client, alice: User) -> None:
    known = tag(api)
    edit(alice, title="Other")
    response = put(api, TOOL, whole(title="Mine"), known)
    assert response.status_code == 412
    body = orjson.loads(response.content)
    assert (body["code"], body["status_code"]) == (4120, 412)
    assert body["base"]["title"] == "First"
    assert body["current"]["title"] == "Other"
    assert body["yours"]["title"] == "Mine"
    assert "title" in body["message"]
    assert orjson.loads(api.get(TOOL).content)["title"] == "Other"


def test_it_gives_both_versions_in_a_problem_document(api: Client, alice: User) -> None:
    known = tag(api)
    edit(alice, title="Other")
    headers = {"if-match": known, "accept": "application/problem+json"}
    response = api.put(TOOL, whole(title="X"), content_type="application/json", headers=headers)
    body = orjson.loads(response.content)
    assert (body["status"], body["current"]["title"]) == (412, "Other")


def test_f106_it_lets_one_of_many_equal_edits_win(api: Client) -> None:
    known = tag(api)
    before = Revision.objects.count()
    answers = [put(api, TOOL, whole(title="Mine"), known).status_code for _ in range(5)]
    assert answers == [200, 412, 412, 412, 412]
    assert Revision.objects.count() == before + 1


@pytest.mark.parametrize("known", ['"nonsense"', '"r999999999"', "W/", '"0-00000000-0-r1x"'])
def test_it_refuses_a_version_it_does_not_know(api: Client, known: str) -> None:
    response = put(api, TOOL, whole(title="Mine"), known)
    assert response.status_code == 412
    assert orjson.loads(response.content)["current"]["title"] == "First"


def test_it_takes_no_version_of_something_else(api: Client, alice: User) -> None:
    fields = {"name": "b", "title": "B", "description": "D", "url": "https://e.org/"}
    tool_create(actor=alice, fields=fields)
    response = put(api, TOOL, whole(title="Mine"), tag(api, "/api/tools/b/"))
    assert response.status_code == 412
    assert "base" not in orjson.loads(response.content)


def test_it_does_not_show_a_hidden_version(api: Client, alice: User) -> None:
    known = tag(api)
    edit(alice, title="Other")
    Revision.objects.filter(number=1).update(suppressed=True)
    response = put(api, TOOL, whole(title="Mine"), known)
    assert response.status_code == 412
    assert b"First" not in response.content.replace(b'"yours"', b"")
    known = known.replace("W/", "")
    assert api.delete(TOOL, headers={"if-match": known}).json()["base"] is None


def test_it_tells_a_stranger_nothing_but_no(api: Client, alice: User, charlie: User) -> None:
    known = tag(api)
    edit(alice, title="Other")
    api.force_login(charlie)
    assert put(api, TOOL, whole(title="Mine"), known).status_code == 403
    api.logout()
    assert put(api, TOOL, whole(title="Mine"), known).status_code == 401


def test_it_deletes_only_what_was_seen(api: Client, alice: User) -> None:
    known = tag(api)
    edit(alice, title="Other")
    response = api.delete(TOOL, headers={"if-match": known})
    assert response.status_code == 412
    assert orjson.loads(response.content)["current"]["title"] == "Other"
    assert api.delete(TOOL, headers={"if-match": tag(api)}).status_code == 204


def test_it_joins_edits_of_both_halves_of_a_tool(api: Client, alice: User) -> None:
    known = tag(api, NOTES)
    edit(alice, title="Other")
    response = put(api, NOTES, {"wikidata_qid": "Q1"}, known)
    assert response.status_code == 200
    known = response.headers["ETag"]
    assert put(api, NOTES, {"wikidata_qid": "Q2"}).status_code == 200
    response = put(api, NOTES, {"wikidata_qid": "Q3"}, known)
    assert response.status_code == 412
    assert orjson.loads(response.content)["yours"] == {"wikidata_qid": "Q3"}


def test_it_guards_lists_in_the_same_way(api: Client, alice: User) -> None:
    toollist = toollist_create(actor=alice, fields={"title": "L", "tools": ["a-tool"]})
    path = f"/api/lists/{toollist.pk}/"
    known = tag(api, path)
    assert put(api, path, {"title": "Other", "tools": ["a-tool"]}).status_code == 200
    joined = put(api, path, {"title": "L", "tools": ["a-tool"], "description": "D"}, known)
    assert joined.status_code == 200
    assert orjson.loads(joined.content)["title"] == "Other"
    assert put(api, path, {"title": "Mine", "tools": ["a-tool"]}, known).status_code == 412
    assert api.delete(path, headers={"if-match": known}).status_code == 412
    assert api.delete(path, headers={"if-match": joined.headers["ETag"]}).status_code == 204


@pytest.mark.django_db(transaction=True)
def test_f106_it_lets_one_of_many_at_once_win(api: Client, alice: User) -> None:
    known, count = tag(api), 8
    statuses: list[int] = []
    barrier = Barrier(count)

    def send(number: int) -> None:
        client = Client(headers={"accept": "application/json"}, raise_request_exception=False)
        client.force_login(alice)
        barrier.wait(20)
        statuses.append(put(client, TOOL, whole(title=f"Edit {number}"), known).status_code)
        connection.close()

    threads = [Thread(target=send, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(statuses) == [200] + [412] * (count - 1)
    assert Revision.objects.count() == 2
