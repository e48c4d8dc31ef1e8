"""What tests tell beside their words: how long they took, where they ran, who else fell.

Plain functions on plain sequences; where there is too little to go by they return None.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from math import exp, log, sqrt
from random import Random
from statistics import NormalDist, median
from typing import NamedTuple

from diagnose.binomial import at_least, ln_binomial, ln_choose

SHORTEST = 0.02  # seconds; below, a duration is mostly the clock's
FEWEST = 8
SAMPLE = 400  # tests whose pairs are averaged
SURE = 0.95

ROUND = (1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600)
SLOW = 0.9  # passing tests as slow as the shortest round timeout
SCALED = 3  # failures of an incident that count: the rest are its echo
HIT = 0.8  # share of failing tests at a round duration where a timeout is what fails them
VICTIM_AGAIN = 0.8  # chance that a fixed victim falls in another failing run
MOST = log(20)

BURST_FAILURES = 5
BURST_SHARE = 0.5
BURST_WINDOW = 0.05

INFLATION_ODDS = ((1.0, 0.6), (1.5, 0.9), (2.0, 1.7), (2.5, 3.8), (3.0, 5.9))


class Inflation(NamedTuple):
    """By what factor tests got slower, and the 95 % interval of it."""

    ratio: float
    low: float
    high: float
    tests: int


class Fingerprint(NamedTuple):
    """How well failing durations fit a round timeout, which, and ln of the odds for it."""

    seconds: int
    hits: int
    log_odds: float


def duration_inflation(pairs: Sequence[tuple[float, float]]) -> Inflation | None:
    """Estimate how much slower tests are that passed both serially and in parallel.

    Each pair is (serial, parallel) seconds. The Hodges-Lehmann estimate shrugs at outliers: it is
    the median of all pairwise means of the log ratios.
    """
    ratios = [log(b / a) for a, b in pairs if SHORTEST <= a < float("inf") and 0 < b < float("inf")]
    if len(ratios) < FEWEST:
        return None
    if len(ratios) > SAMPLE:
        ratios = Random(0).sample(ratios, SAMPLE)  # noqa: S311 - chance, not secrecy
    count = len(ratios)
    walsh = sorted((ratios[i] + ratios[j]) / 2 for i in range(count) for j in range(i, count))
    middle = count * (count + 1) / 4
    spread = sqrt(count * (count + 1) * (2 * count + 1) / 24)
    cut = max(int(middle - NormalDist().inv_cdf((1 + SURE) / 2) * spread), 0)
    return Inflation(exp(median(walsh)), exp(walsh[cut]), exp(walsh[-1 - cut]), count)


def inflation_odds(ratio: float) -> float:
    """Return the odds for resource exhaustion that such a slow-down gives: contention is needed.

    It is not enough, so that six to one is the most it can say.
    """
    points = INFLATION_ODDS
    at = bisect_right([x for x, _ in points], ratio)
    if at in (0, len(points)):
        return points[0 if at == 0 else -1][1]
    (low, below), (high, above) = points[at - 1], points[at]
    return below + (above - below) * (ratio - low) / (high - low)


def timeout_fingerprint(
    failing: Sequence[float], passing: Sequence[float], extra: Collection[int] = ()
) -> Fingerprint | None:
    """Say whether failing tests lasted as long as a round timeout, or one of the project's own.

    How many slow *passing* tests of the same run end there by chance is the measure.
    """
    if not failing:
        return None
    timeouts = sorted({*ROUND, *extra}) if extra else ROUND
    hits = [timeout for seconds in failing if (timeout := _timeout_at(seconds, timeouts))]
    slow = [seconds for seconds in passing if seconds >= SLOW]
    base = (sum(bool(_timeout_at(s, timeouts)) for s in slow) + 1) / (len(slow) + 5)
    counted = min(len(failing), SCALED)
    hit = len(hits) * counted / len(failing)
    odds = hit * log(HIT / base) + (counted - hit) * log((1 - HIT) / (1 - base)) if base < 1 else 0
    usual = max(sorted(set(hits)), key=hits.count, default=0)
    return Fingerprint(usual, len(hits), odds)


def _timeout_at(seconds: float, timeouts: Sequence[int]) -> int:
    at = bisect_right(timeouts, seconds + 0.02) - 1
    if at < 0:
        return 0
    timeout = timeouts[at]
    return timeout if seconds <= timeout + max(0.25, 0.03 * timeout) else 0


def same_worker(incidents: Mapping[str, int], executed: Mapping[str, int]) -> float | None:
    """Return the p value of so many incidents on one worker, by each worker's share of tests."""
    total, tests = sum(incidents.values()), sum(executed.values())
    busy = [worker for worker, count in executed.items() if count > 0]
    if not total or len(busy) < 2:
        return None
    chances = [
        at_least(incidents.get(worker, 0), total, executed[worker] / tests)
        for worker in busy
        if incidents.get(worker, 0)
    ]
    return min(1.0, len(busy) * min(chances, default=1.0))


def victim_overlap(first: Collection[str], second: Collection[str], executed: int) -> float | None:
    """Return ln of the odds that two failing runs hit the same victims, not random ones.

    No more than three victims count, however many fell: they fall together.
    """
    fewer = min(len(first), len(second))
    if not fewer or executed < max(len(first), len(second)):
        return None
    counted = min(fewer, SCALED)
    shared = round(counted * len(set(first) & set(second)) / fewer)
    fixed = ln_binomial(shared, counted, VICTIM_AGAIN)
    chance = _ln_hypergeometric(shared, counted, max(len(first), len(second)), executed)
    return max(-MOST, min(MOST, fixed - chance))


def _ln_hypergeometric(shared: int, drawn: int, marked: int, total: int) -> float:
    """Return ln P(so many of the drawn are marked); what can't be counts as hardly ever."""
    if shared > marked or drawn - shared > total - marked:
        return -2 * MOST
    ways = ln_choose(marked, shared) + ln_choose(total - marked, drawn - shared)
    return ways - ln_choose(total, drawn)


def setup_share(phases: Sequence[str]) -> float:
    """Return the share of failures outside the test's own body."""
    return sum(phase in ("setup", "teardown") for phase in phases) / len(phases) if phases else 0.0


def not_run_share(lost: int, collected: int) -> float:
    """Return the share of collected tests without a result; a missing one never passed."""
    return min(max(lost / collected, 0.0), 1.0) if collected > 0 else 0.0


def is_burst(positions: Sequence[int], executed: int) -> bool:
    """Say whether half of a cluster's failures fall within a twentieth of the executed tests.

    `positions` say when each failed, counted in tests executed before it.
    """
    if len(positions) < BURST_FAILURES or executed <= 0:
        return False
    order = sorted(positions)
    needed = int(len(order) * BURST_SHARE + 0.5)
    window = executed * BURST_WINDOW
    return any(
        last - first < max(window, needed)
        for first, last in zip(order, order[needed - 1 :], strict=False)
    )
