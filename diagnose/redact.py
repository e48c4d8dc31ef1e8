"""Secrets are replaced before anything is written; their places stay, so that quotes still fit."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from itertools import accumulate
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
NEVER = {int, float, bool}  # what holds no text


class Redactor:
    """Replaces secrets, and remembers how many different ones there were.

    `unused` names fields that nobody will write: to search a million test names takes its time.
    """

    def __init__(self, patterns: Iterable[str] = (), unused: Collection[str] = ()) -> None:
        self._unused = frozenset(unused)
        known = (*map(_own, patterns), *shapes())
        self._long = [shape for shape in known if not shape.in_a_line]
        self._short = [shape for shape in known if shape.in_a_line]
        self._wordless = {n for n, shape in enumerate(self._short) if not shape.words}
        owners: dict[str, set[int]] = {}
        for number, shape in enumerate(self._short):
            for word in shape.words:
                owners.setdefault(word, set()).add(number)
        self._owners = list(owners.values())
        self._find = fastest([word.encode() for word in owners])
        self._names: dict[type, tuple[str, ...]] = {}
        self.secrets: set[str] = set()
        self._known: dict[str, str] = {}

    def text(self, text: str) -> str:
        """Return the text with `[redacted:kind]` wherever a secret stood.

        Tracebacks have most of their lines in common, so each line is looked at once.
        """
        for shape in self._long:
            if shape.may_be_in(text.lower()):
                text = self._without(shape, text)
        lines = text.split("\n")
        unknown = self._unknown(lines)
        if unknown and _may_hide("\n".join(unknown)):
            lines = list(map(self._bared, lines))
            unknown = self._unknown(lines)
        clean = dict(self._cleaned(unknown))
        text = "\n".join(clean[line] if line in clean else self._known[line] for line in lines)
        self._remember(clean.items())
        return text

    def _cleaned(self, lines: Sequence[str]) -> Iterator[tuple[str, str]]:
        for line, near in zip(lines, self._near(lines), strict=True):
            yield line, self._settled(line, near) if near else line

    def _unknown(self, lines: Iterable[str]) -> list[str]:
        return [line for line in dict.fromkeys(lines) if line not in self._known]

    def _bared(self, line: str) -> str:
        """Drop colours and what can't be seen, if a secret is parted or hidden by them."""
        if line in self._known or not HIDDEN.search(line):
            return line
        bare = HIDDEN.sub("", line)
        return bare if self.text(bare) != bare else line

    def _near(self, lines: Sequence[str]) -> list[list[Shape]]:
        """Return the shapes that each line may hold, by one search for the words of all."""
        found = [set(self._wordless) for _ in lines]
        small = [line.lower().encode("utf-8", "replace") for line in lines]
        starts = list(accumulate((len(line) + 1 for line in small), initial=0))
        for word, at, _ in self._find(b"\n".join(small)):
            found[bisect_right(starts, at) - 1] |= self._owners[word]
        return [[self._short[number] for number in sorted(numbers)] for numbers in found]

    def _remember(self, cleaned: Iterable[tuple[str, str]]) -> None:
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        self._known.update((line, clean) for line, clean in cleaned if len(line) <= SHORT)

    def _settled(self, line: str, near: Iterable[Shape]) -> str:
        """Look again until nothing is found: what is replaced may part what was one word."""
        for _ in range(MOST_ROUNDS):
            before = line
            for shape in near:
                line = self._without(shape, line)
            if line == before:
                break
            near = self._near([line])[0]
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

    def value(self, value: Any) -> Any:
        """Return the same value with every text in it redacted; what holds none is shared."""
        if isinstance(value, str):
            known = self._known.get(value)  # a name, a label, an outcome: said a thousand times
            said = self.text(value) if known is None else known
            return value if said == value else said
        if isinstance(value, tuple):
            clean = tuple(map(self.value, value))
            return value if all(a is b for a, b in zip(value, clean, strict=True)) else clean
        if isinstance(value, Mapping):
            told = {self.value(key): self.value(each) for key, each in value.items()}
            same = len(told) == len(value) and all(told.get(k, self) is v for k, v in value.items())
            return value if same else told
        if isinstance(value, TestTable):
            return value.renamed(self.text)
        return self._record(value)

    def _record(self, record: Any) -> Any:
        changed = {}
        for name in self._names.get(type(record)) or self._names_of(type(record)):
            before = getattr(record, name)
            if before is None or type(before) in NEVER:
                continue
            after = self.value(before)
            if after is not before:
                changed[name] = after
        return replace(record, **changed) if changed else record

    def _names_of(self, kind: type) -> tuple[str, ...]:
        """Name the fields of a kind of record that are to be searched; a plain value has none."""
        named = (field.name for field in fields(kind)) if is_dataclass(kind) else ()
        self._names[kind] = tuple(name for name in named if name not in self._unused)
        return self._names[kind]


def _may_hide(text: str) -> bool:
    return "#x1B[" in text or not text.replace("\n", "").isprintable()


def _own(pattern: str) -> Shape:
    try:
        return own(re.compile(pattern))
    except re.error as error:
        raise ConfigError(f"redact: {pattern!r} is no regular expression: {error}") from error
