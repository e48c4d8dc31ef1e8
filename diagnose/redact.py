"""Secrets are replaced before anything is written; their places stay, so that quotes still fit."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from itertools import accumulate
from operator import attrgetter
from typing import Any

from diagnose.errors import ConfigError
from diagnose.scan import fastest
from diagnose.secret_shapes import Shape, own, shapes
from diagnose.table import TestTable
from diagnose.words import CONTROL

PLACE = re.compile(r"\[redacted(?::[a-z-]+)?\]")
MOST_ROUNDS = 8
# As a terminal reads it, and as pytest writes it into XML, which may not hold an escape.
COLOUR = r"(?:\x1b|#x1B)\[[0-9;]{0,40}[A-Za-z]"
HIDDEN = re.compile(f"{COLOUR}|{CONTROL.pattern}")
SHORT = 400  # characters; lines up to here are worth remembering
MOST_KNOWN = 100_000
PORTION = 1 << 18  # characters
Getter = Callable[[Any], tuple[Any, ...]]


class Redactor:
    """Replaces secrets, and remembers how many different ones there were.

    `unused` names fields that nobody will write: to search a million test names takes its time.
    """

    def __init__(self, patterns: Iterable[str] = (), unused: Collection[str] = ()) -> None:
        self._unused = frozenset(unused)
        known = (*map(_own, patterns), *shapes())
        self._long = [shape for shape in known if not shape.in_a_line]
        self._short = [shape for shape in known if shape.in_a_line]
        self._wordless = [n for n, shape in enumerate(self._short) if not shape.words]
        owners: dict[str, set[int]] = {}
        for number, shape in enumerate(self._short):
            for word in shape.words:
                owners.setdefault(word, set()).add(number)
        self._owners = list(owners.values())
        self._find = fastest([word.encode() for word in owners])
        self._getters: dict[type, Getter] = {}
        self._named: dict[type, tuple[str, ...]] = {}
        self.secrets: set[str] = set()
        self._clean: set[str] = set()

    def text(self, text: str) -> str:
        """Return the text with `[redacted:kind]` wherever a secret stood."""
        return self._changed([text]).get(text, text)

    def value(self, value: Any) -> Any:
        """Return the same value with every text in it redacted; what holds none is shared."""
        changed: dict[str, str] = {}
        for texts in _portions(self._texts(value)):
            changed |= self._changed(texts)
        return self._replaced(value, changed) if changed else value

    def _texts(self, value: Any) -> Iterator[str]:
        """Yield every text of a value; what is said a thousand times, once."""
        seen, shared = set[str](), set[int]()
        left = [value]
        while left:
            each = left.pop()
            kind = type(each)
            if kind is str:
                if each not in seen:
                    seen.add(each)
                    yield each
            elif kind is tuple:
                left += each
            elif kind is dict:
                if id(each) not in shared:  # thousands of tests end alike
                    shared.add(id(each))
                    left += each
                    left += each.values()
            elif kind is TestTable:
                yield from each.texts()
            else:
                left += (self._getters.get(kind) or self._getter(each))(each)

    def _getter(self, value: Any) -> Getter:
        """Return what takes the values to be searched out of all that are of this kind."""
        found = _members(value) or _fields(self._names(value))
        self._getters[type(value)] = found
        return found

    def _names(self, record: Any) -> tuple[str, ...]:
        """Name the fields of a record that are to be searched; a plain value has none."""
        kind = type(record)
        if kind not in self._named:
            named = (field.name for field in fields(record)) if is_dataclass(record) else ()
            self._named[kind] = tuple(name for name in named if name not in self._unused)
        return self._named[kind]

    def _replaced(self, value: Any, changed: Mapping[str, str]) -> Any:
        if isinstance(value, str):
            return changed.get(value, value)
        if isinstance(value, tuple):
            clean = tuple(self._replaced(each, changed) for each in value)
            return value if all(a is b for a, b in zip(value, clean, strict=True)) else clean
        if isinstance(value, Mapping):
            told = {
                self._replaced(key, changed): self._replaced(each, changed)
                for key, each in value.items()
            }
            same = len(told) == len(value) and all(told.get(k, self) is v for k, v in value.items())
            return value if same else told
        if isinstance(value, TestTable):
            return value if changed.keys().isdisjoint(value.texts()) else value.renamed(self.text)
        news = {}
        for name in self._names(value):
            before = getattr(value, name)
            if (after := self._replaced(before, changed)) is not before:
                news[name] = after
        return replace(value, **news) if news else value

    def _changed(self, texts: Sequence[str]) -> dict[str, str]:
        """Return what becomes of those texts that hold a secret; all are searched at once."""
        joined = "\n".join(texts)
        small = joined.lower()
        parted = dict[str, str]()
        for shape in self._long:
            if shape.may_be_in(small):
                for text in texts:
                    said = parted.get(text, text)
                    if (without := self._without(shape, said)) != said:
                        parted[text] = without
        if parted:
            joined = "\n".join(parted.get(text, text) for text in texts)
        lines = joined.split("\n")
        found = self._lines(lines, again=len(lines) > len(texts))
        if not found:
            return parted
        done = ((text, self._put(parted.get(text, text), found)) for text in texts)
        return {text: said for text, said in done if said != text}

    def _put(self, text: str, lines: Mapping[str, str]) -> str:
        return "\n".join(lines.get(line, line) for line in text.split("\n"))

    def _lines(self, lines: Iterable[str], *, again: bool) -> dict[str, str]:
        """Return what becomes of those lines that hold a secret.

        Those of tracebacks will be seen again, so each of them is looked at once.
        """
        unknown = list(set(lines) - self._clean)
        hidden = [line for line in unknown if _hides(line)] if _may_hide(unknown) else []
        bare = {line: said for line in hidden if (said := self._bared(line)) != line}
        found = {
            line: said
            for line, near in self._near([line for line in unknown if line not in bare])
            if (said := self._settled(line, near)) != line
        }
        found |= bare
        if again:
            self._remember(line for line in unknown if line not in found)
        return found

    def _bared(self, line: str) -> str:
        """Drop colours and what can't be seen, if a secret is parted or hidden by them."""
        bare = line
        for _ in range(MOST_ROUNDS):  # a sequence may stand within another
            bare, before = HIDDEN.sub("", bare), bare
            if bare == before:
                break
        said = bare
        for shape in self._long:
            if shape.may_be_in(said.lower()):
                said = self._without(shape, said)
        for found, near in self._near([said]):
            said = self._settled(found, near)
        return said if said != bare else line

    def _near(self, lines: Sequence[str]) -> Iterator[tuple[str, list[Shape]]]:
        """Yield lines with the shapes that they may hold, by one search for the words of all."""
        found: dict[int, set[int]] = {}
        joined = "\n".join(lines)
        small = joined.lower().encode("utf-8", "replace")
        if hits := self._find(small):
            starts = _starts(small.split(b"\n"))
            for word, at, _ in hits:
                found.setdefault(bisect_right(starts, at) - 1, set()).update(self._owners[word])
        for number in self._wordless:
            for line in _lines_of(self._short[number].regex, joined):
                found.setdefault(line, set()).add(number)
        for number, owners in found.items():
            yield lines[number], [self._short[owner] for owner in sorted(owners)]

    def _remember(self, clean: Iterable[str]) -> None:
        if len(self._clean) >= MOST_KNOWN:
            self._clean.clear()
        self._clean.update(line for line in clean if len(line) <= SHORT)

    def _settled(self, line: str, near: Sequence[Shape]) -> str:
        """Look again until nothing is found: what is replaced may part what was one word."""
        for _ in range(MOST_ROUNDS):
            before = line
            for shape in near:
                line = self._without(shape, line)
            if line == before:
                break
            near = next((shapes for _, shapes in self._near([line])), [])
        return line

    def _without(self, shape: Shape, text: str) -> str:
        parts, end = [], 0
        for start, stop in shape.spans(text):
            if PLACE.fullmatch(text, start, stop):
                continue
            self.secrets.add(text[start:stop].rstrip(".,:;!?"))  # may end a sentence of ours
            parts += [text[end:start], f"[redacted:{shape.kind}]"]
            end = stop
        return "".join((*parts, text[end:])) if parts else text


