from __future__ import annotations

import re
from typing import Any

import pytest

from tests.catalog.toolinfo.shared import VALID
from toolhub.catalog.toolinfo import findings, parse_record
from toolhub.catalog.toolinfo.record import ParsedRecord

Codes = list[tuple[str, str]]


def parse(**fields: Any) -> ParsedRecord:
    return parse_record(VALID | fields)


def codes(record: ParsedRecord) -> Codes:
    return [(found.severity, found.code) for found in record.findings]


def error(code: str) -> Codes:
    return [("error", code)]


def warning(code: str) -> Codes:
    return [("warning", code)]


LINK = {"language": "en", "url": "https://a.org/x"}
ENWIKI = ["en.wikipedia.org"]
KEPT: list[tuple[str, Any, Any, Codes]] = [
    ("name", "toolforge.admin", "toolforge-admin", warning("name_changed")),
    ("name", "Mein Wérkzeug", "mein-wérkzeug", warning("name_changed")),
    ("name", "\u1100!\u1161", "가", warning("name_changed")),
    ("name", "x" * 300, "x" * 255, [*error("too_long_cut"), *warning("name_changed")]),
    ("name", 42, "42", error("number_for_text")),
    ("name", "wikі-tool", "wikі-tool", warning("name_mixed_scripts")),
    ("title", 42, "42", error("number_for_text")),
    ("title", ["One"], "One", error("list_for_text")),
    ("title", " spaced ", "spaced", []),
    ("title", "two\nlines", "two lines", []),
    ("title", "nul\x00 \x1b[1m", "nul [1m", warning("control_characters")),
    ("title", "\u202egnp.exe", "gnp.exe", warning("control_characters")),
    ("title", "\u200fאתר", "\u200fאתר", []),
    ("title", "Z" + "\u0301" * 50, "Z" + "\u0301" * 8, warning("combining_marks")),
    ("title", "<script>alert(1)</script>", "<script>alert(1)</script>", []),
    ("description", "a\r\n\r\nb", "a\n\nb", []),
    ("description", "x" * 70000, "x" * 65535, error("too_long_cut")),
    ("subtitle", "", None, []),
    ("subtitle", None, None, error("null_value")),
    ("subtitle", " " * 300 + "x", "x", error("too_long_trimmed")),
    ("license", ["MIT"], "MIT", error("list_for_text")),
    ("license", "MIT OR GPL-2.0+", "MIT OR GPL-2.0+", []),
    ("openhub_id", 12.5, "12.5", error("number_for_text")),
    ("url", "HTTPS://Example.org/x", "https://Example.org/x", []),
    ("url", "example.org/x", "https://example.org/x", error("url_no_scheme")),
    ("url", "//example.org/x", "https://example.org/x", error("url_no_scheme")),
    ("url", "https://a.org/a b", "https://a.org/a%20b", warning("url_spaces")),
    ("url", "https://de.wikipedia.org/wiki/Größe", "https://de.wikipedia.org/wiki/Größe", []),
    ("url", "https://8.8.8.8:8080/", "https://8.8.8.8:8080/", []),
    ("repository", "", None, []),
    (
        "url",
        " " * 3000 + "https://a.org/",
        "https://a.org/",
        error("too_long_trimmed"),
    ),
    ("deprecated", "true", True, error("flag_not_boolean")),
    ("deprecated", "no", False, error("flag_not_boolean")),
    ("experimental", 1, True, error("flag_not_boolean")),
    ("experimental", None, False, error("null_value")),
    ("tool_type", "Web App", "web app", error("tool_type_spelling")),
    ("tool_type", "user_script", "user script", error("tool_type_spelling")),
    ("tool_type", ["api", "bot", "web app"], "bot", error("tool_type_list")),
    ("tool_type", ["bot"], "bot", error("list_for_text")),
    ("tool_type", "", None, error("tool_type_unknown")),
    ("keywords", "One, two ,,THREE", ["one", "two", "three"], []),
    ("keywords", ["One", "two"], ["One", "two"], error("keywords_list")),
    ("keywords", "", [], []),
    ("author", "Ada, Bo", [{"name": "Ada"}, {"name": "Bo"}], []),
    ("author", {"name": "Ada"}, [{"name": "Ada"}], error("object_for_list")),
    ("author", ["Ada"], [{"name": "Ada"}], error("author_text")),
    ("author", [{"name": "Ada", "email": ""}], [{"name": "Ada"}], []),
    ("author", [{"name": "Ada", "email": "a@b"}], [{"name": "Ada", "email": "a@b"}], []),
    ("author", [{"name": "Ada", "email": "x"}], [{"name": "Ada"}], error("email_unusable")),
    ("author", [{"name": "Ada", "wiki": "x"}], [{"name": "Ada"}], error("person_key")),
    ("author", [{"name": "Ada"}, 7], [{"name": "Ada"}], error("wrong_type")),
    (
        "author",
        [{"wiki_username": "Bo"}],
        [{"name": "Bo", "wiki_username": "Bo"}],
        error("author_name_from_username"),
    ),
    ("author", "Ada," + "x" * 400, [{"name": "Ada"}, {"name": "x" * 255}], error("author_too_long")),
    ("author", None, [], error("null_value")),
    ("sponsor", "WMF", ["WMF"], []),
    ("sponsor", ["WMF", 7], ["WMF", "7"], error("number_for_text")),
    ("sponsor", ["WMF", {}], ["WMF"], error("wrong_type")),
    ("sponsor", [""], [], []),
    ("sponsor", "", [], []),
    ("sponsor", 7, ["7"], error("number_for_text")),
    ("technology_used", None, [], error("null_value")),
    ("technology_used", ["x"] * 1300, ["x"] * 1200, warning("too_many_items")),
    ("for_wikis", "*", ["*"], []),
    ("for_wikis", ["*.wikisource.org"], ["*.wikisource.org"], []),
    ("for_wikis", "enwiki", ENWIKI, error("wiki_rewritten")),
    ("for_wikis", ["zh_min_nanwiki"], ["zh-min-nan.wikipedia.org"], error("wiki_rewritten")),
    ("for_wikis", ["commonswiki"], ["commons.wikimedia.org"], error("wiki_rewritten")),
    ("for_wikis", ["https://en.wikipedia.org/wiki/A"], ENWIKI, error("wiki_rewritten")),
    ("for_wikis", ["https://en.wikipedia.org"], ENWIKI, warning("wiki_rewritten")),
    ("for_wikis", ["en.wikipedia.org", "evil.org"], ENWIKI, error("wiki_unknown")),
    ("for_wikis", "en.wikipedia.org,", ENWIKI, error("not_as_written")),
    ("for_wikis", [None, "en.wikipedia.org"], ENWIKI, error("null_value")),
    ("available_ui_languages", "*", ["*"], []),
    ("available_ui_languages", ["*"], ["*"], error("language_malformed")),
    ("available_ui_languages", "en", ["en"], []),
    ("available_ui_languages", ["zh-Hans", "simple-x"], ["zh-hans", "simple"], error("language_malformed")),
    ("available_ui_languages", ["en-US", "zz"], ["en"], [*warning("language_changed"), *warning("language_unknown")]),
    ("available_ui_languages", "en, fr", ["en", "fr"], error("not_as_written")),
    ("available_ui_languages", [7, "en"], ["en"], [*error("number_for_text"), *error("language_malformed")]),
    ("available_ui_languages", [{}, "en"], ["en"], error("wrong_type")),
    ("user_docs_url", "https://a.org/x", [LINK], []),
    ("user_docs_url", [{"url": "https://a.org/x"}], [LINK], []),
    ("user_docs_url", [{"language": "zz", "url": "https://a.org/x"}], [LINK], warning("language_unknown")),
    ("user_docs_url", [{"language": 5, "url": "https://a.org/x"}], [LINK], error("wrong_type")),
    ("user_docs_url", [{"language": "de"}, LINK], [LINK], warning("link_no_url")),
    ("user_docs_url", [LINK | {"title": "x"}], [LINK], error("link_key")),
    ("user_docs_url", ["https://a.org/x"], [LINK], error("wrong_type")),
    ("user_docs_url", [7, LINK], [LINK], error("wrong_type")),
    ("user_docs_url", LINK, [LINK], error("object_for_list")),
    ("user_docs_url", "", [], []),
    ("url_alternates", "https://a.org/x", [LINK], error("text_for_list")),
    ("icon", "File:A b.svg", "https://commons.wikimedia.org/wiki/File:A_b.svg", warning("icon_rewritten")),
    (
        "icon",
        "https://upload.wikimedia.org/wikipedia/commons/thumb/a/ab/A.svg/60px-A.svg.png",
        "https://commons.wikimedia.org/wiki/File:A.svg",
        warning("icon_rewritten"),
    ),
    ("icon", "", None, []),
    ("_language", "PT_br", "pt-br", error("language_malformed")),
    ("_language", "english", "en", error("language_malformed")),
    ("_language", "pt-BR", "pt-br", []),
    ("_language", "fr-CA", "fr", warning("language_changed")),
    ("_language", "als", "als", []),
    ("_language", None, "en", error("wrong_type")),
    ("_schema", "/toolinfo/1.2.2", "/toolinfo/1.2.2", []),
    ("_schema", "/toolinfo/9.9.9", "/toolinfo/9.9.9", warning("schema_unknown")),
    ("_schema", "https://toolhub.wikimedia.org/toolinfo/1.2.0", "/toolinfo/1.2.0", error("schema_shortened")),
    ("_schema", " " * 40 + "/toolinfo/1.2.2", "/toolinfo/1.2.2", error("too_long_trimmed")),
    ("_schema", "", None, []),
]  # fmt: skip


