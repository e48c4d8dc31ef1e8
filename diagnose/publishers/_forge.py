"""What differs from forge to forge: addresses, words, and the shape of an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment that is there: who wrote it, and whether that is a machine."""

    id: int
    body: str
    author: str = ""
    machine: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Forge:
    """How comments of one pull request are listed, written, changed and removed.

    `one` stands before the number of a comment; `wrap` makes a body of a text, `read` a comment of
    a row; what is at `user` says who we are, and `called` reads it as `read` reads an author;
    `bots`: a token that may not ask that is a machine's. `hints` say what to do about a status.
    """

    listing: str
    comments: str
    one: str
    user: str
    wrap: Callable[[str], object]
    read: Callable[[dict[str, Any]], Comment | None]
    called: Callable[[dict[str, Any]], str]
    headers: Mapping[str, str] = field(repr=False)
    edit: str = "PATCH"
    bots: bool = False
    hints: Mapping[int, str] = field(default_factory=dict)


def mapping(value: object) -> dict[str, Any]:
    """Return a value if it is a mapping, else an empty one: an answer may hold anything."""
    return value if isinstance(value, dict) else {}


def text(value: object) -> str:
    """Return a value if it is a text, a number as one, else nothing."""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def numbered(row: Mapping[str, Any]) -> int:
    """Return the number of a comment; 0 is no number."""
    number = row.get("id")
    return number if isinstance(number, int) and number > 0 and number is not True else 0
