"""By how much do failures grow with each doubling of parallelism, and does that beat chance?

Counts of a run scatter far more than Poisson's, so they are negative binomial about a mean that
is exp(a + slope · log2 dose); level, scatter and slope are integrated over a grid. A published
sweep (8, 6, 4 and 3 workers) gives the Bayes factor 21 and 3.9 times as many per
doubling with doses as measured, 1.9 to 5.6; with doses estimated as workers^.83 it gives 25 and
3.6 times as many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from math import exp, fsum, lgamma, log, log2
from typing import NamedTuple

from diagnose.judge.doses import levels
from diagnose.judge.marginals import log_sum

SIZES = ((0.15, 0.14), (0.3, 0.18), (0.6, 0.22), (1.2, 0.22), (3.0, 0.14), (10.0, 0.10))
LOWEST, HIGHEST = log(0.03), log(300)
LEVELS = 36
STEP = (HIGHEST - LOWEST) / LEVELS
SLOPES = 24
STEEPEST = 3.6
TAIL = 0.05


class Response(NamedTuple):
    """A Bayes factor for growth, the rate ratio per doubling, and its 90 % interval."""

    bayes_factor: float
    rate_ratio: float
    low: float
    high: float


class Point(NamedTuple):
    """Runs alike: how far their dose is from the middle, their failures, and how many they are."""

    climb: float
    failures: int
    runs: int


def respond(doses: Sequence[float], counts: Sequence[int]) -> Response:
    """Weigh growth with the dose against none."""
    values = [log2(dose) for dose in levels(doses)]
    middle = fsum(values) / len(values)
    alike = Counter((value - middle, count) for value, count in zip(values, counts, strict=True))
    points = tuple(Point(climb, count, runs) for (climb, count), runs in sorted(alike.items()))
    flat = _chance(points, 0.0)
    grown = [log(weight) + _chance(points, slope) for slope, weight in _slopes()]
    total = log_sum(grown)
    shares = [exp(value - total) for value in grown]
    mean = fsum(share * slope for share, (slope, _) in zip(shares, _slopes(), strict=True))
    return Response(
        exp(min(total - flat, 700.0)),
        exp(mean),
        exp(_quantile(shares, TAIL)),
        exp(_quantile(shares, 1 - TAIL)),
    )


@cache
def _slopes() -> tuple[tuple[float, float], ...]:
    """Return slopes and their weights: a half-normal of one per doubling."""
    width = STEEPEST / SLOPES
    slopes = [width * (step + 0.5) for step in range(SLOPES)]
    heights = [exp(-slope * slope / 2) for slope in slopes]
    total = fsum(heights)
    return tuple((s, height / total) for s, height in zip(slopes, heights, strict=True))


def _chance(points: tuple[Point, ...], slope: float) -> float:
    """Return ln P(counts | slope), over levels up to well above the largest count."""
    largest = max(point.failures for point in points)
    steps = max(LEVELS, int((log(3 * largest + 1) - LOWEST) / STEP) + 1)
    scores = []
    for size, weight in SIZES:
        fixed = log(weight) + fsum(p.runs * _fixed(p.failures, size) for p in points)
        scores += [
            fixed + _moving(points, LOWEST + STEP * (step + 0.5), slope, size)
            for step in range(steps)
        ]
    return log_sum(scores) - log(steps)


def _moving(points: tuple[Point, ...], level: float, slope: float, size: float) -> float:
    score = 0.0
    for climb, count, runs in points:
        height = level + slope * climb
        score += runs * (count * height - (size + count) * log(size + exp(height)))
    return score


@lru_cache(maxsize=1 << 12)
def _fixed(count: int, size: float) -> float:
    return lgamma(count + size) - lgamma(size) - lgamma(count + 1) + size * log(size)


def _quantile(shares: Sequence[float], at: float) -> float:
    """Return the slope below which that share lies, even within a step of the grid."""
    width = STEEPEST / SLOPES
    below = 0.0
    for step, share in enumerate(shares):
        if below + share >= at:
            return width * (step + (at - below) / share)
        below += share
    return STEEPEST
