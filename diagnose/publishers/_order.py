"""A comment as it was ordered, what became of it, and how patient to be meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from diagnose.publishers._address import Asked


@dataclass(frozen=True, slots=True)
class Order:
    """A comment as the user asked for it; `only_on` are the verdicts that are worth one."""

    to: str = "github"
    key: str = "report"
    only_on: frozenset[str] = frozenset()
    asked: Asked = field(default_factory=Asked)
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of it: `what` was done to the comment at `url`; `note` and `hint` if not all.

    Of a dry run: `what` is where `text` would go, if it is `new` even as a first comment.
    """

    what: str
    url: str = ""
    text: str = ""
    note: str = ""
    hint: str = ""
    new: bool = True


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to go on: tries for a request, and seconds."""

    tries: int = 4
    silence: float = 15.0
    answer: float = 60.0
    pause: float = 60.0
    whole: float = 240.0


@dataclass(frozen=True, slots=True)
class Clock:
    """What time it is, and how to let some pass."""

    now: Callable[[], float] = time.monotonic
    date: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Line:
    """What connects us: how patient to be, and by which clock."""

    patience: Patience = field(default_factory=Patience)
    clock: Clock = field(default_factory=Clock)