@pytest.mark.parametrize(("key", "raw", "kept", "found"), KEPT)
def test_it_keeps_what_is_plainly_meant(key: str, raw: Any, kept: Any, found: Codes) -> None:
    record = parse(**{key: raw})
    assert record.fields[key] == kept
    assert codes(record) == found
    assert record.accepted


DROPPED: list[tuple[str, Any, Codes]] = [
    ("subtitle", "x" * 256, error("too_long_dropped")),
    ("subtitle", {"en": "x"}, error("wrong_type")),
    ("subtitle", True, error("wrong_type")),
    ("license", ["MIT", "GPL"], error("wrong_type")),
    ("openhub_id", 10**30, error("wrong_type")),
    ("openhub_id", float("inf"), error("wrong_type")),
    ("repository", "git@github.com:a/b.git", error("url_unusable")),
    ("repository", "git://github.com/a/b", error("url_scheme")),
    ("repository", "my secret code", error("url_unusable")),
    ("repository", ["https://a.org", "https://b.org"], error("wrong_type")),
    ("bugtracker_url", "javascript:alert(1)", error("url_scheme")),
    ("bugtracker_url", "data:text/html,x", error("url_scheme")),
    ("bugtracker_url", "java\x00script:alert(1)", [*warning("control_characters"), *error("url_scheme")]),
    ("bugtracker_url", "https://", error("url_unusable")),
    ("bugtracker_url", "https://[::1", error("url_unusable")),
    ("bugtracker_url", "https://a.org\\@b.org/", error("url_unusable")),
    ("bugtracker_url", "https://a.org:99999/", error("url_unusable")),
    ("bugtracker_url", "http://127.0.0.1/", error("url_private")),
    ("bugtracker_url", "http://[::1]/", error("url_private")),
    ("bugtracker_url", "http://169.254.169.254/", error("url_private")),
    ("bugtracker_url", "http://localhost/", error("url_private")),
    ("bugtracker_url", "printer.local/x", error("url_private")),
    ("bugtracker_url", "https://a.org/" + "x" * 2047, error("url_too_long")),
    ("bugtracker_url", "https://a.org/" + " x" * 700, error("url_too_long")),
    ("deprecated", "maybe", error("flag_unusable")),
    ("deprecated", 2, error("flag_unusable")),
    ("deprecated", [True], error("flag_unusable")),
    ("tool_type", "api", error("tool_type_unknown")),
    ("tool_type", ["api", 5], error("tool_type_unknown")),
    ("tool_type", 5, [*error("number_for_text"), *error("tool_type_unknown")]),
    ("tool_type", {}, error("wrong_type")),
    ("keywords", "x" * 2048, error("too_long_dropped")),
    ("author", 7, error("wrong_type")),
    ("author", [{"email": "a@b.org"}], error("author_no_name")),
    ("author", {"email": "a@b.org"}, [*error("object_for_list"), *error("author_no_name")]),
    ("sponsor", [{}], error("wrong_type")),
    ("for_wikis", ["evil.org"], error("wiki_unknown")),
    ("available_ui_languages", "zz", warning("language_unknown")),
    ("feedback_url", "mailto:a@b.org", error("url_scheme")),
    ("feedback_url", [{"url": "javascript:x"}], [*error("url_scheme"), *warning("link_no_url")]),
    ("feedback_url", {"language": "en"}, [*error("object_for_list"), *warning("link_no_url")]),
    ("icon", "Logo.svg", error("icon_unusable")),
    ("icon", "https://example.org/logo.svg", error("icon_unusable")),
    ("icon", "x" * 2048, error("too_long_dropped")),
    ("icon", {}, error("wrong_type")),
    ("_schema", "https://example.org/schemas/my-toolinfo.json", error("schema_dropped")),
    ("_schema", {}, error("wrong_type")),
]  # fmt: skip


