"""How parallel a run really was: the dose of which failures may be the response."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, fsum, inf, log

SAME = 1.15  # doses closer than this factor are one level: two runs with -n 8 never measure alike
SERIAL = 1.0
LEAST = 1.3  # of a parallel run: its tests meet in another order, however idle its workers
SCALING = 0.83  # 2, 4 and 8 workers were seen to do the work of 1.9, 3.4 and 5.6
LONG = 60.0  # seconds; in a shorter run the clock mostly shows how workers start


def dose(workers: int, busy: float | None = None, wall: float | None = None) -> float:
    """Return how many tests ran at once on average: what the clock says, else what is usual.

    `-n 8` with one test of ten minutes is hardly parallel; the worker count alone misleads.
    """
    if workers <= 1:
        return SERIAL
    if busy is None or wall is None or not (busy > 0 and LONG <= wall < inf):
        return float(workers**SCALING)
    return min(max(busy / wall, LEAST), float(workers))


def levels(doses: Sequence[float]) -> list[float]:
    """Give doses that hardly differ one value, that of their middle."""
    order = sorted(range(len(doses)), key=lambda run: doses[run])
    levelled = list(doses)
    together: list[int] = []
    for run in order:
        if together and doses[run] > doses[together[0]] * SAME:
            _join(together, doses, levelled)
            together = []
        together.append(run)
    _join(together, doses, levelled)
    return levelled


def _join(together: Sequence[int], doses: Sequence[float], levelled: list[float]) -> None:
    if len(together) > 1 and doses[together[0]] != doses[together[-1]]:
        middle = exp(fsum(log(doses[run]) for run in together) / len(together))
        for run in together:
            levelled[run] = middle
