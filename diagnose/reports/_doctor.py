"""What to collect next time, for a terminal: why, and the lines that do it."""

from __future__ import annotations

import textwrap
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from diagnose.reports._columns import WIDTH, line
from diagnose.words import some

COLLECTING = Path(__file__).with_name("_collecting.toml")
PLACES = {"pytest": "here", "github": "GitHub Actions", "gitlab": "GitLab CI"}


def prescribe(lacks: Iterable[tuple[str, tuple[str, ...], str]]) -> str:
    """Write down what lacks in which runs, and which incidents hinge on it, in that order."""
    known = tomllib.loads(COLLECTING.read_text("utf-8"))
    lines: list[str] = []
    for number, (kind, runs, whom) in enumerate(lacks, start=1):
        lines += _entry(number, known[kind], runs, whom)
    if not lines:
        return "Nothing is missing that would tell more\n"
    return "\n".join(["NOT COLLECTED", *lines, "", *_keep(known["keep"])]) + "\n"


def _entry(
    number: int, known: Mapping[str, Any], runs: tuple[str, ...], whom: str
) -> Iterator[str]:
    yield f"{number:3}. {known['title']}"
    yield from _wrap(f"tells {known['tells']}")
    yield from _wrap(f"not there for {some(runs)}")
    yield from _wrap(f"would firm up {whom}" if whom else "no verdict hinges on it now")
    yield from _lines(known)


def _keep(known: Mapping[str, Any]) -> Iterator[str]:
    yield "KEEP THEM"
    yield from _lines(known)


def _lines(known: Mapping[str, Any]) -> Iterator[str]:
    for place, name in PLACES.items():
        if place in known:
            yield f"     {name}:"
            yield from (f"       {each}" for each in known[place])


def _wrap(text: str) -> list[str]:
    text = line(text)[:400]
    return textwrap.wrap(text, WIDTH, initial_indent=" " * 5, subsequent_indent=" " * 5)
