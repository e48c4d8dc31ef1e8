"""How many workers, connections and seconds are enough: arithmetic on what was measured.

The risk of .04 that a sized run is killed again is the published one; the simpler simulation in
the tests finds .06, and .86 for the rule of thumb, which divides by the mean (published: .82).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, fsum, isfinite, sqrt
from statistics import mean, stdev
from typing import Literal, NamedTuple

from diagnose.quantiles import student

HEADROOM = 0.90
GROWTH = 0.5  # of what is left of the run, memory still grows by so much of itself
UNKNOWN_SPREAD = 0.3  # of the mean, where only one worker could be seen
RISK = 0.04  # share of simulated kills after which this many workers were killed again
WORTHWHILE = 0.25  # of a worker's work, below which one more is not worth it
MOST = 1024
MARGIN = 1.5
NICE = (1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600, 900, 1200, 1800, 3600)

Limit = Literal["prediction", "largest", "one_less", "cpu"]


class Fit(NamedTuple):
    """How many workers fit in memory, which limit says so, and how likely it fails again."""

    workers: int
    limit: Limit
    predicted: int
    largest: int
    risk: float


def memory_workers(
    resident: Sequence[float],
    available: float,
    done: float,
    workers: int,
    cpu: int | None = None,
) -> Fit | None:
    """Say how many workers fit, from what each held when the kernel killed one.

    `resident` is anonymous memory, swap and its share of shared memory of each worker with its
    children; `available` is the limit without what others use; `done` is the share of the run
    that was over. What was seen at the kill under-states the peak, so that it is grown first.
    """
    held = [size for size in resident if size > 0 and isfinite(size)]
    if not held or available <= 0:
        return None
    grown = [size * (1 + GROWTH * (1 - min(max(done, 0.0), 1.0))) for size in held]
    predicted = _predicted(grown, available)
    largest = int(min(available / max(grown), MOST))
    limits: dict[Limit, int] = {"prediction": predicted, "largest": largest}
    limits["one_less"] = workers - 1
    if cpu is not None:
        limits["cpu"] = cpu
    limit = min(limits, key=lambda name: limits[name])
    return Fit(max(1, limits[limit]), limit, predicted, largest, RISK)


def _predicted(grown: Sequence[float], available: float) -> int:
    """Find the most workers whose sum stays below the limit with 95 % certainty."""
    seen, average = len(grown), mean(grown)
    spread = stdev(grown) if seen > 1 else UNKNOWN_SPREAD * average
    factor = student(max(seen - 1, 1)) * spread
    most = int(min(HEADROOM * available / average, MOST))
    return next(
        (
            n
            for n in range(most, 0, -1)
            if n * average + factor * sqrt(n + n * n / seen) <= HEADROOM * available
        ),
        0,
    )


class Scaling(NamedTuple):
    """Gunther's law C(N) = N / (1 + a(N - 1) + bN(N - 1)): contention a, crosstalk b."""

    contention: float
    crosstalk: float

    def best(self) -> int | None:
        """Return the worker count beyond which more are slower; None where there is none."""
        if self.crosstalk <= 0:
            return None
        return max(1, round(sqrt(max(1 - self.contention, 0) / self.crosstalk)))


def fit_scaling(points: Sequence[tuple[int, float]]) -> Scaling | None:
    """Fit the law to (workers, effective parallelism) of at least three worker counts."""
    rows = [(n - 1.0, n * (n - 1.0), n / c - 1) for n, c in points if n > 1 and c > 0]
    if len({n for n, c in points if c > 0}) < 3 or not rows:
        return None
    aa = fsum(x * x for x, _, _ in rows)
    bb = fsum(y * y for _, y, _ in rows)
    ab = fsum(x * y for x, y, _ in rows)
    az = fsum(x * z for x, _, z in rows)
    bz = fsum(y * z for _, y, z in rows)
    determinant = aa * bb - ab * ab
    if determinant <= 1e-12 * aa * bb:
        return Scaling(max(az / aa, 0.0), 0.0)
    a, b = (az * bb - bz * ab) / determinant, (bz * aa - az * ab) / determinant
    if b < 0:
        return Scaling(max(az / aa, 0.0), 0.0)
    return Scaling(a, b) if a >= 0 else Scaling(0.0, max(bz / bb, 0.0))


def cpu_workers(points: Sequence[tuple[int, float]]) -> int | None:
    """Return the worker count after which one more does less than a quarter of its work."""
    best = dict(sorted(points))
    counts = list(best)
    for fewer, more in pairwise(counts):
        if (best[more] - best[fewer]) / (more - fewer) < WORTHWHILE:
            return fewer
    law = fit_scaling(points)
    return law.best() if law else None


def connection_workers(limit: int, each: int, foreign: int = 0, reserved: int = 3) -> int | None:
    """Return how many workers a server's connections suffice for, `each` of which may hold so many.

    None at all may be the answer: 0 means that not even one worker is safe.
    """
    return max(0, (limit - reserved - foreign) // each) if each > 0 else None


def timeout_proposal(serial: Sequence[float], slower: float) -> float | None:
    """Return a timeout in seconds: the slowest serial calls, as much slower as load makes them."""
    known = sorted(seconds for seconds in serial if seconds > 0 and isfinite(seconds))
    if not known:
        return None
    slowest = known[min(len(known) - 1, ceil(0.99 * len(known)) - 1)]
    needed = slowest * max(slower, 1.0) * MARGIN
    return float(next((nice for nice in NICE if nice >= needed), ceil(needed / 600) * 600))
