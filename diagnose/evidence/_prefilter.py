"""Tell which patterns a line may match at all, in one pass over the words of all of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate

from diagnose.clues import Pattern
from diagnose.scan import Finder, lightest


class Patterns:
    """Patterns that are looked for together; what finds their words is built once."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self.patterns = tuple(patterns)

    def candidates(self, lines: Sequence[str]) -> Iterator[tuple[int, list[Pattern]]]:
        """Yield the lines that hold a word of a pattern, each with the patterns it may match."""
        finder, owners = self._index
        encoded = [line.lower().encode("utf-8", "replace") for line in lines]
        starts = list(accumulate((len(line) + 1 for line in encoded), initial=0))
        found: dict[int, set[int]] = {}
        for needle, at, _ in finder(b"\n".join(encoded)):
            found.setdefault(bisect_right(starts, at) - 1, set()).update(owners[needle])
        for number in sorted(found) if not self._wordless else range(len(lines)):
            wanted = found.get(number, set()) | self._wordless
            yield number, [self.patterns[place] for place in sorted(wanted)]

    @cached_property
    def _index(self) -> tuple[Finder, list[tuple[int, ...]]]:
        owners: dict[bytes, list[int]] = {}
        for place, pattern in enumerate(self.patterns):
            for word in pattern.literals:
                owners.setdefault(word.encode(), []).append(place)
        return lightest(tuple(owners)), [tuple(places) for places in owners.values()]

    @cached_property
    def _wordless(self) -> frozenset[int]:
        """Number the patterns of which no word is known: every line may match them."""
        return frozenset(n for n, pattern in enumerate(self.patterns) if not pattern.literals)
