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
from diagnose.evidence._forms import FORM_ONLY
from diagnose.evidence._kin import function, kin
from diagnose.family import Evidence, Family
from diagnose.model import Run

FEWEST = 3  # tests that passed serially, and in parallel; chance makes one of them slow
PATIENCE = 0.5  # seconds that a failing test lasts at least: nobody waits for less
SLOWER = 1.5  # times as long as serially, for those that pass
GAVE_UP = 2.0  # the same for those that fail
EARLY = 0.1  # share of the failures that may have ended sooner than passing tests
BEYOND = 1.1  # what lasts longer than that many times the deadline, and passes
LIKE_IT = 0.5  # runs with fewer workers than that share of the failed one's show another load


class _Times(NamedTuple):
    """Seconds that tests of the failed functions took.

    Those that passed serially, side by side, and in the very run; and those that failed in it.
    """

    calm: Sequence[float]
    busy: Sequence[float]
    beside: Sequence[float]
    failed: Sequence[float]


def gather(family: Family) -> Iterator[Evidence]:
    """Compare the failures of each parallel run with the same functions' tests that pass."""
    alone = [number for number, run in enumerate(family.runs) if run.workers == 1]
    slow = [number for number in family.failed_runs if _longest(family, number) >= PATIENCE]
    if not alone or not slow or {*alone} & {*family.failed_runs}:
        return
    for number in slow:
        run = family.runs[number]
        times = _Times(
            _passed(family, alone),
            _passed(family, _as_loaded(family, run)),
            _passed(family, [number]),
            sorted(told.result.seconds or 0.0 for told in family.in_run(number)),
        )
        if _are_late(times):
            text = (
                f"{len(times.failed)} failed in {run.label} after {median(times.failed):.1f} s;"
                f" such tests pass in {median(times.calm):.1f} s serially,"
                f" and in {median(times.busy):.1f} s side by side"
            )
            cause = "starved_response" if family.cause in FORM_ONLY else ""
            yield Evidence("late", text, cause=cause)
            return


def _longest(family: Family, number: int) -> float:
    return max((told.result.seconds or 0.0 for told in family.in_run(number)), default=0.0)


def _are_late(times: _Times) -> bool:
    """Say whether it takes longer under load, and failures have taken longer than that."""
    calm, busy, beside, failed = times
    if min(len(calm), len(busy)) < FEWEST:
        return False
    usual = max(median(calm), SHORTEST)
    deadline = failed[int(len(failed) * EARLY)]
    over = sum(seconds > BEYOND * deadline for seconds in beside)
    slower = median(busy) >= SLOWER * usual and deadline >= max(PATIENCE, GAVE_UP * usual)
    return slower and over <= EARLY * len(beside)


def _as_loaded(family: Family, run: Run) -> list[int]:
    """Number the parallel runs with about as many workers."""
    least = max(2, run.workers * LIKE_IT)
    return [number for number, each in enumerate(family.runs) if each.workers >= least]


def _passed(family: Family, numbers: Sequence[int]) -> list[float]:
    """Return the seconds of passing tests of the functions that failed, in these runs."""
    found = kin(family)
    functions = {function(told.result.key) for told in family.told}
    return [
        s for number in numbers for name in functions for s in found[number].seconds.get(name, ())
    ]
