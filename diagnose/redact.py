"""Secrets are replaced before anything is written; their places stay, so that quotes still fit."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from diagnose.errors import ConfigError
from diagnose.secret_shapes import Shape, own, shapes
from diagnose.table import TestTable

PLACE = re.compile(r"\[redacted(?::[a-z-]+)?\]")
MOST_ROUNDS = 8
SHORT = 400  # characters; lines up to here are worth remembering
MOST_KNOWN = 100_000


class Redactor:
    """Replaces secrets, and remembers how many different ones there were.

    `unused` names fields that nobody will write: to search a million test names takes its time.
    """

    def __init__(self, patterns: Iterable[str] = (), unused: Collection[str] = ()) -> None:
        self._unused = frozenset(unused)
        known = (*map(_own, patterns), *shapes())
        self._long = [shape for shape in known if not shape.in_a_line]
        self._short = [shape for shape in known if shape.in_a_line]
        self._words = [(word, n) for n, shape in enumerate(self._short) for word in shape.words]
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
        lowered = "\n".join(line for line in lines if line not in self._known).lower()
        numbers = {number for word, number in self._words if word in lowered}
        near = [self._short[number] for number in sorted(numbers)]
        return "\n".join(self._line(line, near) for line in lines)

    def _line(self, line: str, near: Iterable[Shape]) -> str:
        if (known := self._known.get(line)) is not None:
            return known
        clean = self._settled(line, near)
        if len(line) <= SHORT:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[line] = clean
        return clean

    def _settled(self, line: str, near: Iterable[Shape]) -> str:
        """Look again until nothing is found: what is replaced may part what was one word."""
        for _ in range(MOST_ROUNDS):
            before, lowered = line, line.lower()
            for shape in near:
                if shape.may_be_in(lowered):
                    line = self._without(shape, line)
            if line == before:
                break
            near = self._short
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
            return self.text(value) if known is None else known
        if isinstance(value, tuple):
            clean = tuple(map(self.value, value))
            return value if all(a is b for a, b in zip(value, clean, strict=True)) else clean
        if isinstance(value, Mapping):
            return {self.value(key): self.value(each) for key, each in value.items()}
        if isinstance(value, TestTable):
            return value.renamed(self.text)
        if is_dataclass(value) and not isinstance(value, type):
            return self._record(value)
        return value

    def _record(self, record: Any) -> Any:
        changed = {}
        for field in fields(record):
            if field.name in self._unused:
                continue
            before = getattr(record, field.name)
            after = self.value(before)
            if after is not before:
                changed[field.name] = after
        return replace(record, **changed) if changed else record


def _own(pattern: str) -> Shape:
    try:
        return own(re.compile(pattern))
    except re.error as error:
        raise ConfigError(f"redact: {pattern!r} is no regular expression: {error}") from error
