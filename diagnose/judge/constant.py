"""Failures that say the same and have two roots: some are there in every run, some with load alone.

A service answers 500 to everybody who asks for what it does not know, and to others where its pool
ran dry. The same few tests failing again and again, while the others pass, is no chance then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from math import comb, log

from diagnose.family import Told
from diagnose.model import Run

CHANCE = 0.05  # that the same tests fail in those runs though any of them could
BAD = ("failed", "error")
Group = tuple[str, list[int]]
Outcomes = Mapping[str, Mapping[int, str]]


def apart(
    groups: Sequence[Group], told: Sequence[Told], outcomes: Outcomes, runs: Sequence[Run]
) -> Iterator[Group]:
    """Part each group into what fails in every run and what fails under load, if it is both."""
    least = min((run.workers for run in runs), default=0)
    calm = {number for number, run in enumerate(runs) if run.workers == least}
    for label, numbers in groups:
        failed: dict[str, set[int]] = defaultdict(set)
        for n in numbers:
            failed[told[n].result.key].add(told[n].run)
        always = {test for test in failed if _everywhere(failed[test], outcomes[test])}
        if _are_two(failed, always, calm):
            yield label, [n for n in numbers if told[n].result.key in always]
            yield label, [n for n in numbers if told[n].result.key not in always]
        else:
            yield label, numbers


def _everywhere(failed: Set[int], ends: Mapping[int, str]) -> bool:
    return failed >= {run for run, end in ends.items() if end in (*BAD, "passed")}


def _are_two(failed: Mapping[str, Set[int]], always: Set[str], calm: Set[int]) -> bool:
    """Say whether chance does not explain that the same tests failed alone, serially and again."""
    others = failed.keys() - always
    if not always or not others:
        return False
    loud = set.union(*(set(failed[test]) for test in others))
    alone = set.union(*(set(failed[test]) for test in always)) - loud
    if loud & calm or not alone & calm:
        return False
    again = sum(all(run in failed[test] for test in always) for run in alone)
    # Logarithms: of thousands of tests, no float holds in how many ways they can be chosen.
    return again > 1 and (again - 1) * log(comb(len(failed), len(always))) >= log(1 / CHANCE)
