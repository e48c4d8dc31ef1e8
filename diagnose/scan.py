"""Finds hundreds of patterns in a log in one pass over its bytes, in bounded memory.

An automaton looks for literals, one of which must be in any match; a regex sees only the lines
that have its own. Lines keep their physical number; escape sequences are taken out, and what
stands between two CRs is a line to a regex.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from diagnose import literals
from diagnose.errors import ConfigError
from diagnose.parts import Part, in_parts

LONGEST = 1 << 16  # a chunk, which the automaton takes from the cache; a longer line is cut
WINDOW = 1 << 13  # what a regex sees of a line at once: some take time squared
OVERLAP = WINDOW // 2  # a match that is shorter is seen whole
STRIDE = LONGEST - OVERLAP
FEW = 1 << 14  # bytes of literals; the quickest automaton takes 300 times as many
ANSI = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]_P^][^\x07\x1b\n]*(?:\x07|\x1b\\)|[@-Z\\-_])",
)

Finder = Callable[[bytes], list[tuple[int, int, int]]]  # which literal, from, to; in order
Engine = Callable[[Sequence[bytes]], Finder]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regex for a line (of bytes: `\\w` is ASCII), and literals of which each match has one.

    Where none are stated they are derived.
    """

    id: str
    regex: str
    literals: tuple[str, ...] = ()

    def needles(self) -> tuple[bytes, ...]:
        """Return what must be in a line before the regex is tried."""
        if self.literals:
            found = literals.stated(self.literals, self.regex)
        else:
            found = literals.required(self.regex.encode())
        if not found or any(b"\n" in literal for literal in found):
            raise ConfigError(
                f"pattern {self.id!r} can match without any text of {literals.SHORTEST} characters",
                hint="make it say more, or state its literals",
            )
        return found


class Hit(NamedTuple):
    """A line that matches: its number, the pattern's id, its text, and the named groups.

    Of a long line the text is the `WINDOW` that has the match.
    """

    number: int
    pattern: str
    line: bytes
    groups: dict[str, str]


class Scanner:
    """Looks for all patterns at once."""

    def __init__(self, patterns: Iterable[Pattern], engine: Engine | None = None) -> None:
        """Take the patterns; nothing is built of them before the first look."""
        self.patterns = tuple(patterns)
        self._engine = engine or fastest
        self._regexes: dict[int, re.Pattern[bytes]] = {}
        self._places = {pattern.id: place for place, pattern in enumerate(self.patterns)}
        if len(self._places) < len(self.patterns):
            raise ConfigError("two patterns have the same id")

    def scan(self, blocks: Iterable[bytes]) -> Iterator[Hit]:
        """Yield the hits of a log, line by line, those of a line in the order of the patterns."""
        for hits, _ in self.batches(blocks):
            yield from hits

    def scan_file(self, path: str | os.PathLike[str], jobs: int = 2) -> Iterator[Hit]:
        """Scan a file; a big one in as many parts at the same time as there are jobs."""
        before = lines = 0
        for batches in in_parts(Part(path), jobs, self.batches):
            for hits, following in batches:
                lines = following - 1
                yield from (Hit(before + hit[0], *hit[1:]) for hit in hits) if before else hits
            before += lines

    def find(self, text: str) -> list[Hit]:
        """Return the hits of a text; made for many small ones."""
        data = text.encode("utf-8", "replace")
        if len(data) < LONGEST:
            return self._search(data, 1)[0]
        return list(self.scan([data]))

    def batches(self, blocks: Iterable[bytes]) -> Iterator[tuple[list[Hit], int]]:
        """Yield hits as they are found, some at a time, and the number of the line that follows."""
        number = 1
        kept: dict[int, Hit] = {}
        for chunk in _chunks(blocks):
            if chunk.first and chunk.last:
                hits, number = self._search(chunk.data, number)
            else:
                begin = int(not chunk.first)
                hits, _ = self._search(chunk.data, number, begin, kept.keys())
                kept |= {self._places[hit.pattern]: hit for hit in hits}
                hits = []
                if chunk.last:
                    hits = [kept[place] for place in sorted(kept)]
                    number += 1
                    kept = {}
            yield hits, number

    @cached_property
    def _index(self) -> tuple[Finder, list[tuple[int, ...]]]:
        """Build what finds the literals, and list the patterns that each of them may announce."""
        owners: dict[bytes, list[int]] = {}
        for place, pattern in enumerate(self.patterns):
            for needle in pattern.needles():
                owners.setdefault(needle, []).append(place)
        return self._engine(tuple(owners)), [tuple(places) for places in owners.values()]

    def _search(
        self, data: bytes, number: int, begin: int = 0, known: Set[int] = frozenset()
    ) -> tuple[list[Hit], int]:
        """Return the hits of whole lines, and the number of the next.

        Of a piece of a line, `begin` skips the context, and `known` are the patterns it has shown.
        """
        if b"\x1b" in data:
            data = ANSI.sub(b"", data)
        finder, owners = self._index
        hits: list[Hit] = []
        start = end = 0
        wanted: set[int] = set()
        for literal, at, _ in finder(data):
            if at >= end:
                if wanted:
                    hits += self._verify(data[start:end], wanted - known, number, begin)
                    wanted = set()
                before, start = start, data.rfind(b"\n", end, at) + 1 or start
                number += data.count(b"\n", before, start)
                end = data.find(b"\n", at)
                if end < 0:
                    end = len(data)
            wanted.update(owners[literal])
        if wanted:
            hits += self._verify(data[start:end], wanted - known, number, begin)
        return hits, number + data.count(b"\n", start)

    def _verify(self, line: bytes, wanted: Set[int], number: int, begin: int) -> Iterator[Hit]:
        """Try the regexes of the patterns that a line may match."""
        simple = len(line) <= WINDOW and b"\r" not in line
        views = [(line, begin)] if simple else list(_views(line, begin))
        for place in sorted(wanted):
            regex = self._regexes.get(place) or self._compiled(place)
            for view, start in views:
                if match := regex.search(view, start):
                    groups = _groups(match) if regex.groupindex else {}
                    yield Hit(number, self.patterns[place].id, view, groups)
                    break

    def _compiled(self, place: int) -> re.Pattern[bytes]:
        regex = self._regexes[place] = re.compile(self.patterns[place].regex.encode())
        return regex


