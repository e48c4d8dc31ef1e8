"""P(pattern | hypothesis), with each hypothesis' chance to fail integrated out.

Doses count as `doses.dose` measures them: 1, 1.9, 3.4 and 5.6 for 1, 2, 4 and 8 workers reproduce
the published power table to its two digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from math import exp, expm1, fsum, inf, lgamma, log, log1p
from typing import Literal, NamedTuple

from diagnose.judge._exposure import tilt
from diagnose.judge.doses import SAME, SERIAL
from diagnose.judge.tables import tables

Kind = Literal["serial", "parallel", "random_order", "isolated", "stress"]

DISTURBED = ("parallel", "random_order")  # kinds in which tests meet in another order than serially
CURVES = (1, 2)  # how a load fault may grow with the dose: in proportion, or late and fast
NODES = 12  # points that stand for each Beta of the largest failure chance
SLICES = 2000


class Cell(NamedTuple):
    """Runs alike: how many there were, and in how many of them the family failed."""

    kind: Kind
    dose: float
    failed: int
    runs: int
    wall: float = 0.0


class Logs(NamedTuple):
    """ln P(pattern | hypothesis)."""

    load: float
    isolation: float
    persistent: float
    intermittent: float
    one_off: float


@lru_cache(maxsize=1 << 14)
def likelihoods(cells: tuple[Cell, ...]) -> Logs:
    """Return ln P(pattern | hypothesis) for each, the chances to fail integrated out."""
    shapes = tables().shapes
    failed, runs = _count(cells)
    disturbed = _count([cell for cell in cells if cell.kind in DISTURBED])
    in_order = failed - disturbed[0], runs - disturbed[1]
    return Logs(
        load=_load(cells),
        isolation=beta_binomial(*in_order, shapes.isolation_serial)
        + _maybe_rare(*disturbed, shapes.isolation),
        persistent=beta_binomial(failed, runs, shapes.persistent),
        intermittent=beta_binomial(failed, runs, shapes.intermittent),
        one_off=beta_binomial(failed, runs, shapes.one_off) + _tilt(cells),
    )


def _count(cells: Sequence[Cell]) -> tuple[int, int]:
    return sum(cell.failed for cell in cells), sum(cell.runs for cell in cells)


def beta_binomial(failed: int, runs: int, shape: tuple[float, float]) -> float:
    """Return ln P(these of the runs fail) where the chance to fail is a Beta of that shape."""
    a, b = shape
    return _ln_beta(a + failed, b + runs - failed) - _ln_beta(a, b)


def _ln_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def _maybe_rare(failed: int, runs: int, shape: tuple[float, float]) -> float:
    shapes = tables().shapes
    often = beta_binomial(failed, runs, shape)
    seldom = beta_binomial(failed, runs, shapes.rare)
    return log_sum([log(1 - shapes.rare_share) + often, log(shapes.rare_share) + seldom])


def log_sum(values: Sequence[float]) -> float:
    """Return ln of the sum of what the values are the ln of."""
    top = max(values, default=-inf)
    return top if top == -inf else top + log(fsum(exp(value - top) for value in values))


def _tilt(cells: Sequence[Cell]) -> float:
    walls = [cell.wall for cell in cells for _ in range(cell.runs)]
    hits = [run < cell.failed for cell in cells for run in range(cell.runs)]
    return tilt(hits, walls)


def _load(cells: Sequence[Cell]) -> float:
    """Mix thresholds and curves; artificial load acts like the highest dose, or not at all."""
    doses = sorted({cell.dose for cell in cells if cell.kind != "stress"})
    if not any(cell.kind == "stress" for cell in cells):
        return _response(cells, doses)
    works = tables().shapes.stress
    top = max(doses, default=SERIAL)
    loaded, idle = (
        _response([c._replace(dose=d) if c.kind == "stress" else c for c in cells], doses)
        for d in (top, SERIAL)
    )
    return log_sum([log(works) + loaded, log(1 - works) + idle])


def _response(cells: Sequence[Cell], doses: Sequence[float]) -> float:
    return log_sum([_thresholds(cells, doses), _curves(cells, max(doses, default=SERIAL))]) - log(2)


def _thresholds(cells: Sequence[Cell], doses: Sequence[float]) -> float:
    between = [(low + high) / 2 for low, high in pairwise(doses)]
    if not between:
        between = [0.0 if max(doses, default=SERIAL) > SAME else inf]
    shapes = tables().shapes
    scores = []
    for threshold in between:
        below = _count([cell for cell in cells if cell.dose < threshold])
        above = _count([cell for cell in cells if cell.dose >= threshold])
        scores.append(
            beta_binomial(*below, shapes.load_below) + _maybe_rare(*above, shapes.load),
        )
    return log_sum(scores) - log(len(scores))


def _curves(cells: Sequence[Cell], top: float) -> float:
    quiet = log1p(-tables().shapes.background)
    scores = []
    for power in CURVES:
        climbs = [
            (max(cell.dose - 1, 0) / (top - 1)) ** power if top > 1 else 0.0 for cell in cells
        ]
        for clean, weight in _largest_chances():
            score = weight
            for cell, climb in zip(cells, climbs, strict=True):
                passes = quiet + clean * min(climb, 1.0)
                score += (cell.runs - cell.failed) * passes
                score += cell.failed * log(-expm1(passes)) if cell.failed else 0.0
            scores.append(score)
    return log_sum(scores) - log(len(CURVES))


@cache
def _largest_chances() -> tuple[tuple[float, float], ...]:
    """Return ln P(pass) at the highest dose, and the ln of its weight, for each node."""
    shapes = tables().shapes
    often = [(p, (1 - shapes.rare_share) * w) for p, w in _nodes(*shapes.load)]
    seldom = [(p, shapes.rare_share * w) for p, w in _nodes(*shapes.rare)]
    return tuple((log1p(-chance), log(weight)) for chance, weight in often + seldom)


def _nodes(a: float, b: float) -> list[tuple[float, float]]:
    """Cut a Beta into parts of equal weight, each known by its mean."""
    points = [(step + 0.5) / SLICES for step in range(SLICES)]
    heights = [point ** (a - 1) * (1 - point) ** (b - 1) for point in points]
    total = fsum(heights)
    nodes: list[tuple[float, float]] = []
    mass = moment = 0.0
    for point, height in zip(points, heights, strict=True):
        mass += height / total
        moment += point * height / total
        if mass >= 1 / NODES or point == points[-1]:
            nodes.append((moment / mass, mass))
            mass = moment = 0.0
    return nodes
