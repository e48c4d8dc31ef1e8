"""How sure a figure is: intervals by drawing projects again, and calibration against its null."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import log
from statistics import fmean
from typing import NamedTuple

DRAWS = 1000
BINS = 5
LEAST = 1e-4  # probability that a posterior gives to anything, so that no surprise is infinite


class Share(NamedTuple):
    """A share of right answers, with the interval that 95 of 100 such corpora would fall into."""

    value: float
    low: float
    high: float
    of: int

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.low:.2f}–{self.high:.2f}, n = {self.of})"


class Forecast(NamedTuple):
    """What was believed of each verdict, and the verdict that was true."""

    posterior: Mapping[str, float]
    truth: str
    said: str
    confidence: float


class Calibration(NamedTuple):
    """How well beliefs fit what was true; the null is what an honest forecaster would score."""

    brier: float
    log_loss: float
    error: float
    null: float


def share(right: Sequence[bool], groups: Sequence[str], seed: int = 1) -> Share:
    """Bootstrap by group: answers about one project are not independent."""
    if not right:
        return Share(float("nan"), float("nan"), float("nan"), 0)
    by_group: dict[str, list[bool]] = defaultdict(list)
    for one, group in zip(right, groups, strict=True):
        by_group[group].append(one)
    parts = list(by_group.values())
    draw = random.Random(seed)
    means = sorted(
        fmean(one for part in draw.choices(parts, k=len(parts)) for one in part)
        for _ in range(DRAWS)
    )
    low, high = means[round(DRAWS * 0.025)], means[round(DRAWS * 0.975) - 1]
    return Share(fmean(right), low, high, len(right))


def calibration(told: Sequence[Forecast], seed: int = 1) -> Calibration:
    """Score the beliefs; the expected error of an honest forecaster of that size is the null."""
    right = [each.said == each.truth for each in told]
    sure = [each.confidence for each in told]
    draw = random.Random(seed)
    honest = fmean(_error(sure, [draw.random() < share for share in sure]) for _ in range(200))
    return Calibration(
        fmean(_brier(each) for each in told),
        fmean(-log(max(each.posterior.get(each.truth, 0.0), LEAST)) for each in told),
        _error(sure, right),
        honest,
    )


def _brier(told: Forecast) -> float:
    verdicts = {*told.posterior, told.truth}
    return sum((told.posterior.get(v, 0.0) - (v == told.truth)) ** 2 for v in verdicts)


def _error(sure: Sequence[float], right: Sequence[bool]) -> float:
    """Return the expected calibration error: how far belief and share right are apart, by bins."""
    ordered = sorted(zip(sure, right, strict=True), key=lambda pair: pair[0])
    size = -(-len(ordered) // BINS)
    bins = [ordered[at : at + size] for at in range(0, len(ordered), size)]
    return sum(_gap(some) * len(some) for some in bins) / len(ordered)


def _gap(some: Sequence[tuple[float, bool]]) -> float:
    return abs(fmean(belief for belief, _ in some) - fmean(hit for _, hit in some))
