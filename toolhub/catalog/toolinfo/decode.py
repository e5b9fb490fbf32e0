"""From bytes to a JSON value, or one named error with its line and column.

orjson decides what is JSON: it is strict (no NaN, no lone surrogates, bounded depth) and quick.
This module adds the character encoding, a tighter bound on depth, and a reason people can act on.
"""

from __future__ import annotations

import codecs
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import orjson

from toolhub.catalog.toolinfo.findings import Finding, file_error

MAX_DEPTH: Final = 64

_WIDE_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
# A single-byte charset cannot be told from another by looking, so it must be declared.
_DECLARED: Final = re.compile(
    r"latin-?1|us-ascii|ascii|iso-?8859-\d{1,2}|(windows|cp)-?125\d|koi8-[ru]"
)


class UndecodableError(Exception):
    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def read_text(body: bytes, charset: str | None) -> str:
    """Raises UndecodableError when the bytes are not text in an encoding JSON may use."""
    if wide := _wide_encoding(body):
        raise UndecodableError(file_error("encoding_utf16", 1, 1, encoding=wide))
    # RFC 8259 wants UTF-8, and servers often declare a default charset that the file is not in;
    # text in another charset is next to never valid UTF-8 by chance.
    try:
        return body.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        declared = _decode_declared(body, (charset or "").strip().lower())
        if declared is None:
            raise UndecodableError(_invalid_utf8(body, error.start)) from error
        return declared


def _wide_encoding(body: bytes) -> str | None:
    for mark, encoding in _WIDE_MARKS:
        if body.startswith(mark):
            return encoding
    # Without a mark: JSON begins with an ASCII character, so zeros tell the width (RFC 4627, 3).
    zeros = body[:4].count(0) if len(body) >= 4 else 0
    return {2: "UTF-16", 3: "UTF-32"}.get(zeros) if body[:4] != bytes(4) else None


def _decode_declared(body: bytes, charset: str) -> str | None:
    if not _DECLARED.fullmatch(charset):
        return None
    # As browsers do: what calls itself Latin-1 is nearly always windows-1252.
    if charset in {"latin1", "latin-1", "iso-8859-1", "iso8859-1", "ascii", "us-ascii"}:
        charset = "cp1252" if not re.search(rb"[\x81\x8d\x8f\x90\x9d]", body) else "latin-1"
    try:
        return body.decode(charset)
    except (LookupError, UnicodeDecodeError):
        return None


def _invalid_utf8(body: bytes, offset: int) -> Finding:
    before = body[:offset].decode().removeprefix("\ufeff")
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    return file_error("encoding_invalid", line, column, offset=offset)


def read_json(text: str) -> Any:
    """Raises UndecodableError for what is not JSON, or is nested beyond reason."""
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise UndecodableError(_diagnose(text, error)) from error
    if _is_deeper_than(value, MAX_DEPTH):
        raise UndecodableError(file_error("too_deep", 1, 1, max=MAX_DEPTH))
    return value


def _is_deeper_than(value: Any, limit: int) -> bool:
    level = [value]
    for _ in range(limit):
        level = [child for parent in level for child in _containers_in(parent)]
        if not level:
            return False
    return True


def _containers_in(value: Any) -> Iterator[Any]:
    members: Iterable[Any] = ()
    if isinstance(value, dict):
        members = value.values()
    elif isinstance(value, list):
        members = value
    return (member for member in members if isinstance(member, dict | list))


def has_duplicate_keys(text: str) -> bool:
    """Whether any object writes a key twice, also as two spellings of the same characters."""

    def check(pairs: list[tuple[str, None]]) -> None:
        keys = {key for key, _ in pairs}
        if not "".join(keys).isascii():
            keys = {unicodedata.normalize("NFC", key) for key in keys}
        if len(keys) != len(pairs):
            raise _DuplicateKeyError

    try:
        json.loads(text, object_pairs_hook=check, parse_int=len, parse_float=len)
    except _DuplicateKeyError:
        return True
    return False


class _DuplicateKeyError(Exception):
    pass


def _diagnose(text: str, error: orjson.JSONDecodeError) -> Finding:
    code = next(code for code, applies in _DIAGNOSES if applies(text, error.pos, error.msg))
    line, column = max(error.lineno, 1), max(error.colno, 1)
    return file_error(code, line, column, reason=error.msg, max=MAX_DEPTH)


def _is_trailing_comma(text: str, pos: int, message: str) -> bool:
    return "trailing comma" in message or (
        text[pos : pos + 1] in {"]", "}"} and text[:pos].rstrip().endswith(",")
    )


def _is_not_a_number(text: str, pos: int, _message: str) -> bool:
    return re.compile("-?(NaN|Infinity)").match(text, pos) is not None or text.startswith(
        "-Infinity", pos - 1
    )


# The first that applies names the mistake. The last one always does.
_DIAGNOSES: Final[tuple[tuple[str, Callable[[str, int, str], bool]], ...]] = (
    ("empty_file", lambda text, pos, msg: not text.strip()),
    ("html_page", lambda text, pos, msg: text.lstrip().startswith("<")),
    ("too_deep", lambda text, pos, msg: "depth" in msg),
    ("json_surrogate", lambda text, pos, msg: "surrogate" in msg),
    ("json_nan", _is_not_a_number),
    ("json_number", lambda text, pos, msg: "number" in msg or "digit" in msg or "infinity" in msg),
    ("json_escape", lambda text, pos, msg: "escape" in msg),
    (
        "json_line_break",
        lambda text, pos, msg: "control character" in msg and text[pos : pos + 1] in {"\n", "\r"},
    ),
    ("json_control_character", lambda text, pos, msg: "control character" in msg),
    ("json_trailing_comma", _is_trailing_comma),
    ("json_truncated", lambda text, pos, msg: pos >= len(text.rstrip()) or "end of data" in msg),
    ("json_comment", lambda text, pos, msg: text.startswith(("//", "/*", "#"), pos)),
    ("json_quotes", lambda text, pos, msg: text.startswith(("'", "‘", "’", "“", "”", "`"), pos)),
    ("json_extra_content", lambda text, pos, msg: "after document" in msg),
    ("json_missing_colon", lambda text, pos, msg: "':'" in msg),
    ("json_missing_comma", lambda text, pos, msg: "','" in msg),
    ("json_invalid", lambda text, pos, msg: True),
)
