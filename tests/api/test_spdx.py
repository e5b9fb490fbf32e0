from __future__ import annotations

import orjson
import pytest
from django.test import Client

from toolhub.catalog.spdx import is_license, licenses

pytestmark = pytest.mark.django_db

PATH = "/api/spdx/"


def test_it_lists_all_licenses(client: Client) -> None:
    shown = orjson.loads(client.get(PATH).content)
    assert len(shown) == len(licenses()) > 700
    ids = [one["id"] for one in shown]
    assert ids == sorted(ids, key=str.lower)
    assert {"MIT", "GPL-3.0-or-later", "CC0-1.0"} <= set(ids)
    assert set(shown[0]) == {"id", "name", "osi_approved", "fsf_approved", "deprecated"}


@pytest.mark.parametrize("flag", ["osi_approved", "fsf_approved", "deprecated"])
def test_it_filters_by_flag(client: Client, flag: str) -> None:
    chosen = orjson.loads(client.get(f"{PATH}?{flag}=true").content)
    others = orjson.loads(client.get(f"{PATH}?{flag}=false").content)
    assert all(one[flag] for one in chosen)
    assert not any(one[flag] for one in others)
    assert 0 < len(chosen) < len(chosen) + len(others) == len(licenses())


def test_it_joins_filters(client: Client) -> None:
    query = "osi_approved=True&fsf_approved=1&deprecated=false"
    ids = {one["id"] for one in orjson.loads(client.get(f"{PATH}?{query}").content)}
    assert "MIT" in ids
    assert not ids & {"GPL-3.0", "CC0-1.0"}
    response = client.get(f"{PATH}?deprecated=perhaps")
    assert response.status_code == 400
    assert orjson.loads(response.content)["errors"][0]["field"] == "deprecated"


def test_it_reads_one_license(client: Client) -> None:
    shown = orjson.loads(client.get(f"{PATH}GPL-3.0/").content)
    assert shown == {
        "id": "GPL-3.0", "name": "GNU General Public License v3.0 only", "osi_approved": True,
        "fsf_approved": True, "deprecated": True,
    }  # fmt: skip
    for unknown in ("mit", "None", "%00"):
        assert client.get(f"{PATH}{unknown}/").status_code == 404


def test_it_knows_an_identifier_only_as_it_is_written() -> None:
    assert is_license("MIT")
    assert not is_license("mit")
    assert not is_license("")