@pytest.mark.parametrize(("key", "raw", "found"), DROPPED)
def test_it_leaves_out_what_cannot_be_read_and_says_so(key: str, raw: Any, found: Codes) -> None:
    record = parse(**{key: raw})
    assert key not in record.fields
    assert codes(record) == found
    assert record.accepted


REFUSED: list[tuple[str, Any, Codes]] = [
    ("name", "", error("required_empty")),
    ("name", None, error("required_empty")),
    ("name", {"en": "x"}, error("wrong_type")),
    ("name", "🗺️ !", error("name_empty")),
    ("title", " ", error("required_empty")),
    ("title", "\u200b\u200b", error("required_empty")),
    ("description", None, error("required_empty")),
    ("url", "", error("required_empty")),
    ("url", "javascript:alert(1)", error("url_scheme")),
    ("url", "https://a.org/" + "x" * 2047, error("url_too_long")),
]


@pytest.mark.parametrize(("key", "raw", "found"), REFUSED)
def test_it_refuses_a_record_without_the_required_four(key: str, raw: Any, found: Codes) -> None:
    record = parse(**{key: raw})
    assert codes(record) == found
    assert not record.accepted
    assert key not in record.fields


def test_entries_without_a_language_speak_the_one_of_the_record() -> None:
    record = parse(_language="pt-BR", user_docs_url="https://a.org/x")
    assert record.fields["user_docs_url"] == [{"language": "pt-br", "url": "https://a.org/x"}]


