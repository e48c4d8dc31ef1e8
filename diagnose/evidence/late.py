"""Tests that waited for something as long as they could bear, where others got it, late.

Who looks for a row until a deadline fails with an assertion, an index or a key, and says nothing of
time. The clock does: the same tests pass fast one at a time, pass slowly side by side, and fail
when they took longer than any of those.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from diagnose.evidence._features import SHORTEST
from diagnose.evidence._kin import function, kin
from diagnose.family import Evidence, Family

FEWEST = 3  # tests that passed serially, and in parallel; chance makes one of them slow
PATIENCE = 0.5  # seconds that a failing test lasts at least: nobody waits for less
SLOWER = 1.5  # times as long as serially, for those that pass
GAVE_UP = 2.0  # the same for those that fail
EARLY = 0.1  # share of the failures that may have ended sooner than passing tests
BEYOND = 1.1  # what lasts longer than that many times the deadline, and passes
# Whose words tell a form and no reason; of others the words name the cause.
FORM_ONLY = {"assertion", "app_exception", "bad_test_code", "shared_state", "unknown"}


class _Times(NamedTuple):
    """Seconds that the tests of the failed functions took, where they passed and where not."""

    calm: Sequence[float]
    busy: Sequence[float]
    failed: Sequence[float]


def gather(family: Family) -> Iterator[Evidence]:
    """Compare the failures of each parallel run with the same functions' tests that pass."""
    alone = [number for number, run in enumerate(family.runs) if run.workers == 1]
    slow = [number for number in family.failed_runs if _longest(family, number) >= PATIENCE]
    if not alone or not slow or {*alone} & {*family.failed_runs}:
        return
    side_by_side = [number for number in range(len(family.runs)) if number not in alone]
    calm, busy = _passed(family, alone), _passed(family, side_by_side)
    if min(len(calm), len(busy)) < FEWEST:
        return
    for number in slow:
        failed = sorted(told.result.seconds or 0.0 for told in family.in_run(number))
        if _are_late(_Times(calm, busy, failed)):
            label = family.runs[number].label
            text = (
                f"{len(failed)} failed in {label} after {median(failed):.1f} s; such tests pass in"
                f" {median(calm):.1f} s serially, and in {median(busy):.1f} s side by side"
            )
            yield Evidence("late", text, cause=_cause(family))
            return


def _longest(family: Family, number: int) -> float:
    return max((told.result.seconds or 0.0 for told in family.in_run(number)), default=0.0)


def _cause(family: Family) -> str:
    """Name the cause where words tell no more than that there was nothing."""
    silent = family.cause in FORM_ONLY and all(told.facts.nothing for told in family.told)
    return "starved_response" if silent else ""


def _are_late(times: _Times) -> bool:
    """Say whether it takes longer under load, and failures have taken longer than that."""
    calm, busy, failed = times
    usual = max(median(calm), SHORTEST)
    if median(busy) < SLOWER * usual:
        return False
    deadline = failed[int(len(failed) * EARLY)]
    over = sum(seconds > BEYOND * deadline for seconds in busy)
    return deadline >= max(PATIENCE, GAVE_UP * usual) and over <= EARLY * len(busy)


def _passed(family: Family, numbers: Sequence[int]) -> list[float]:
    """Return the seconds of passing tests of the functions that failed, in these runs."""
    found = kin(family)
    functions = {function(told.result.key) for told in family.told}
    return [
        s for number in numbers for name in functions for s in found[number].seconds.get(name, ())
    ]
