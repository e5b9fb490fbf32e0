"""What the parser has to say about a file or a record.

Every finding has a stable, machine-readable code. The table `MESSAGES` below is the whole list:
code, then the sentence a person reads. Codes are part of the API and of stored crawl results:
add to them, never rename one.

    whole file   empty_file  encoding_utf16  encoding_invalid  html_page  json_comment  json_nan
                 json_trailing_comma  json_quotes  json_line_break  json_control_character
                 json_escape  json_surrogate  json_number  json_missing_comma  json_missing_colon
                 json_truncated  json_extra_content  json_invalid  too_deep  top_level
                 too_many_records
    record       record_not_object  duplicate_key  duplicate_name  tools_wrapper
    keys         unknown_key  unknown_key_hint  extra_too_large  legacy_key  legacy_key_ignored  person_key
                 link_key
    required     required_missing  required_empty  name_empty  name_changed  name_mixed_scripts
    values       not_as_written  null_value  wrong_type  number_for_text  list_for_text  text_for_list
                 object_for_list  control_characters  combining_marks  more_findings  too_many_items
    length       too_long_trimmed  too_long_cut  too_long_dropped
    addresses    url_no_scheme  url_scheme  url_unusable  url_private  url_too_long  url_spaces
                 link_no_url  icon_rewritten  icon_unusable
    other        flag_not_boolean  flag_unusable  tool_type_list  tool_type_spelling
                 tool_type_unknown  keywords_list  author_text  author_too_long  author_no_name
                 author_name_from_username
                 email_unusable  wiki_rewritten  wiki_unknown  language_malformed  language_unknown
                 language_changed  schema_shortened  schema_dropped  schema_unknown
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

Severity = Literal["error", "warning"]

# One bad list of 10,000 entries must not become 10,000 sentences.
MAX_FINDINGS_PER_FIELD: Final = 10

MESSAGES: Final[dict[str, str]] = {
    "empty_file": "The file is empty. Write one tool as an object, or several in an array.",
    "encoding_utf16": "The file is written in {encoding}. Save it as UTF-8.",
    "encoding_invalid": "Byte {offset} is not valid UTF-8. Save the file as UTF-8.",
    "html_page": "This is a web page, not JSON. Use the address of the toolinfo.json file itself.",
    "json_comment": "JSON has no comments. Remove this one, or move its text to a “comment” key.",
    "json_nan": "JSON has no NaN or Infinity. Write a number, or leave the key out.",
    "json_trailing_comma": "Remove this comma. JSON allows none before a closing bracket.",
    "json_quotes": "Write texts and keys in straight double quotes.",
    "json_line_break": "A text runs over the end of the line. Write the line break as \\n.",
    "json_control_character": "A control character stands inside a text. Remove it.",
    "json_escape": "This backslash starts no known escape. Write \\\\ for a backslash.",
    "json_surrogate": "This escape is half of a character. Write the character itself.",
    "json_number": "This number cannot be read. Write it plainly, or as text.",
    "json_missing_comma": "A comma or a closing bracket is missing before this.",
    "json_missing_colon": "A colon is missing here. Every key needs one value.",
    "json_truncated": "The file ends too early. Close every text and every bracket.",
    "json_extra_content": "Content follows the end of the document. Put several tools in one array.",
    "json_invalid": "This is not JSON: {reason}.",
    "too_deep": "Values are nested more than {max} levels deep. Tools need only a few.",
    "top_level": "The file holds {what}. Write one tool as an object, or several in an array.",
    "too_many_records": "The file holds {count} tools and {max} are read. Split it into several files.",
    "record_not_object": "This entry is {what}, not an object. It was skipped.",
    "duplicate_key": "The key {key} is written twice in this object. The last one counts.",
    "duplicate_name": "The name {name} is taken by an earlier entry of this file. Give each tool its own name.",
    "tools_wrapper": "The tools are inside “{key}”. Put the array itself at the top of the file.",
    "unknown_key": "{key} is not a toolinfo field. It is kept aside and not shown.",
    "unknown_key_hint": "{key} is not a toolinfo field. Write {hint} if that is what you mean.",
    "extra_too_large": "{key} is not a toolinfo field and is too large to keep. It was left out.",
    "legacy_key": "{key} is the old spelling. Write {name}.",
    "legacy_key_ignored": "{key} is the old spelling of {name}, which is also given. Remove {key}.",
    "person_key": "{key} is not part of an author. Use name, wiki_username, developer_username, email or url.",
    "link_key": "{key} is not part of an address. Use language and url.",
    "required_missing": "{name} is missing. Add it: every tool needs one.",
    "required_empty": "{name} is empty. Fill it in: every tool needs one.",
    "name_empty": "The name {value} has no letter or digit to keep. Choose another name.",
    "name_changed": "The name is listed as {read}. Write it so to avoid surprises.",
    "name_mixed_scripts": "The name mixes letters of several scripts that can look alike. Use one script.",
    "not_as_written": "{name} does not meet the schema as written. It was read as {read}.",
    "null_value": "{name} is null. Leave the key out instead.",
    "wrong_type": "{name} is {what}, where {wanted} is expected. It was left out.",
    "number_for_text": "{name} is a number. Put it in quotes.",
    "list_for_text": "{name} is a list of one. Write the value without the brackets.",
    "text_for_list": "{name} takes a list here. Put the value in square brackets.",
    "object_for_list": "{name} takes a list here. Put the object in square brackets.",
    "control_characters": "{name} holds invisible control characters. They were removed.",
    "combining_marks": "{name} piles up combining marks. Only the first few of each pile were kept.",
    "more_findings": "{name} has more findings of this kind. Mend these first.",
    "too_many_items": "{name} has {count} entries and {max} are kept. Shorten the list.",
    "too_long_trimmed": "{name} is over {max} characters with the spaces around it. They were removed.",
    "too_long_cut": "{name} has {length} characters and {max} are allowed. The rest was cut.",
    "too_long_dropped": "{name} has {length} characters and {max} are allowed. It was left out; shorten it.",
    "url_no_scheme": "Start the address with https://. It was read as {read}.",
    "url_scheme": "{value} is not a web address. Start the address with https://",
    "url_unusable": "{value} is not a usable web address. Write it in full, with https:// and a host.",
    "url_private": "{value} points into a private network. Use an address that everyone can open.",
    "url_too_long": "The address has {length} characters and {max} are allowed. Use a shorter one.",
    "url_spaces": "The address holds spaces. Write each one as %20.",
    "link_no_url": "This entry has no usable url. It was left out.",
    "icon_rewritten": "Write the whole address of the file page. It was read as {read}.",
    "icon_unusable": "{value} is not a file page on Wikimedia Commons. "
    "Write https://commons.wikimedia.org/wiki/File:…",
    "flag_not_boolean": "{name} takes true or false without quotes. It was read as {read}.",
    "flag_unusable": "{name} takes true or false. {value} was left out.",
    "tool_type_list": "tool_type takes one value. The first known one is kept: {read}.",
    "tool_type_spelling": "Write this tool_type as {read}.",
    "tool_type_unknown": "{value} is not a known tool_type. Use one of: {known}.",
    "keywords_list": "keywords takes one text with commas. Write {read}.",
    "author_text": "An author in a list is an object. Write {read}.",
    "author_too_long": "The author text is over {max} characters. Write a list of authors instead.",
    "author_no_name": "This author has no name. Add one.",
    "author_name_from_username": "This author has no name. Add one; {read} is used meanwhile.",
    "email_unusable": "{value} is not an e-mail address. It was left out.",
    "wiki_rewritten": "Write the host name of the wiki. {value} was read as {read}.",
    "wiki_unknown": "{value} is not the host name of a Wikimedia wiki. Write it like en.wikipedia.org.",
    "language_malformed": "{value} is not a language code. Write a code like en or pt-br.",
    "language_unknown": "{value} is not a known language code. Write a code like en or pt-br.",
    "language_changed": "{value} is not a Wikimedia language code. It was read as {read}.",
    "schema_shortened": "The schema name is over {max} characters. It was read as {read}.",
    "schema_dropped": "The schema name is over {max} characters. Write /toolinfo/1.2.2",
    "schema_unknown": "{value} is not a known toolinfo schema. Write /toolinfo/1.2.2",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. `pointer` is a JSON pointer as written in the file; line and column count from 1."""

    pointer: str
    code: str
    message: str
    severity: Severity
    line: int | None = None
    column: int | None = None


