"""Failures of which only the outcome is known: the run was cut before anything was written.

A console that ends in the middle says FAILED beside a test, and never why. Tests of the same
function that failed with words, in that run or another, are the best that there is to go by.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from diagnose.family import Told
from diagnose.packed import says

Group = tuple[str, list[int]]
Place = Callable[[Told], str]
SEVERAL = -1  # groups have failures there: nobody can say which is meant


def with_wordless(groups: Sequence[Group], told: Sequence[Told]) -> tuple[list[Group], set[int]]:
    """Put failures without a word with those of their function, or else of their class.

    Return the failures that joined others, too: they can't be asked what the fault is.
    """
    silent = {n for n, each in enumerate(told) if _is_silent(each)}
    if not silent:
        return list(groups), set()
    found = [(label, [n for n in numbers if n not in silent]) for label, numbers in groups]
    homes = [_homes(found, told, place) for place in (_function, _class)]
    joined = set()
    for number, (_, numbers) in enumerate(groups):
        for n in silent.intersection(numbers):
            home = _home(told[n], homes)
            if home != SEVERAL:
                joined.add(n)
            found[number if home == SEVERAL else home][1].append(n)
    return [(label, sorted(numbers)) for label, numbers in found if numbers], joined


def _is_silent(told: Told) -> bool:
    """Say whether nobody wrote anything about a failure; a death is something."""
    said = any(f.message or says(f) or f.phase == "crash" for f in told.result.failures)
    return not said and not told.hits and not told.facts.line


def _homes(found: Sequence[Group], told: Sequence[Told], place: Place) -> Mapping[str, int]:
    """Name for each function, or class, the one group whose words are of a failure in it."""
    homes: dict[str, int] = {}
    for number, (_, numbers) in enumerate(found):
        for n in numbers:
            if told[n].facts.line:
                where = place(told[n])
                homes[where] = number if homes.get(where, number) == number else SEVERAL
    return homes


def _home(told: Told, homes: Sequence[Mapping[str, int]]) -> int:
    by_function, by_class = homes
    return by_function.get(_function(told), by_class.get(_class(told), SEVERAL))


def _function(told: Told) -> str:
    return told.result.key.partition("[")[0]


def _class(told: Told) -> str:
    return told.result.classname
