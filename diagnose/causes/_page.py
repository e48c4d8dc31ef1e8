"""A page of the catalogue, from Markdown to values."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, get_args

from diagnose.causes._tame import endless
from diagnose.clues import PLACES, STRENGTHS, Example, Page, Pattern
from diagnose.diagnosis import Verdict
from diagnose.errors import InputError
from diagnose.literals import required

NAME = re.compile(r"[a-z][a-z0-9_]{0,60}")
LONGEST = 4000  # characters of an expression
LITERALS = Path(__file__).with_name("literals.json")
READERS = ("failure", "captured", "console", "service_log", "kernel")
KEYS = {
    *("id", "regex", "literals", "places", "strength"),
    *("unless", "unless_text", "when", "verdict"),
}
UNASKED = frozenset(PLACES) - {"traceback"}  # a source line is no witness unless a page says so


class _Fence(NamedTuple):
    """A fenced block: its word, its text, the line of the page, and the heading above it."""

    word: str
    text: str
    line: int
    heading: str


def parse(text: str, cause: str, path: str = "") -> Page:
    """Turn the text of a page into a `Page`, or say what is wrong with it."""
    path = path or f"{cause}.md"
    sections = dict(_sections(text))
    fences = list(_fences(text))
    title = re.match(r"# (\S.*)\n", text)
    if not title:
        raise _wrong(path, "does not begin with `# Title`")
    if not NAME.fullmatch(cause):
        raise _wrong(path, "a page is named after its cause: lower case, digits and `_`")
    rules = [fence for fence in fences if fence.word == "toml" and not fence.heading]
    if len(rules) != 1:
        raise _wrong(path, "needs exactly one toml fence, before the first `##` heading")
    table = _table(rules[0], path)
    verdict = str(table.get("verdict", ""))
    if verdict not in get_args(Verdict):
        raise _wrong(path, f"{verdict!r} is not a verdict")
    examples = tuple(_examples(fences, path))
    if table.get("pattern") and {example.matches for example in examples} != {True, False}:
        raise _wrong(path, "needs an example under `## Matches` and one under `## Does not match`")
    if not sections.get("What to do"):
        raise _wrong(path, "has no `## What to do`")
    return Page(
        cause=cause,
        title=title[1].strip(),
        verdict=verdict,
        patterns=tuple(_pattern(row, cause, verdict, path) for row in _rows(table, path)),
        prose=_FENCED.sub("", sections.get("", "")).partition("\n")[2].strip(),
        remedy=sections["What to do"],
        examples=examples,
        text=text,
    )


_FENCED = re.compile(r"^```.*?^```\n?", re.MULTILINE | re.DOTALL)


def _sections(text: str) -> Iterator[tuple[str, str]]:
    """Split at `##` headings; what comes before the first has no name."""
    parts = re.split(r"^## +(\S.*)$", text, flags=re.MULTILINE)
    yield "", parts[0]
    for name, body in zip(parts[1::2], parts[2::2], strict=True):
        yield name.strip(), body.strip()


def _fences(text: str) -> Iterator[_Fence]:
    heading, word, start, kept = "", "", 0, list[str]()
    for number, line in enumerate(text.splitlines(), 1):
        if start and line.rstrip() == "```":
            yield _Fence(word, "\n".join(kept), start, heading)
            start = 0
        elif start:
            kept.append(line)
        elif line.startswith("```"):
            word, start, kept = line[3:].strip(), number, []
        elif line.startswith("## "):
            heading = line[3:].strip()


def _table(fence: _Fence, path: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(fence.text)
    except tomllib.TOMLDecodeError as error:
        raise _wrong(path, f"line {fence.line}: {error}") from error


def _rows(table: Mapping[str, Any], path: str) -> list[Mapping[str, Any]]:
    """Return the patterns of a page, each a table whose values are texts, or lists of them."""
    rows = table.get("pattern", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _wrong(path, "a pattern is a table: `[[pattern]]`")
    for row in rows:
        for key, value in row.items():
            texts = value if key in ("literals", "places") else [value]
            if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
                raise _wrong(path, f"pattern {row.get('id', '')!r}: {key} is no text")
    return rows


def _examples(fences: list[_Fence], path: str) -> Iterator[Example]:
    for fence in fences:
        if fence.heading in ("Matches", "Does not match"):
            if fence.word not in READERS:
                raise _wrong(path, f"line {fence.line}: no reader is called {fence.word!r}")
            yield Example(fence.word, fence.text, fence.heading == "Matches", fence.line)


def _pattern(row: Mapping[str, Any], cause: str, verdict: str, path: str) -> Pattern:
    name = str(row.get("id", ""))
    where = f"pattern {name!r}"
    if unknown := sorted(set(row) - KEYS):
        raise _wrong(path, f"{where} has unknown keys: {', '.join(unknown)}")
    if not re.fullmatch(r"[a-z0-9][a-z0-9_.-]*", name):
        raise _wrong(path, f"{where}: an id is lower case, digits, `_`, `.` and `-`")
    if row.get("regex") not in known_literals():  # of our own pages, a test has compiled them
        for key in ("regex", "unless", "unless_text", "when"):
            _compiles(str(row.get(key, "")), f"{where}, {key}", path)
    if row.get("strength") not in STRENGTHS:
        raise _wrong(path, f"{where}: strength is one of {', '.join(STRENGTHS)}")
    places = frozenset(row.get("places", UNASKED))
    if not places or places - set(PLACES):
        raise _wrong(path, f"{where}: places are {', '.join(PLACES)}")
    if row.get("verdict", verdict) not in get_args(Verdict):
        raise _wrong(path, f"{where}: {row['verdict']!r} is not a verdict")
    return Pattern(
        id=name,
        cause=cause,
        verdict=row.get("verdict", verdict),
        regex=row["regex"],
        strength=row["strength"],
        literals=_stated(row) or words_of(row["regex"]),
        places=places,
        unless=row.get("unless", ""),
        unless_text=row.get("unless_text", ""),
        when=row.get("when", ""),
        around=words_of(row["when"]) if "when" in row else (),
    )


@cache
def known_literals() -> Mapping[str, list[str]]:
    """Read the words of our own patterns, by their regex: to derive them takes half a second."""
    found: dict[str, list[str]] = json.loads(LITERALS.read_text("utf-8"))
    return found


def _stated(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.lower() for word in row.get("literals", ())))


def words_of(regex: str) -> tuple[str, ...]:
    """Return words of which each match has one, in lower case, as far as they can be derived."""
    known = known_literals().get(regex)
    return tuple(derived(regex) if known is None else known)


def derived(regex: str) -> list[str]:
    """Derive the words of a regex from itself."""
    found = (text.decode("utf-8", "ignore") for text in required(regex.encode()))
    return list(dict.fromkeys(text.lower() for text in found))


def _compiles(regex: str, where: str, path: str) -> None:
    try:
        empty = re.compile(regex).search("") if len(regex) <= LONGEST else None
        wild = endless(regex)
    except (re.error, RecursionError, OverflowError) as error:
        raise _wrong(path, f"{where}: {error}") from error
    if len(regex) > LONGEST:
        raise _wrong(path, f"{where}: longer than {LONGEST} characters")
    if wild:
        raise _wrong(
            path, f"{where}: repeats a repeat, `(a+)+`, or has three `.*`: that may take forever"
        )
    if empty and where.endswith("regex"):
        raise _wrong(path, f"{where}: matches nothing at all, and so every line")


def _wrong(path: str, what: str) -> InputError:
    return InputError(f"{path}: {what}", hint="for the form: diagnose explain http_pool --source")
