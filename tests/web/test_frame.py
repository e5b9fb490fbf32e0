"""What every page has: landmarks, language and direction, colours, and nothing the content policy forbids."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from tests.web.pages import Page, full_tool, run_make
from toolhub.web.views import server_error

pytestmark = pytest.mark.django_db

PAGES = (
    "/",
    "/search",
    "/search?q=citation&tasks__term=citing",
    "/tools/citation-hunt",
    "/crawler-history",
    "/crawler-history/1",
)


@pytest.fixture
def catalogue() -> None:
    full_tool()
    run_make(pk=1)
    run_make(pk=2)


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("path", PAGES)
def test_it_has_one_of_each_landmark_and_a_title_of_its_own(client: Client, path: str) -> None:
    page = Page(client, path)
    for tag in ("main", "h1", "footer", "title"):
        assert len(page.elements[tag]) == 1, tag
    assert page.title.endswith("– Toolhub")
    assert page.elements["html"] == [{"lang": "en", "dir": "ltr"}]
    assert page.elements["a"][0]["href"] == "#main"
    assert page.elements["nav"]
    assert any(form.get("role") == "search" for form in page.elements["form"])


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("path", PAGES)
def test_it_has_no_inline_script_and_no_inline_style(client: Client, path: str) -> None:
    page = Page(client, path)
    assert not page.elements["script"]
    assert not page.elements["style"]
    attributes = {name for found in page.elements.values() for one in found for name in one}
    assert not {name for name in attributes if name == "style" or name.startswith("on")}
    assert "default-src 'none'" in page.response["Content-Security-Policy"]


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("path", PAGES)
def test_it_links_only_to_pages_that_exist(client: Client, path: str) -> None:
    local = {href.split("#")[0] for href in Page(client, path).links() if href.startswith("/")}
    # Logging in leads to another site.
    for href in {one for one in local if not one.startswith("/user/login/")}:
        response = client.get(href)
        asks_to_log_in = response.headers.get("Location", "").startswith("/user/login/?next=")
        assert response.status_code == 200 or asks_to_log_in, href


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("path", PAGES)
def test_it_gives_every_id_once(client: Client, path: str) -> None:
    found = Page(client, path).elements.values()
    ids = [str(one["id"]) for elements in found for one in elements if one.get("id")]
    assert sorted(ids) == sorted(set(ids))


def test_it_turns_around_for_a_right_to_left_language(client: Client) -> None:
    page = Page(client, "/?uselang=ar")
    assert page.elements["html"] == [{"lang": "ar", "dir": "rtl"}]
    assert "codex/codex-rtl.css" in page.html
    assert "codex/codex.css" not in page.html


class TestLanguage:
    def test_it_is_chosen_and_the_search_is_kept(self, client: Client) -> None:
        names = {one.get("value") for one in Page(client, "/search?q=x").elements["button"]}
        assert {"en", "ar", "zh-hans"} <= names
        response = client.post("/language", {"language": "ar", "next": "/search?q=x&uselang=fr"})
        assert response["Location"] == "/search?q=x"
        assert Page(client, "/search?q=x").elements["html"][0]["lang"] == "ar"

    def test_it_has_a_page_of_its_own(self, client: Client) -> None:
        page = Page(client, "/language?next=/search")
        assert {"name": "next", "type": "hidden", "value": "/search"} in page.elements["input"]

    @pytest.mark.parametrize("asked", ["xx", "", "../../etc", "a" * 600])
    def test_it_takes_no_other_language(self, client: Client, asked: str) -> None:
        assert not client.post("/language", {"language": asked, "next": "/"}).cookies
        assert Page(client, f"/?uselang={asked}").elements["html"][0]["lang"] == "en"

    def test_it_answers_a_regional_code_in_the_nearest_language(self, client: Client) -> None:
        assert Page(client, "/?uselang=PT-BR").elements["html"][0]["lang"] == "pt"

    def test_it_goes_nowhere_else(self, client: Client) -> None:
        response = client.post("/language", {"language": "ar", "next": "https://evil.example/"})
        assert response["Location"] == "/"


def test_it_tells_caches_what_a_page_depends_on(client: Client) -> None:
    varies = Page(client, "/").response["Vary"]
    assert {"Accept-Language", "Cookie", "HX-Request"} <= {one.strip() for one in varies.split(",")}


def test_it_says_not_found_in_a_page(client: Client) -> None:
    page = Page(client, "/tools/nobody-made-this", status=404)
    assert "There is nothing at this address" in page.text
    assert len(page.elements["main"]) == 1


def test_it_says_not_found_for_an_unknown_path(client: Client) -> None:
    assert "There is nothing at this address" in Page(client, "/no/such/page", status=404).text


def test_it_has_a_page_for_errors_of_ours(
    rf: RequestFactory, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rf.cookies["sessionid"] = "a-session-that-the-database-would-know"
    with django_assert_num_queries(0):
        response = server_error(rf.get("/"))
    assert response.status_code == 500
    assert "An error on our side" in response.content.decode()


class TestTheme:
    def sheet(self, client: Client) -> str:
        found = [one for one in Page(client, "/").elements["link"] if "dark" in str(one["href"])]
        return str(found[0].get("media")) if found else "no sheet"

    def test_it_follows_the_system_at_first(self, client: Client) -> None:
        assert self.sheet(client) == "(prefers-color-scheme: dark)"

    @pytest.mark.parametrize(
        ("theme", "media"),
        [("dark", "None"), ("light", "no sheet"), ("auto", "(prefers-color-scheme: dark)")],
    )
    def test_it_keeps_what_was_chosen(self, client: Client, theme: str, media: str) -> None:
        response = client.post("/theme/", {"theme": theme, "next": "/search?q=a"})
        assert (response.status_code, response["Location"]) == (302, "/search?q=a")
        assert self.sheet(client) == media
        pressed = [
            one for one in Page(client, "/").elements["button"] if one.get("aria-pressed") == "true"
        ]
        assert [one["value"] for one in pressed] == [theme]

    def test_it_takes_no_other_theme(self, client: Client) -> None:
        assert not client.post("/theme/", {"theme": '"><b>', "next": "/"}).cookies

    @pytest.mark.parametrize(
        "back",
        [
            "https://evil.example/",
            "//evil.example",
            "/\\evil.example",
            "javascript:alert(1)",
            "x",
            "",
        ],
    )
    def test_it_only_goes_back_to_this_site(self, client: Client, back: str) -> None:
        assert client.post("/theme/", {"theme": "dark", "next": back})["Location"] == "/"

    def test_it_works_without_a_token(self) -> None:
        response = Client(enforce_csrf_checks=True).post("/theme/", {"theme": "dark", "next": "/"})
        assert response.status_code == 302

    def test_it_changes_nothing_by_a_link(self, client: Client) -> None:
        assert client.get("/theme/?theme=dark").status_code == 405
