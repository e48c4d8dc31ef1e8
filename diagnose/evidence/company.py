"""Tests that fail in every serial run alike, and with others before them pass or fail otherwise.

One after another, tests run in the same order each time, and get what those before them left; on
several workers each has other tests before it. What is simply wrong fails there as well, and what
happens by chance is not the same in every serial run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from math import comb, prod

from diagnose.evidence._kin import fates, function
from diagnose.family import Evidence, Family
from diagnose.table import CODES
from diagnose.words import plural, some

RARE = 0.01
ONE_RUN = 0.6  # weight of a single serial run: that something befell it is possible
MOST = 1000  # failures whose words are compared, and other failed tests that are asked
PASSED, OTHERWISE = "passed", "otherwise"
PARTICULARS = re.compile(r"0x[0-9a-f]+|popen-gw\d+|\d+")
Ends = Mapping[int, str]  # how a test ended, in its own words, by the number of the run


def gather(family: Family) -> Iterator[Evidence]:
    """Ask how likely it is that by chance all of them fail alike in the serial runs."""
    serial, parallel = _runs(family, alone=True), _runs(family, alone=False)
    if not serial or not parallel or _passes(family, serial):
        return
    in_words = len(serial) > 1 and len(family.told) <= MOST
    tests = list(_ends(family, serial | parallel, in_words=in_words))
    apart = [_apart(ends, serial) for ends in tests]
    every = _together(family, tests, serial, parallel) if any(apart) else []
    if not every:
        return
    if not _in_part(every, serial, parallel) and not any(_spared(family, n) for n in serial):
        return
    labels = some([family.runs[number].label for number in sorted(serial)])
    text = (
        f"{plural(len(tests), 'test')} failed alike in {labels}, one after another; in parallel, "
        f"after other tests, {sum(map(bool, apart))} passed or failed in other words"
    )
    yield Evidence("company", text, weight=1.0 if len(serial) > 1 else ONE_RUN)


def _runs(family: Family, *, alone: bool) -> Set[int]:
    """Number the runs that have one worker, or more, and did not draw their order by lot."""
    runs = {number: family.runs[number] for number in family.ran}
    return {n for n, run in runs.items() if (run.workers == 1) == alone and not run.shuffled}


def _passes(family: Family, serial: Set[int]) -> bool:
    return any(ends.get(n) == PASSED for ends in family.outcomes.values() for n in serial)


def _ends(family: Family, runs: Set[int], *, in_words: bool) -> Iterator[Ends]:
    """Say of each test how it ended where: passed, in such words, or as another family's do.

    One serial run alone tells no words that are always the same from those that never are.
    """
    said = {
        (each.result.key, each.run): PARTICULARS.sub("0", each.facts.line) if in_words else ""
        for each in (told.own() for told in family.told)
    }
    for test, ends in family.outcomes.items():
        yield {
            run: PASSED if end == "passed" else said.get((test, run), OTHERWISE)
            for run, end in ends.items()
            if run in runs and end in ("passed", "failed", "error")
        }


def _together(
    family: Family, tests: Sequence[Ends], serial: Set[int], parallel: Set[int]
) -> Sequence[Ends]:
    """Return these tests, with others that failed if it takes them, if it is no chance.

    What is left behind once fails tests in many words, first of all those of the same classes. If
    any of the others fails as chance has it, or beside others alone, they tell nothing of these.
    """
    classes = {key.partition("::")[0] for key in family.outcomes}
    for near in (True, False):
        beside = [
            {n: end if end == PASSED else "" for n, end in ends.items() if n in serial | parallel}
            for place, others in fates(family).items()
            for test, ends in others.items()
            if test not in family.outcomes and (place in classes or not near)
        ]
        if len(beside) > MOST or (near and not all(_chance(ends, serial) for ends in beside)):
            beside = []
        every = [*tests, *beside]
        if 0 < prod(_chance(ends, serial) for ends in every) <= RARE:
            return every
    return []


def _chance(ends: Ends, serial: Set[int]) -> float:
    """Return how likely a test that ends so that often does it in all serial runs; 0: it passes."""
    alone = [end for run, end in ends.items() if run in serial]
    if not alone or PASSED in alone or len({*alone}) > 1:
        return 0.0
    often = sum(end == alone[0] for end in ends.values())
    return comb(often, len(alone)) / comb(len(ends), len(alone))


def _apart(ends: Ends, serial: Set[int]) -> Set[int]:
    """Number the runs in which a test ended otherwise than it does serially."""
    usual = {end for run, end in ends.items() if run in serial}
    return {run for run, end in ends.items() if end not in usual}


def _in_part(tests: Sequence[Ends], serial: Set[int], parallel: Set[int]) -> bool:
    """Say whether some end as ever in a run in which others do not: it is not the run's doing."""
    apart = [_apart(ends, serial) for ends in tests]
    either = [
        {run in other for ends, other in zip(tests, apart, strict=True) if run in ends}
        for run in parallel
    ]
    return any(len(ways) > 1 for ways in either)


def _spared(family: Family, number: int) -> bool:
    """Say whether others of the same functions passed in a run."""
    functions = {function(told.result.key) for told in family.in_run(number)}
    return any(
        outcome == CODES["passed"] and function(key) in functions
        for key, outcome, _ in family.runs[number].table.timed()
    )
