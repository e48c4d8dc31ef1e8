"""Secrets are replaced before anything is written; their places stay, so that quotes still fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from diagnose.errors import ConfigError
from diagnose.secret_shapes import Shape, own, shapes
from diagnose.table import TestTable

PLACE = re.compile(r"\[redacted(?::[a-z-]+)?\]")
MOST_ROUNDS = 8
SHORT = 400  # characters; texts up to here are worth remembering


class Redactor:
    """Replaces secrets, and remembers how many different ones there were."""

    def __init__(self, patterns: Iterable[str] = ()) -> None:
        self.shapes: tuple[Shape, ...] = (*map(_own, patterns), *shapes())
        self.secrets: set[str] = set()
        self._known: dict[str, str] = {}
        self._last = ("", "")

    def text(self, text: str) -> str:
        """Return the text with `[redacted:kind]` wherever a secret stood."""
        if (known := self._known.get(text)) is not None:
            return known
        clean = self._settled(text)
        if len(text) <= SHORT:
            self._known[text] = clean
        return clean

    def _settled(self, text: str) -> str:
        """Look again until nothing is found: what is replaced may part what was one word."""
        for _ in range(MOST_ROUNDS):
            clean = self._once(text)
            if clean == text:
                break
            text = clean
        return text

    def _once(self, text: str) -> str:
        for shape in self.shapes:
            text = self._without(shape, text)
        return text

    def _without(self, shape: Shape, text: str) -> str:
        parts, end = [], 0
        for start, stop in shape.spans(text, self._lowered(text)):
            if start < end or PLACE.fullmatch(text, start, stop):
                continue
            self.secrets.add(text[start:stop])
            parts += [text[end:start], f"[redacted:{shape.kind}]"]
            end = stop
        return "".join((*parts, text[end:])) if parts else text

    def _lowered(self, text: str) -> str:
        if self._last[0] is not text:
            lowered = text.lower()
            # A capital that becomes two letters would move all that follows.
            same = len(lowered) == len(text)
            self._last = (text, lowered if same else "".join(map(_small, text)))
        return self._last[1]

    def value(self, value: Any) -> Any:
        """Return the same value with every text in it redacted; what holds none is shared."""
        if isinstance(value, str):
            return self.text(value)
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
            before = getattr(record, field.name)
            after = self.value(before)
            if after is not before:
                changed[field.name] = after
        return replace(record, **changed) if changed else record


def _small(letter: str) -> str:
    return letter.lower() if len(letter.lower()) == 1 else letter


def _own(pattern: str) -> Shape:
    try:
        return own(re.compile(pattern))
    except re.error as error:
        raise ConfigError(f"redact: {pattern!r} is no regular expression: {error}") from error
