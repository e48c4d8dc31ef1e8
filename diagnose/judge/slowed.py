"""Which tests got slower by more than load explains: under load, all of them do."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, isfinite, log
from statistics import median

SHORTEST = 0.02  # seconds; below, a duration is mostly the clock's
FEWEST = 8  # tests that must be seen to tell what load does to all of them
TWICE = 2.0  # as slow as the others became: less is not worth a look
FAR = 4.0  # of the usual spread of tests about each other
SPREAD = 0.15  # least: tests that all slow down alike would else make outliers of trifles
MAD = 1.4826  # a standard deviation, in median deviations of a normal distribution
NOTICED = 0.5  # seconds beyond what load explains

Times = Sequence[Sequence[float]]


def slower(
    seconds: Times, serial: Sequence[int], parallel: Sequence[int], tests: Sequence[int]
) -> tuple[float | None, list[int]]:
    """Return by how much tests are slower on the whole, and those that are far beyond it.

    `seconds` are those of each run, by the number of the test; the worst come first. A test counts
    as slower only if its quickest parallel run is beyond its slowest serial one.
    """
    if not serial or not parallel:
        return None, []
    ratios: dict[int, float] = {}
    bounds: dict[int, tuple[float, float]] = {}
    for test in tests:
        before, after = _known(seconds, serial, test), _known(seconds, parallel, test)
        if before and after and max(*before, *after) >= SHORTEST:
            usual, now = max(median(before), SHORTEST), max(median(after), SHORTEST)
            ratios[test] = log(now / usual)
            bounds[test] = max(before), min(after)
    typical = [ratio for test, ratio in ratios.items() if bounds[test][0] >= SHORTEST]
    if len(typical) < FEWEST:
        return None, []
    whole = median(typical)
    spread = max(MAD * median(abs(ratio - whole) for ratio in typical), SPREAD)
    beyond = max(log(TWICE), FAR * spread)
    factor = max(exp(whole), 1.0)
    found = [
        test
        for test, ratio in ratios.items()
        if ratio - max(whole, 0.0) > beyond and bounds[test][1] - bounds[test][0] * factor > NOTICED
    ]
    return round(exp(whole), 2), sorted(found, key=lambda test: -ratios[test])


def _known(seconds: Times, runs: Sequence[int], test: int) -> list[float]:
    return [s for run in runs if isfinite(s := seconds[run][test]) and s >= 0]
