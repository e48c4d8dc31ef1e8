"""Where a one-off incident strikes: half by chance of the run, half by how long the run lasts.

A fault of the environment that comes at its own time is likelier to meet the longer run. Given
that k of n runs met one, the chance that it was just these is the product of their weights over
the sum of such products for all sets of k.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import comb, fsum, inf, log

MOST = 60  # runs; the lengths of more even out, and the sums grow with their cube


def weights(walls: Sequence[float]) -> list[float]:
    """Weigh runs by their length, 1 on average; where one is unknown, all weigh the same."""
    total = fsum(walls)
    if len(walls) > MOST or not all(0 < wall < inf for wall in walls) or total == inf:
        return [1.0] * len(walls)
    return [0.5 + len(walls) * wall / total / 2 for wall in walls]


def tilt(failed: Sequence[bool], walls: Sequence[float]) -> float:
    """Return ln of how much likelier these runs are to be the ones hit than any others."""
    weighed = weights(walls)
    if len(set(weighed)) <= 1:
        return 0.0
    count = sum(failed)
    product = fsum(log(weight) for weight, hit in zip(weighed, failed, strict=True) if hit)
    sums = elementary(weighed, count)
    return log(comb(len(failed), count)) + product - log(sums[count])


def chance_of(run: int, count: int, walls: Sequence[float]) -> float:
    """Return ln P(that run is among the `count` runs hit)."""
    if count == 0:
        return -inf
    weighed = weights(walls)
    rest = weighed[:run] + weighed[run + 1 :]
    every = elementary(weighed, count)[count]
    return log(weighed[run]) + log(elementary(rest, count - 1)[count - 1]) - log(every)


def elementary(values: Sequence[float], most: int) -> list[float]:
    """Return the elementary symmetric sums of order 0 to `most`."""
    sums = [1.0] + [0.0] * most
    for value in values:
        for order in range(most, 0, -1):
            sums[order] += value * sums[order - 1]
    return sums