def _members(value: Any) -> Getter | None:
    if isinstance(value, Mapping):
        return lambda each: (*each, *each.values())
    if isinstance(value, str):
        return lambda each: (str.__str__(each),)
    return tuple if isinstance(value, tuple) else None


def _fields(names: Sequence[str]) -> Getter:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda record: tuple(getattr(record, name) for name in names)


def _portions(texts: Iterable[str]) -> Iterator[list[str]]:
    """Put texts together that are searched at once: enough to be quick, too few to matter."""
    some, size = list[str](), 0
    for text in texts:
        some.append(text)
        size += len(text)
        if size >= PORTION:
            yield some
            some, size = [], 0
    yield some


def _lines_of(regex: re.Pattern[str], text: str) -> Iterator[int]:
    """Number the lines in which it is found."""
    line = at = 0
    for match in regex.finditer(text):
        line += text.count("\n", at, match.start())
        at = match.start()
        yield line


def _starts(lines: Iterable[bytes]) -> list[int]:
    return list(accumulate((len(line) + 1 for line in lines), initial=0))


def _may_hide(lines: Iterable[str]) -> bool:
    text = "".join(lines)
    return "#x1B[" in text or not text.isprintable()


def _hides(line: str) -> bool:
    return ("#x1B[" in line or not line.isprintable()) and HIDDEN.search(line) is not None


def _own(pattern: str) -> Shape:
    try:
        return own(re.compile(pattern).pattern)
    except re.error as error:
        raise ConfigError(f"redact: {pattern!r} is no regular expression: {error}") from error
