"""From a `SearchQuery` to tantivy's query objects, built piece by piece: tantivy's own parser never sees user text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from tantivy import Occur, Query

from toolhub.catalog.search.facets import FACETS, clean
from toolhub.catalog.search.names import NameLookup, NameRule, name_lookups
from toolhub.catalog.search.parse import Term
from toolhub.catalog.search.port import SearchQuery
from toolhub.catalog.search.tantivy_schema import BOOSTS, NO_VALUE, SCHEMA, facet_term

Complete = Callable[[str], list[str]]
"""The most frequent indexed words that start with this."""

Clauses = list[tuple[Occur, Query]]

MAX_PATTERN = 128
MAX_VALUES = 100
_GOES_ON = 0.2
"""What a longer word is worth, compared to the word itself."""
_AS_TYPED = 2.0

_MULTI = {spec.name for spec in FACETS if spec.multi}


def matching(terms: Iterable[Term]) -> Clauses:
    """What decides whether a tool is a hit."""
    return [
        (Occur.MustNot if term.is_negated else Occur.Must, _match(term, "words")) for term in terms
    ]


def ranking(terms: Iterable[Term], text: str, complete: Complete) -> Clauses:
    """What only moves hits up: words in fields that weigh more, frequent longer words, the very name."""
    wanted: list[Query] = []
    for term in terms:
        if not term.is_negated:
            wanted += _weighed(Term(term.tokens))
        if term.is_prefix and not term.is_negated:
            wanted += _longer(term, complete)
    if wanted:
        name = Query.term_query(SCHEMA, "name", clean(text.strip()))
        wanted.append(Query.const_score_query(name, 100.0))
    return [(Occur.Should, query) for query in wanted]


def _weighed(term: Term) -> list[Query]:
    return [Query.boost_query(_match(term, field), boost) for field, boost in BOOSTS.items()]


def _longer(term: Term, complete: Complete) -> list[Query]:
    """Frequent longer words count as words of their own, but less than the word as it was typed."""
    terms = [Term((longer,)) for longer in complete(term.tokens[0])]
    queries = [query for longer in terms for query in (_match(longer, "words"), *_weighed(longer))]
    rare = [Query.const_score_query(_match(term, field), boost) for field, boost in BOOSTS.items()]
    typed = _match(Term(term.tokens), "words")
    return [
        typed,
        Query.const_score_query(typed, _AS_TYPED),
        *(Query.boost_query(query, _GOES_ON) for query in (*queries, *rare)),
    ]


def _match(term: Term, field: str) -> Query:
    if len(term.tokens) > 1:
        return Query.phrase_query(SCHEMA, field, list(term.tokens))
    if not term.is_prefix:
        return Query.term_query(SCHEMA, field, term.tokens[0])
    return Query.fuzzy_term_query(SCHEMA, field, term.tokens[0], distance=0, prefix=True)


def filters(query: SearchQuery, *, but: str = "") -> Clauses:
    """The filters of a query, those on the facet `but` left out. They do not touch the score."""
    clauses = [_name_clause(lookup) for lookup in name_lookups(query.names)]
    for facet, values in query.include.items():
        if facet != but:
            clauses += [(Occur.Must, chosen) for chosen in _chosen(facet, values)]
    for facet, values in query.exclude.items():
        if facet != but:
            clauses += [(Occur.MustNot, _has(facet, value)) for value in values[:MAX_VALUES]]
    clauses += [(Occur.Must, _has(facet, NO_VALUE)) for facet in sorted(query.missing - {but})]
    clauses += [(Occur.MustNot, _has(facet, NO_VALUE)) for facet in sorted(query.present - {but})]
    return [(occur, Query.const_score_query(clause, 0.0)) for occur, clause in clauses]


def _chosen(facet: str, values: tuple[str, ...]) -> list[Query]:
    queries = [_has(facet, value) for value in values[:MAX_VALUES]]
    return queries if facet in _MULTI or not queries else [any_of(queries)]


def _has(facet: str, value: str) -> Query:
    return Query.term_query(SCHEMA, *facet_term(facet, value))


def _name_clause(lookup: NameLookup) -> tuple[Occur, Query]:
    fitting = any_of([_name(lookup.rule, clean(value)) for value in lookup.values[:MAX_VALUES]])
    return (Occur.MustNot if lookup.is_negated else Occur.Must), fitting


_PATTERNS: dict[NameRule, Callable[[str], str]] = {
    "prefix": lambda value: escape(value) + ".*",
    "suffix": lambda value: ".*" + escape(value),
    "contains": lambda value: ".*" + escape(value) + ".*",
    "wildcard": lambda value: escape(value).replace(r"\*", ".*").replace(r"\?", "."),
    "regexp": lambda value: value,
}


def _name(rule: NameRule, value: str) -> Query:
    if rule == "is":
        return Query.term_query(SCHEMA, "name", value)
    try:
        return Query.regex_query(SCHEMA, "name", _PATTERNS[rule](value[:MAX_PATTERN]))
    except ValueError:
        # Not an expression, or one that would grow beyond tantivy's limit.
        return Query.empty_query()


def escape(value: str) -> str:
    """Python's `re.escape` marks more, and the regular expressions of Rust refuse a mark that is not needed."""
    return re.sub(r"[\\.+*?()|\[\]{}^$]", lambda match: "\\" + match[0], value)


def any_of(queries: list[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def all_of(clauses: Clauses) -> Query:
    """Every clause at once; clauses that only shut out, or none at all, start from all tools."""
    if any(occur == Occur.Must for occur, _ in clauses):
        return Query.boolean_query(clauses)
    return Query.boolean_query(
        [(Occur.Must, Query.const_score_query(Query.all_query(), 0.0)), *clauses]
    )
