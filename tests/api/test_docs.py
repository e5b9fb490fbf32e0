from __future__ import annotations

import ast
from typing import Any

import orjson
import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(client: Client) -> Any:
    return orjson.loads(client.get("/api/schema/?format=json").content)


def operations(document: Any) -> list[Any]:
    return [one for item in document["paths"].values() for one in item.values()]


def test_it_shows_each_operation_in_python_and_javascript(document: Any) -> None:
    assert operations(document)
    for operation in operations(document):
        samples = {one["lang"]: one["source"] for one in operation["x-codeSamples"]}
        assert set(samples) == {"Python", "JavaScript"}
        ast.parse(samples["Python"])
        assert "http://testserver/api/" in samples["JavaScript"]
        assert samples["JavaScript"].count("{") == samples["JavaScript"].count("}")


def test_it_fills_in_what_a_body_must_have(document: Any) -> None:
    samples = document["paths"]["/api/tools/"]["post"]["x-codeSamples"]
    assert "'title': '…'" in samples[0]["source"]
    assert "Authorization" in samples[0]["source"]
    assert (
        "Authorization" not in document["paths"]["/api/tools/"]["get"]["x-codeSamples"][0]["source"]
    )


@pytest.mark.parametrize("path", ["/api-docs", "/api-docs/redoc"])
def test_it_has_no_inline_script_or_style(client: Client, path: str) -> None:
    response = client.get(path)
    page = response.content.decode()
    assert response.status_code == 200
    assert "<style" not in page
    assert "style=" not in page
    assert page.count("<script") == page.count("<script src=")
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self';" in policy + ";"


def test_it_gives_the_token_of_a_page_to_nobody_else(client: Client) -> None:
    response = client.get("/api-docs?script=")
    assert response.headers["Content-Type"].startswith("application/javascript")
    assert "no-store" in response.headers["Cache-Control"]