def test_it_reads_the_spellings_of_earlier_versions() -> None:
    long = "https://toolhub.wikimedia.org/static/jsonschema/toolinfo/1.2.0.json"
    record = parse(**{"$schema": long, "$language": "de"})
    assert (record.valid, record.fields["_schema"], record.fields["_language"]) == (
        True,
        "/toolinfo/1.2.0",
        "de",
    )
    assert {found.pointer for found in record.warnings} == {"/$schema", "/$language"}
    assert not record.errors
    assert parse(toolinfo_language="fr").fields["_language"] == "fr"


def test_the_new_spelling_wins_over_the_old() -> None:
    record = parse(**{"$language": "de", "_language": "fr"})
    assert record.fields["_language"] == "fr"
    assert codes(record) == warning("legacy_key_ignored")


def test_unknown_keys_are_kept_aside_with_a_hint() -> None:
    record = parse(authors="Ada", user_docs=[1], comment="hello", zzz=1)
    assert record.extra == {"authors": "Ada", "user_docs": [1], "comment": "hello", "zzz": 1}
    assert [(found.pointer, found.code) for found in record.findings] == [
        ("/authors", "unknown_key_hint"),
        ("/user_docs", "unknown_key_hint"),
        ("/zzz", "unknown_key"),
    ]
    assert "Write author if" in record.findings[0].message


def test_unknown_keys_have_a_size_limit() -> None:
    record = parse(big="x" * 30_000, huge=10**30)
    assert record.extra == {}
    assert codes(record) == warning("extra_too_large") * 2


def test_one_bad_list_does_not_flood_the_report() -> None:
    record = parse(for_wikis=["evil.org"] * 500)
    assert codes(record) == error("wiki_unknown") * 10 + error("more_findings")


def test_tools_inside_an_object_get_a_hint() -> None:
    record = parse_record({"tools": [VALID]})
    assert [found.code for found in record.errors] == ["tools_wrapper"] + ["required_missing"] * 4


def test_the_table_of_codes_is_complete() -> None:
    listed = set(re.findall(r"[a-z][a-z]+_[a-z0-9_]+", findings.__doc__ or ""))
    assert listed == set(findings.MESSAGES)
