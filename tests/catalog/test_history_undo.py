"""How one snapshot is taken out of another."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolhub.catalog.services.snapshots import snapshot_patched
from toolhub.core.errors import Conflict

words = st.lists(st.sampled_from(["a", "b", "c", "d", "e"]), max_size=5, unique=True)
snapshots = st.fixed_dictionaries(
    {"title": st.sampled_from(["x", "y", "z"]), "keywords": words, "icon": st.none() | st.just("i")}
)


@given(before=snapshots, after=snapshots)
def test_it_undoes_the_newest_change_whatever_it_was(before: Any, after: Any) -> None:
    assert snapshot_patched(after, after, before) == before


@given(before=snapshots, after=snapshots, current=snapshots)
def test_it_leaves_alone_what_the_change_did_not_touch(
    before: Any, after: Any, current: Any
) -> None:
    try:
        patched = snapshot_patched(current, after, before)
    except Conflict:
        return
    for name in before:
        if before[name] == after[name]:
            assert patched[name] == current[name]
        elif not isinstance(before[name], list):
            assert (current[name], patched[name]) == (after[name], before[name])


def test_it_does_not_touch_what_it_was_given() -> None:
    before, after = {"keywords": ["a"]}, {"keywords": ["b", "a"]}
    current = {"keywords": ["b", "a", "c"]}
    assert snapshot_patched(current, after, before) == {"keywords": ["a", "c"]}
    assert (before, after, current) == (
        {"keywords": ["a"]},
        {"keywords": ["b", "a"]},
        {"keywords": ["b", "a", "c"]},
    )


@pytest.mark.parametrize("current", [{"keywords": ["c"]}, {"keywords": []}, {}])
def test_it_says_when_it_cannot(current: Any) -> None:
    with pytest.raises(Conflict):
        snapshot_patched(current, {"keywords": ["a", "b"]}, {"keywords": ["b"]})
