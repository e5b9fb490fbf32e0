"""What every search engine does. A subclass gives the `engine` fixture."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.catalog.search.documents import facet, matches, tool, tools
from toolhub.catalog.search.facets import FACETS
from toolhub.catalog.search.port import Applied, Engine, SearchQuery
from toolhub.catalog.search.tokens import fold

ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=600)
SYNTAX = st.lists(
    st.sampled_from(['"', "-", "*", "a", "edit", "引", "引用", " ", ":", "(", "~2", "\\"]),
    max_size=300,
)
SHARED_FIXTURE = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def fill(engine: Engine, *documents: dict[str, object], seq: int = 1) -> None:
    engine.index(documents)
    engine.commit(seq)


def names(engine: Engine, text: str = "", **rest: object) -> tuple[str, ...]:
    return engine.query(SearchQuery(text=text, **rest)).names  # type: ignore[arg-type]


class IndexingContract:
    def test_it_starts_empty(self, engine: Engine) -> None:
        assert engine.applied() == Applied()
        results = engine.query(SearchQuery())
        assert (results.names, results.total) == ((), 0)
        assert [facet.name for facet in results.facets] == [spec.name for spec in FACETS]

    def test_it_shows_documents_after_the_commit(self, engine: Engine) -> None:
        engine.index([tool("a")])
        assert names(engine) == ()
        engine.commit(7, "a mark")
        assert names(engine) == ("a",)
        assert engine.applied() == Applied(7, "a mark")

    def test_it_replaces_by_name(self, engine: Engine) -> None:
        fill(engine, tool("a", title="old"), tool("b"))
        fill(engine, tool("a", title="new"), seq=2)
        assert names(engine, "old") == ()
        assert names(engine, "new") == ("a",)
        assert engine.query(SearchQuery()).total == 2

    def test_it_removes(self, engine: Engine) -> None:
        fill(engine, tool("a"), tool("b"))
        engine.remove(["a", "never there"])
        engine.commit(2)
        assert names(engine) == ("b",)
        assert engine.query(SearchQuery()).facets[6].values[0].count == 1

    def test_it_clears(self, engine: Engine) -> None:
        fill(engine, tool("a"))
        engine.clear()
        assert names(engine) == ()
        assert engine.applied() == Applied()

    def test_it_takes_documents_with_nothing_in_them(self, engine: Engine) -> None:
        odd = tool(
            "b", title="\ud800 half", keywords=["k" * 100_000, "\x1f", ""], created_date="never"
        )
        fill(engine, {"name": "a", "title": None, "annotations": None}, odd)
        assert set(names(engine)) == {"a", "b"}
        assert names(engine, "half") == ("b",)


class TextContract:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("count", "edit"),
            ("COUNT", "edit"),
            ("coun", "edit"),
            ("ount", ""),
            ("cou edit", ""),
            ("edit cou", "edit"),
            ("edit-count", "edit"),
            ("edit missing", ""),
            ('"edit count"', "edit"),
            ('"count edit"', ""),
            ('"count a tool"', ""),
            ("editeur", "french"),
            ("éditeur", "french"),
            ("ÉDITEUR -carte", ""),
            ("éditeur -edit", "french"),
            ('-edit -french -"引用検査" -thai', ""),
            ("引用", "chinese"),
            ("用検", "chinese"),
            ("引検", ""),
            ("引", "chinese"),
            ("査", "chinese"),
            ("wikipedia引用", "chinese"),
            ('"引用検査 wikipedia"', "chinese"),
            ("สอบ", "thai"),
            ("editing", "edit"),
            ("alice", "edit"),
            ("glam", "french"),
            ("spam", "edit"),
            ("🗺", "french"),
        ],
    )
    def test_it_finds(self, engine: Engine, text: str, found: str) -> None:
        tasks = {"tasks": ["editing", "spam"]}
        alice = [{"name": "Alice"}]
        fill(
            engine,
            tool("edit", title="Edit count", subtitle="A tool", author=alice, annotations=tasks),
            tool("french", title="Éditeur 🗺️", description="Une carte", keywords=["GLAM"]),
            tool("chinese", title="引用検査 Wikipedia"),
            tool("thai", title="ตรวจสอบ"),
        )
        assert names(engine, text) == ((found,) if found else ())

    @pytest.mark.parametrize("text", ["", "  ", "!!!", '"', "-", '-""', "*"])
    def test_it_finds_everything_without_a_word(self, engine: Engine, text: str) -> None:
        fill(engine, tool("a"), tool("b"))
        assert names(engine, text) == ("a", "b")

    def test_it_ranks_name_title_and_keywords_above_descriptions(self, engine: Engine) -> None:
        fill(
            engine,
            tool("d", description="upload upload upload"),
            tool("k", keywords=["upload"]),
            tool("t", title="Upload it"),
            tool("upload"),
            tool("z", description="uploading"),
        )
        found = names(engine, "upload")
        assert found[0] == "upload"
        assert set(found[1:3]) == {"t", "k"}
        assert found[3:] == ("d", "z")

    @SHARED_FIXTURE
    @given(text=ANY_TEXT | SYNTAX.map("".join))
    def test_it_takes_any_text(self, filled: Engine, text: str) -> None:
        results = filled.query(SearchQuery(text=text))
        assert len(results.names) <= 10

    @SHARED_FIXTURE
    @given(text=ANY_TEXT, other=ANY_TEXT, number=st.integers(-5, 10**9))
    def test_it_takes_any_filter(self, filled: Engine, text: str, other: str, number: int) -> None:
        lookups = ("term", "terms", "in", "exclude", "prefix", "wildcard", "contains", "regexp")
        filled.query(
            SearchQuery(
                include={"license": (text, other), text: (other,)},
                exclude={"keywords": (text, other)},
                missing=frozenset({other}),
                present=frozenset({text}),
                names={f"name__{lookup}": text for lookup in lookups},
                sort=text,
                offset=number,
                facet_size=number,
            )
        )


class FilterContract:
    def test_it_counts_facets_as_a_slow_count_does(self, engine: Engine) -> None:
        documents = tools(250)
        for start in range(0, 250, 90):
            fill(engine, *documents[start : start + 90])
        choose = random.Random(2)
        for _ in range(30):
            query = _some_query(choose)
            results = engine.query(query)
            assert results.total == sum(matches(document, query) for document in documents)
            assert results.facets == tuple(facet(documents, query, spec) for spec in FACETS)

    def test_it_lists_the_first_of_many_values_that_are_equally_frequent(
        self, engine: Engine
    ) -> None:
        alone = [
            tool(f"t{number:03d}", author=[{"name": f"Author {number:03d}"}])
            for number in range(300)
        ]
        fill(engine, *reversed(alone))
        authors = engine.query(SearchQuery()).facets[2]
        assert [value.value for value in authors.values] == [
            f"Author {number:03d}" for number in range(10)
        ]
        assert (authors.total, authors.other, authors.missing) == (300, 290, 0)

    def test_it_can_leave_facets_out(self, filled: Engine) -> None:
        assert filled.query(SearchQuery(with_facets=False)).facets == ()

    @pytest.mark.parametrize(
        ("lookup", "value", "found"),
        [
            ("term", "mm_edit", "mm_edit"),
            ("term", "mm_", ""),
            ("in", "mm_edit__a.b", "a.b mm_edit"),
            ("terms", "x__y", "x__y"),
            ("exclude", "mm_edit__a.b", "x__y"),
            ("prefix", "mm_", "mm_edit"),
            ("startswith", "a.", "a.b"),
            ("startswith", ".", ""),
            ("endswith", "edit", "mm_edit"),
            ("contains", "_", "mm_edit x__y"),
            ("wildcard", "?.*", "a.b"),
            ("regexp", "[am].*", "a.b mm_edit"),
            ("regexp", "(", ""),
            ("regexp", "a{1000}{1000}", ""),
            ("no such lookup", "a", "a.b mm_edit x__y"),
        ],
    )
    def test_it_looks_names_up(self, engine: Engine, lookup: str, value: str, found: str) -> None:
        fill(engine, tool("mm_edit"), tool("a.b"), tool("x__y"))
        assert names(engine, names={f"name__{lookup}": value}) == tuple(found.split())


class OrderContract:
    @pytest.mark.parametrize(
        ("sort", "key", "descending"),
        [
            ("name", "name", False),
            ("-name", "name", True),
            ("title", "title", False),
            ("created_date", "created_date", False),
            ("-created_date", "created_date", True),
            ("modified_date", "modified_date", False),
            ("-modified_date", "modified_date", True),
            ("score", "created_date", True),
            ("-score", "created_date", True),
            ("nonsense", "created_date", True),
        ],
    )
    def test_it_sorts_and_breaks_ties_by_name(
        self, filled: Engine, sort: str, key: str, descending: bool
    ) -> None:
        documents = [document | {"title": fold(document["title"])} for document in tools(200)]
        in_order = sorted(
            sorted(documents, key=lambda one: one["name"]),
            key=lambda one: one[key],
            reverse=descending,
        )
        if descending and key == "name":
            in_order = sorted(documents, key=lambda one: one["name"], reverse=True)
        assert names(filled, sort=sort, limit=200) == tuple(
            document["name"] for document in in_order
        )

    @pytest.mark.parametrize("sort", ["score", "name", "-modified_date", "title", "-title"])
    @pytest.mark.parametrize("text", ["", "edit", "ed", "引用"])
    @pytest.mark.parametrize("limit", [1, 7, 40])
    def test_its_pages_are_a_partition(
        self, filled: Engine, sort: str, text: str, limit: int
    ) -> None:
        whole = names(filled, text, sort=sort, limit=1000)
        total = filled.query(SearchQuery(text=text)).total
        pages = [
            names(filled, text, sort=sort, offset=at, limit=limit) for at in range(0, total, limit)
        ]
        assert tuple(name for page in pages for name in page) == whole
        assert len(set(whole)) == len(whole) == total

    def test_it_orders_equal_scores_newest_first_then_by_name(self, engine: Engine) -> None:
        new = [
            tool(f"n{number:03d}", title="same", created_date="2025-01-01T00:00:00Z")
            for number in range(90)
        ]
        old = [tool(f"a{number:03d}", title="same") for number in range(90)]
        mixed = [*new, *old]
        random.Random(3).shuffle(mixed)
        for start in range(0, 180, 50):
            fill(engine, *mixed[start : start + 50])
        expected = [one["name"] for one in [*new, *old]]
        pages = [names(engine, "same", offset=at, limit=9) for at in range(0, 180, 9)]
        assert [name for page in pages for name in page] == expected

    @pytest.mark.parametrize(("offset", "limit"), [(200, 10), (10**9, 10), (0, 0), (-3, -1)])
    def test_it_has_pages_with_nothing_on_them(
        self, filled: Engine, offset: int, limit: int
    ) -> None:
        results = filled.query(SearchQuery(offset=offset, limit=limit))
        assert (results.names, results.total) == ((), 200)


class EngineContract(IndexingContract, TextContract, FilterContract, OrderContract):
    @pytest.fixture
    def filled(self, engine: Engine) -> Engine:
        fill(engine, *tools(200))
        return engine


def _some_query(choose: random.Random) -> SearchQuery:
    values = {
        "license": ("MIT", "GPL-3.0-or-later"),
        "tool_type": ("bot", "gadget"),
        "author": ("Author 1", "Author 2", "Author 3"),
        "keywords": ("keyword 1", "keyword 2"),
        "wiki": ("*", "en.wikipedia.org"),
        "audiences": ("editor", "reader"),
        "tasks": ("editing",),
    }

    def some() -> dict[str, tuple[str, ...]]:
        names = choose.sample(sorted(values), choose.choice([0, 0, 1, 2]))
        return {
            name: tuple(choose.sample(values[name], choose.randint(1, len(values[name]))))
            for name in names
        }

    facets = [spec.name for spec in FACETS]
    return SearchQuery(
        text=choose.choice(["", "", "edit", "edit count", "引用検査", "map upload"]),
        include=some(),
        exclude=some(),
        missing=frozenset(choose.sample(facets, choose.choice([0, 0, 1]))),
        present=frozenset(choose.sample(facets, choose.choice([0, 0, 1]))),
        facet_size=choose.choice([1, 10, 10, 50]),
    )
