from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolhub.catalog.search.parse import MAX_PHRASE, MAX_TERMS, Term, parse
from toolhub.catalog.search.tokens import MAX_TOKEN, fold, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hay's enwiki-Edit_counter 2.0", "hay s enwiki edit counter 2 0"),
        ("Éditeur ÅNGSTRÖM Łódź STRASSE straße", "editeur angstrom lodz strasse strasse"),
        ("Ёлка Йод", "елка иод"),
        ("ﬁle ＡＢＣ ｶﾞ", "file abc ガ"),
        ("引用検査", "引用 用検 検査 査"),
        ("引", "引"),
        ("CSV引用x", "csv 引用 用 x"),
        ("편집 횟수", "편집 집 횟수 수"),
        ("สอบ", "สอ อบ บ"),
        ("أداة إحصاءات آلة", "اداه احصاءات اله"),
        ("مُتَرْجِم کتابـخانه", "مترجم كتابخانه"),
        ("संपादन गणक", "संपादन गणक"),
        ("🗺️ Map🔍", "🗺 map 🔍"),
        ("C++ (!) _ -", "c"),
        ("", ""),
        ("\ud800a", "a"),
    ],
)
def test_it_makes_tokens(text: str, expected: str) -> None:
    assert tokens(text) == expected.split()


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_tokens_are_short_and_without_spaces(text: str) -> None:
    assert all(0 < len(token) <= MAX_TOKEN and token.split() == [token] for token in tokens(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("edit", (Term(("edit",), is_prefix=True),)),
        ("edit count", (Term(("edit",)), Term(("count",), is_prefix=True))),
        ("edit-count", (Term(("edit",)), Term(("count",), is_prefix=True))),
        ("edit edit map", (Term(("edit",)), Term(("map",), is_prefix=True))),
        ('"edit count"', (Term(("edit", "count")),)),
        ("“edit count", (Term(("edit", "count")),)),
        ('-"edit count" -map', (Term(("edit", "count"), is_negated=True), Term(("map",), is_negated=True))),
        ("-edit-count", (Term(("edit", "count"), is_negated=True),)),
        ("引用検査", (Term(("引用", "用検", "検査")),)),
        ("引", (Term(("引",), is_prefix=True),)),
        ('"引"', (Term(("引",), is_prefix=True),)),
        ('"引用 map"', (Term(("引用", "用", "map")),)),
        ('"a" b"', (Term(("a",)), Term(("b",), is_prefix=True))),
        ('- -- "" " -" * :', ()),
    ],
)  # fmt: skip
def test_it_parses(text: str, expected: tuple[Term, ...]) -> None:
    assert parse(text) == expected


@given(
    st.text(max_size=2000)
    | st.lists(st.sampled_from(['"', "-", "a", "引", "字", " "])).map("".join)
)
def test_what_it_parses_is_bounded(text: str) -> None:
    terms = parse(text)
    assert len(terms) <= MAX_TERMS
    assert all(1 <= len(term.tokens) <= MAX_PHRASE for term in terms)
