"""Typed readers of the environment. Each call registers the variable, so that the docs and the chart can list them all.

`NAME_FILE` reads the value of a secret from a file. A value that cannot be understood stops the start-up.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

TRUE = ("1", "true", "yes", "on")
FALSE = ("0", "false", "no", "off", "")


class BadSetting(SystemExit):
    """Stops the start-up with a sentence that names the variable and what is allowed."""


@dataclass(frozen=True, slots=True)
class Variable:
    name: str
    kind: str
    default: str
    help: str
    is_secret: bool


REGISTER: dict[str, Variable] = {}


def _raw(name: str, *, is_secret: bool) -> str | None:
    value = os.environ.get(name)
    path = os.environ.get(f"{name}_FILE") if is_secret else None
    if value is None and path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise BadSetting(f"{name}_FILE: {path} cannot be read ({error.strerror}).") from error
    return value


def _read(variable: Variable, default: T, parse: Callable[[str], T], allowed: str) -> T:
    REGISTER[variable.name] = variable
    raw = _raw(variable.name, is_secret=variable.is_secret)
    if raw is None:
        return default
    try:
        return parse(raw)
    except ValueError as error:
        shown = "its value" if variable.is_secret else repr(raw)
        raise BadSetting(
            f"{variable.name}: {shown} is not understood. Allowed: {allowed}."
        ) from error


def text(name: str, default: str = "", *, help: str, choices: tuple[str, ...] = ()) -> str:
    def parse(raw: str) -> str:
        if choices and raw not in choices:
            raise ValueError(raw)
        return raw

    variable = Variable(name, "text", default, help, is_secret=False)
    return _read(variable, default, parse, ", ".join(choices) or "any text")


def secret(name: str, default: str = "", *, help: str) -> str:
    """Like `text`, but `NAME_FILE` may point to a file, and the value is never printed."""
    return _read(Variable(name, "secret", "", help, is_secret=True), default, str, "any text")


def flag(name: str, default: bool = False, *, help: str) -> bool:
    def parse(raw: str) -> bool:
        if raw.lower() not in TRUE + FALSE:
            raise ValueError(raw)
        return raw.lower() in TRUE

    variable = Variable(name, "flag", str(default).lower(), help, is_secret=False)
    return _read(variable, default, parse, "1/0, true/false, yes/no, on/off")


def number(name: str, default: int, *, help: str, minimum: int = 0) -> int:
    def parse(raw: str) -> int:
        value = int(raw)
        if value < minimum:
            raise ValueError(raw)
        return value

    variable = Variable(name, "number", str(default), help, is_secret=False)
    return _read(variable, default, parse, f"a whole number from {minimum}")


def words(name: str, default: str = "", *, help: str) -> list[str]:
    """A list of words, separated by commas or spaces."""

    def parse(raw: str) -> list[str]:
        return raw.replace(",", " ").split()

    return _read(
        Variable(name, "list", default, help, is_secret=False), parse(default), parse, "words"
    )