def finding(severity: Severity, pointer: str, code: str, **details: Any) -> Finding:
    return Finding(pointer, code, MESSAGES[code].format(**details), severity)


def file_error(code: str, line: int, column: int, *, pointer: str = "", **details: Any) -> Finding:
    return replace(finding("error", pointer, code, **details), line=line, column=column)


@dataclass(slots=True)
class Report:
    """The findings of one record, capped for each field and severity."""

    findings: list[Finding] = field(default_factory=list)
    _counts: Counter[tuple[str, Severity]] = field(default_factory=Counter)

    def add(self, severity: Severity, group: str, pointer: str, code: str, **details: Any) -> None:
        self._counts[group, severity] += 1
        count = self._counts[group, severity]
        if count <= MAX_FINDINGS_PER_FIELD:
            self.findings.append(finding(severity, pointer, code, **details))
        elif count == MAX_FINDINGS_PER_FIELD + 1:
            self.findings.append(finding(severity, pointer, "more_findings", name=group))

    def has_error(self, group: str) -> bool:
        return self._counts[group, "error"] > 0


def pointer_token(key: object) -> str:
    """Escape a key for a JSON pointer (RFC 6901)."""
    return str(key).replace("~", "~0").replace("/", "~1")


def of_severity(findings: Iterable[Finding], severity: Severity) -> tuple[Finding, ...]:
    return tuple(found for found in findings if found.severity == severity)
