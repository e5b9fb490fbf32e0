"""Line and column for JSON pointers.

JSON parsers forget where a value stood. This scanner runs only when there is something to point
at, over text that has already been parsed as JSON, so it need not judge syntax. It follows just
the wanted pointers, in one pass, without recursion; time and memory are linear in the text.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from toolhub.catalog.toolinfo.findings import pointer_token

MAX_DUPLICATES: Final = 100
_TOKEN: Final = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[\]{},:]|[^\s"\[\]{},:]++')

_Trie = dict[str, Any]


class Spot(NamedTuple):
    """Where a value begins, and its key when it has one: (line, column), counted from 1."""

    value: tuple[int, int]
    key: tuple[int, int] | None


class Duplicate(NamedTuple):
    pointer: str
    key: str
    at: tuple[int, int]


class Positions(NamedTuple):
    spots: dict[str, Spot]
    duplicates: list[Duplicate]

    def nearest(self, pointer: str) -> Spot:
        """The spot of a pointer, or of what encloses it: a missing key has no place of its own."""
        while pointer and pointer not in self.spots:
            pointer = pointer.rpartition("/")[0]
        return self.spots[pointer]


@dataclass(slots=True)
class _Frame:
    """A container being scanned. `node` is None where no wanted pointer leads."""

    is_object: bool
    node: _Trie | None
    index: int = 0
    key: str = ""
    key_at: int = -1
    expects_key: bool = False
    keys: set[str] = field(default_factory=set)

    @property
    def token(self) -> str:
        return pointer_token(self.key) if self.is_object else str(self.index)


def locate(text: str, pointers: Iterable[str]) -> Positions:
    scanner = _Scanner(text, _trie_of(pointers))
    scanner.scan()
    return Positions(scanner.spots, scanner.duplicates)


def _trie_of(pointers: Iterable[str]) -> _Trie:
    root: _Trie = {}
    for pointer in pointers:
        node = root
        for token in pointer.split("/")[1:]:
            node = node.setdefault(token, {})
    return root


class _Scanner:
    def __init__(self, text: str, wanted: _Trie) -> None:
        self.text = text
        self.wanted = wanted
        self.line_starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.stack: list[_Frame] = []
        self.spots: dict[str, Spot] = {}
        self.duplicates: list[Duplicate] = []

    def scan(self) -> None:
        for match in _TOKEN.finditer(self.text):
            first = self.text[match.start()]
            if first in "{[":
                self._open(match.start(), is_object=first == "{")
            elif first in "}]":
                self.stack.pop()
            elif first == ",":
                self._next()
            elif first == '"' and self.stack and self.stack[-1].expects_key:
                self._key(match[0], match.start())
            elif first != ":":
                self._value(match.start())

    def place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def _open(self, offset: int, *, is_object: bool) -> None:
        node = self._value(offset)
        self.stack.append(_Frame(is_object, node, expects_key=is_object))

    def _next(self) -> None:
        frame = self.stack[-1]
        frame.index += 1
        frame.expects_key = frame.is_object

    def _key(self, literal: str, offset: int) -> None:
        frame = self.stack[-1]
        frame.expects_key = False
        frame.key = json.loads(literal) if "\\" in literal else literal[1:-1]
        frame.key_at = offset
        composed = frame.key if frame.key.isascii() else unicodedata.normalize("NFC", frame.key)
        if composed not in frame.keys:
            frame.keys.add(composed)
        elif len(self.duplicates) < MAX_DUPLICATES:
            self.duplicates.append(Duplicate(self._pointer(), frame.key, self.place(offset)))

    def _value(self, offset: int) -> _Trie | None:
        """Note where a value begins; returns what is wanted below it."""
        if not self.stack:
            self.spots[""] = Spot(self.place(offset), None)
            return self.wanted
        frame = self.stack[-1]
        node = None if frame.node is None else frame.node.get(frame.token)
        if node is not None:
            key = self.place(frame.key_at) if frame.is_object else None
            self.spots[self._pointer()] = Spot(self.place(offset), key)
        return node

    def _pointer(self) -> str:
        return "".join(f"/{frame.token}" for frame in self.stack)
