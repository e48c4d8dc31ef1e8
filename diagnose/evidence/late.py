"""Tests that waited for something as long as they could bear, where others got it, late.

Who looks for a row until a deadline fails with an assertion, an index or a key, and says nothing of
time. The clock does: the same tests pass fast one at a time, pass slowly side by side, and fail
when they took longer than any of those.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median

from diagnose.evidence._kin import function, kin
from diagnose.evidence._wordless import FORM_ONLY
from diagnose.family import Evidence, Family
from diagnose.model import Run

FEWEST = 3  # tests that passed serially, and in parallel; chance makes one of them slow
PATIENCE = 0.5  # seconds that a failing test lasts at least: nobody waits for less
SLOWER = 1.5  # times as long as serially, for those that pass
GAVE_UP = 2.0  # the same for those that fail
EARLY = 0.1  # share of the failures that may have ended sooner than passing tests
BEYOND = 1.1  # what lasts longer than that many times the deadline, and passes
NEAR = 0.6  # of the deadline, and more: what comes that late may as well come too late
NEAREST = 2  # tests that passed so late, and one for each ten that failed
BY_ITSELF = 0.5  # weight where a server gave up, and not who asked it: it may be stuck, not busy
IN_VAIN = re.compile(r"\b50[34]\b")  # it waited for another, or has too much to do
LIKE_IT = 0.5  # runs with fewer workers than that share of the failed one's show another load


def gather(family: Family) -> Iterator[Evidence]:
    """Compare the failures of each parallel run with the same functions' tests that pass."""
    alone = [number for number, run in enumerate(family.runs) if run.workers == 1]
    slow = [n for n in family.failed_runs if max(_seconds(family, n), default=0.0) >= PATIENCE]
    if not alone or not slow or {*alone} & {*family.failed_runs}:
        return
    calm = _passed(family, alone)
    for number in slow:
        run, failed = family.runs[number], _seconds(family, number)
        if not _are_late(failed, calm, _passed(family, [number])):
            continue
        loaded = _as_loaded(family, run)
        slower = _slower(failed, calm, _passed(family, loaded))
        if slower := slower or _slower(failed, _alike(family, alone), _alike(family, loaded)):
            text = (
                f"{len(failed)} failed in {run.label} after {median(failed):.1f} s; such tests pass"
                f" in {median(calm):.1f} s serially, and take {slower:.1f} times as long beside"
                f" others"
            )
            cause = "starved_response" if family.cause in FORM_ONLY else ""
            weight = BY_ITSELF if _gave_up_by_itself(family) else 1.0
            yield Evidence("late", text, weight=weight, cause=cause)
            return


def _gave_up_by_itself(family: Family) -> bool:
    """Say whether a server answered with an error that tells of nobody that it waited for."""
    hits = [hit for told in family.read for hit in told.hits if hit.pattern.cause == "http_5xx"]
    return family.cause == "http_5xx" and not any(IN_VAIN.search(hit.quote) for hit in hits)


def _seconds(family: Family, number: int) -> list[float]:
    return sorted(told.result.seconds or 0.0 for told in family.in_run(number))


def _deadline(failed: Sequence[float]) -> float:
    return failed[int(len(failed) * EARLY)]


def _slower(failed: Sequence[float], calm: Sequence[float], busy: Sequence[float]) -> float:
    """Return how much longer passing tests take under load; 0 where they do not, or are too few.

    Nor where none of them came near to failing for it.
    """
    if min(len(calm), len(busy)) < FEWEST:
        return 0.0
    late = NEAR * _deadline(failed)
    if max(calm) >= late or sum(s >= late for s in busy) < NEAREST + len(failed) // 10:
        return 0.0
    ratio = median(busy) / median(calm)
    return ratio if ratio >= SLOWER else 0.0


def _are_late(failed: Sequence[float], calm: Sequence[float], beside: Sequence[float]) -> bool:
    """Say whether failures took much longer than it takes alone, and than all that passed."""
    if len(calm) < FEWEST:
        return False
    deadline = _deadline(failed)
    over = sum(seconds > BEYOND * deadline for seconds in beside)
    return deadline >= max(PATIENCE, GAVE_UP * median(calm)) and over <= EARLY * len(beside)


def _as_loaded(family: Family, run: Run) -> list[int]:
    """Number the parallel runs with about as many workers."""
    least = max(2, run.workers * LIKE_IT)
    return [number for number, each in enumerate(family.runs) if each.workers >= least]


def _passed(family: Family, numbers: Sequence[int]) -> list[float]:
    """Return the seconds of passing tests of the functions that failed, in these runs."""
    found, functions = kin(family), {function(told.result.key) for told in family.told}
    return [s for n in numbers for name in functions for s in found[n].seconds.get(name, ())]


def _alike(family: Family, numbers: Sequence[int]) -> list[float]:
    """Return the same of all tests of the classes in which any failed."""
    found, classes = kin(family), {told.result.classname for told in family.told}
    return [s for n in numbers for name in classes for s in found[n].of_class.get(name, ())]
