"""Do more failures come with more parallelism? The test that no bad day of a run can fool.

All failures of a run move together, for the run is the replicate: counts change places among
runs, and the share of arrangements that show at least so steep a trend is the p value.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import factorial, fsum, log1p, log2, prod
from random import Random

from diagnose.judge.doses import levels

MOST = 50_000  # arrangements that are worth listing one by one
LONGEST = 100  # runs; listing goes as deep as there are runs
DRAWS = 4_999
TIE = 1e-9


def arrangements(doses: Sequence[float]) -> int:
    """Count the ways to hand the runs' doses out among their counts of failures."""
    return factorial(len(doses)) // prod(map(factorial, Counter(levels(doses)).values()))


def p_value(doses: Sequence[float], counts: Sequence[int], *, seed: int = 0) -> float:
    """Return the one-sided p value of failures that increase with the dose."""
    values = [log2(dose) for dose in levels(doses)]
    middle = fsum(values) / len(values)
    climbs = [value - middle for value in values]
    responses = [log1p(count) for count in counts]
    seen = fsum(climb * response for climb, response in zip(climbs, responses, strict=True)) - TIE
    total = arrangements(doses)
    if total > MOST or len(doses) > LONGEST:
        return (1 + _drawn(climbs, responses, seen, seed)) / (1 + DRAWS)
    return sum(slope >= seen for slope in _slopes(Counter(climbs), responses)) / total


def _slopes(left: Counter[float], responses: Sequence[float]) -> Iterator[float]:
    """Yield the slope of each arrangement; `left` are the doses not handed out yet."""
    if not responses:
        yield 0.0
        return
    for climb in sorted(left):
        if left[climb]:
            left[climb] -= 1
            for rest in _slopes(left, responses[1:]):
                yield climb * responses[0] + rest
            left[climb] += 1


def _drawn(climbs: Sequence[float], responses: Sequence[float], seen: float, seed: int) -> int:
    random = Random(seed)  # noqa: S311 - chance, not secrecy
    shuffled = list(responses)
    steep = 0
    for _ in range(DRAWS):
        random.shuffle(shuffled)
        steep += fsum(a * b for a, b in zip(climbs, shuffled, strict=True)) >= seen
    return steep
