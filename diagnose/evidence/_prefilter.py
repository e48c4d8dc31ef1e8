"""Tell which patterns a line may match at all, in one pass over the words of all of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate

from diagnose.clues import Pattern, Place
from diagnose.scan import Finder, fastest


class Patterns:
    """Patterns that are looked for together; what finds their words is built once."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self.patterns = tuple(patterns)
        self._known: dict[Place, tuple[frozenset[int], frozenset[int]]] = {}

    def candidates(
        self, lines: Sequence[str], places: Sequence[Place | None]
    ) -> Iterator[tuple[int, list[Pattern]]]:
        """Yield the lines that hold a word of a pattern, each with the patterns it may match.

        A line is in a place, and a pattern looks for itself in some of them.
        """
        finder, owners = self._index
        encoded = [line.lower().encode("utf-8", "replace") for line in lines]
        starts = list(accumulate((len(line) + 1 for line in encoded), initial=0))
        found: dict[int, set[int]] = {}
        for needle, at, _ in finder(b"\n".join(encoded)):
            found.setdefault(bisect_right(starts, at) - 1, set()).update(owners[needle])
        for number, place in enumerate(places):
            if place and lines[number]:
                looking, wordless = self._by_place(place)
                wanted = wordless | (found[number] & looking) if number in found else wordless
                if wanted:
                    yield number, [self.patterns[each] for each in sorted(wanted)]

    def _by_place(self, place: Place) -> tuple[frozenset[int], frozenset[int]]:
        """Number the patterns that look in a place, and those of which no word is known."""
        if place not in self._known:
            looking = [(n, each) for n, each in enumerate(self.patterns) if place in each.places]
            self._known[place] = (
                frozenset(number for number, _ in looking),
                frozenset(number for number, each in looking if not each.literals),
            )
        return self._known[place]

    @cached_property
    def _index(self) -> tuple[Finder, list[tuple[int, ...]]]:
        owners: dict[bytes, list[int]] = {}
        for place, pattern in enumerate(self.patterns):
            for word in pattern.literals:
                owners.setdefault(word.encode(), []).append(place)
        return fastest(tuple(owners)), [tuple(places) for places in owners.values()]