def fastest(needles: Sequence[bytes]) -> Finder:
    """Take the automaton, or the plain search where it has no wheel."""
    try:
        return automaton(needles)
    except ImportError:
        return plain(needles)


def automaton(needles: Sequence[bytes]) -> Finder:
    """Find all literals at once, at some 400 MB a second; thousands of them at a bit less."""
    from ahocorasick_rs import BytesAhoCorasick, Implementation

    few = sum(map(len, needles)) <= FEW
    kind = Implementation.DFA if few else Implementation.ContiguousNFA
    matches = BytesAhoCorasick(needles, implementation=kind).find_matches_as_indexes
    return lambda data: matches(data, True)


def plain(needles: Sequence[bytes]) -> Finder:
    """Find one literal after the other, at some 10 MB a second for hundreds."""

    def find(data: bytes) -> list[tuple[int, int, int]]:
        found = []
        for number, needle in enumerate(needles):
            at = data.find(needle)
            while at >= 0:
                found.append((number, at, at + len(needle)))
                at = data.find(needle, at + 1)
        return sorted(found, key=lambda hit: hit[1])

    return find


class _Chunk(NamedTuple):
    """Whole lines; or a piece of one that is too long for a chunk, unless both first and last."""

    data: bytes
    first: bool = True
    last: bool = True


def _chunks(blocks: Iterable[bytes]) -> Iterator[_Chunk]:
    """Cut bytes at line ends; how a line is cut does not depend on where the blocks end."""
    data, inside = b"", False
    for block in _gathered(blocks):
        data += block
        at = 0
        while len(data) - at >= LONGEST:
            look = data.find if inside else data.rfind
            cut = look(b"\n", at, at + LONGEST)
            if cut < 0:
                yield _Chunk(data[at : at + LONGEST], not inside, False)
                at, inside = at + STRIDE, True
            else:
                yield _Chunk(data[at:cut], False) if inside else _Chunk(data[at : cut + 1])
                at, inside = cut + 1, False
        data = data[at:]
    if inside:
        piece, _, data = data.partition(b"\n")
        yield _Chunk(piece, False)
    if data:
        yield _Chunk(data)


def _gathered(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Make blocks of a size: small ones added to a long rest one by one take time squared."""
    small: list[bytes] = []
    size = 0
    for block in blocks:
        for at in range(0, len(block), LONGEST):
            small.append(block[at : at + LONGEST])
            size += len(small[-1])
            if size >= LONGEST:
                yield b"".join(small)
                small, size = [], 0
    yield b"".join(small)


def _views(line: bytes, begin: int) -> Iterator[tuple[bytes, int]]:
    """Yield what a regex sees of a line, and where it begins to look: `^` must not match a cut."""
    for part in line.split(b"\r"):
        for at in range(0, max(1, len(part) - OVERLAP), WINDOW - OVERLAP):
            yield part[at : at + WINDOW], begin or int(at > 0)
        begin = 0


def _groups(match: re.Match[bytes]) -> dict[str, str]:
    named = match.groupdict()
    return {
        name: text.decode("utf-8", "replace") for name, text in named.items() if text is not None
    }
