from __future__ import annotations

from typing import Any

import pytest

from tests.accounts.clients import bearer, client, member, read, sent
from toolhub.accounts import groups
from toolhub.accounts.models import User

pytestmark = pytest.mark.django_db

Rules = dict[tuple[str, str], list[dict[str, Any] | None]]


def rules(user: User | None) -> Rules:
    """The conditions of each rule, by subject and action."""
    found: Rules = {}
    for rule in read(client(user).get("/api/user/"))["casl"]:
        assert set(rule) <= {"subject", "action", "conditions"}
        found.setdefault((rule["subject"], rule["action"]), []).append(rule.get("conditions"))
    return found


def test_it_tells_nobody_who_they_are_not(db: None) -> None:
    response = client().get("/api/user/")
    facts = read(response)
    assert list(facts) == [
        "id", "username", "email", "is_anonymous", "is_authenticated", "csrf_token", "casl",
    ]  # fmt: skip
    assert (facts["id"], facts["username"], facts["email"]) == (None, "", "")
    assert (facts["is_anonymous"], facts["is_authenticated"]) == (True, False)
    assert "no-store" in response.headers["Cache-Control"]


def test_it_tells_people_who_they_are(alice: User) -> None:
    facts = read(client(alice).get("/api/user/"))
    assert (facts["id"], facts["username"], facts["email"]) == (alice.pk, "Alice", "")
    assert (facts["is_anonymous"], facts["is_authenticated"]) == (False, True)


def test_it_lets_everybody_view(db: None) -> None:
    found = rules(None)
    assert {action for _, action in found} == {"view"}
    assert found["reversion/version", "view"] == [{"suppressed": False}]
    assert found["toolinfo/tool", "view"] == [None]
    assert len(found) == 10


def test_it_tells_what_people_may_do_with_their_own(alice: User) -> None:
    found = rules(alice)
    assert found["toolinfo/tool", "change"] == [{"created_by.id": alice.pk, "origin": "api"}]
    assert found["toolinfo/tool", "add"] == [None]
    assert found["lists/toollist", "delete"] == [{"created_by.id": alice.pk}]
    assert found["crawler/url", "change"] == [{"created_by.id": alice.pk}]
    assert found["oauth2_provider/application", "change"] == [{"user.id": alice.pk}]
    assert found["oauth2_provider/accesstoken", "delete"] == [{"user.id": alice.pk}]
    assert found["user/toolhubuser", "change"] == [{"id": alice.pk}]
    assert found["toolinfo/annotations", "change"] == [None]
    for missing in [("lists/toollist", "feature"), ("auth/group", "change")]:
        assert missing not in found


@pytest.mark.parametrize(
    ("role", "subject", "action", "conditions"),
    [
        (groups.ADMINISTRATORS, "toolinfo/tool", "delete", {"origin": "api"}),
        (groups.ADMINISTRATORS, "lists/toollist", "feature", None),
        (groups.ADMINISTRATORS, "auth/group", "add", None),
        (groups.ADMINISTRATORS, "oauth2_provider/application", "delete", None),
        (groups.BUREAUCRATS, "auth/group", "change", None),
        (groups.OVERSIGHTERS, "reversion/version", "change", None),
        (groups.OVERSIGHTERS, "toolinfo/tool", "change", {"origin": "api"}),
        (groups.PATROLLERS, "reversion/version", "patrol", None),
    ],
)
def test_it_tells_what_a_group_may_do(
    role: str, subject: str, action: str, conditions: dict[str, Any] | None
) -> None:
    assert rules(member("Boss", role))[subject, action] == [conditions]


def test_it_tells_an_application_less(alice: User) -> None:
    told = read(bearer(alice).get("/api/user/"))["casl"]
    assert {"action": "add", "subject": "toolinfo/tool"} in told
    assert {"action": "add", "subject": "oauth2_provider/application"} not in told


def test_it_needs_few_queries(alice: User, django_assert_max_num_queries: Any) -> None:
    session = client(alice)
    with django_assert_max_num_queries(3):
        session.get("/api/user/")


@pytest.mark.parametrize(("sent_code", "kept"), [("ar", "ar"), ("PT-BR", "pt-br"), ("en-us", "en")])
def test_it_keeps_the_language_one_chooses(db: None, sent_code: str, kept: str) -> None:
    browser = client()
    assert read(browser.get("/api/user/locale/")) == {"language": "en"}
    response = sent(browser, "post", "/api/user/locale/", {"language": sent_code})
    assert (response.status_code, read(response)) == (200, {"language": kept})
    assert read(browser.get("/api/user/locale/")) == {"language": kept}


def test_it_answers_in_the_language_one_chose(db: None) -> None:
    browser = client()
    sent(browser, "post", "/api/user/locale/", {"language": "ar"})
    assert browser.get("/api/groups/").headers["Content-Language"] == "ar"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, 2002),
        ({"language": ""}, 2031),
        ({"language": None}, 2022),
        ({"language": "x" * 17}, 2041),
        ({"language": "klingonish"}, 3102),
        ({"language": "en\u0000"}, 2012),
        ({"language": "../../etc"}, 3102),
        ({"language": ["en"]}, 2012),
    ],
)
def test_it_refuses_what_is_no_language(db: None, body: dict[str, Any], code: int) -> None:
    response = sent(client(), "post", "/api/user/locale/", body)
    assert response.status_code == 400
    error = read(response)["errors"][0]
    assert (error["field"], error["code"]) == ("language", code)
    assert not response.cookies


def test_it_does_not_trust_the_language_cookie(db: None) -> None:
    browser = client()
    browser.cookies["django_language"] = "<script>"
    assert read(browser.get("/api/user/locale/")) == {"language": "en"}
