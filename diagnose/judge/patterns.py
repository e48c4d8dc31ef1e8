"""What it says of a family of failures in which runs it turned up, and in which it did not.

Five hypotheses: the family is *persistent*, it is *intermittent* whatever the runs do, it was a
*one_off* incident, it is a matter of *isolation* (schedule or order), or of *load*.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import exp, expm1, fsum, inf, lgamma, log
from typing import Literal, NamedTuple

from diagnose.judge._exposure import MOST, chance_of
from diagnose.judge.doses import levels
from diagnose.judge.marginals import Cell, Kind, Logs, beta_binomial, likelihoods, log_sum
from diagnose.judge.tables import tables

Rule = Literal["index", "scheduled"]

HYPOTHESES = Logs._fields


class Trial(NamedTuple):
    """A run as one family of failures met it; `failed` is None where none of its tests ran."""

    dose: float
    failed: bool | None
    kind: Kind = "parallel"
    wall: float = 0.0


class Pattern(NamedTuple):
    """All runs of a family, and the cell of the run on whose failure the others were made."""

    cells: tuple[Cell, ...]
    first: int | None = None


def pattern(trials: Sequence[Trial], index: int | None = None) -> Pattern:
    """Count the runs that are alike; those in which the family did not run say nothing.

    `index` is the trial that was there first, and without whose failure nobody would have made
    the others. It is taken to be the first parallel run that failed where nobody knows.
    """
    ran = [(number, trial) for number, trial in enumerate(trials) if trial.failed is not None]
    values = levels([trial.dose for _, trial in ran])
    groups: dict[tuple[Kind, float], list[Trial]] = {}
    for value, (_, trial) in zip(values, ran, strict=True):
        groups.setdefault((trial.kind, round(value, 3)), []).append(trial)
    order = sorted(groups)
    first = _first_failure(trials) if index is None else index
    home = {number: (t.kind, round(v, 3)) for v, (number, t) in zip(values, ran, strict=True)}
    at = order.index(home[first]) if first in home and trials[first].failed else None
    return Pattern(tuple(_cell(key, groups[key]) for key in order), at)


def _first_failure(trials: Sequence[Trial]) -> int:
    failed = [number for number, trial in enumerate(trials) if trial.failed]
    parallel = [number for number in failed if trials[number].kind == "parallel"]
    return (parallel or failed or [-1])[0]


def _cell(key: tuple[Kind, float], trials: Sequence[Trial]) -> Cell:
    kind, value = key
    runs, failed = len(trials), sum(bool(trial.failed) for trial in trials)
    most = tables().shapes.isolated_reruns
    if kind == "isolated" and runs > most:
        runs, failed = most, round(failed * most / runs)
    walls = [trial.wall for trial in trials]
    wall = fsum(walls) / len(walls) if min(walls) > 0 else 0.0
    return Cell(kind, value, failed, runs, round(wall, 1))


def evidence(found: Pattern, rule: Rule = "index", *, blocked: bool = False) -> Logs:
    """Return what the pattern says once one knows why there is a pattern to look at.

    Runs that were all planned are looked at since one failed; a serial run made *because* the
    parallel one failed says less, for the failure was there before the comparison began.
    """
    said = likelihoods(found.cells)
    chosen = _selection(found, rule)
    weight = tables().shapes.blocked if blocked else 1.0
    return Logs(*(weight * (a - b) for a, b in zip(said, chosen, strict=True)))


def posterior(logs: Logs, prior: Mapping[str, float] | None = None) -> dict[str, float]:
    """Return P(hypothesis | pattern)."""
    weights = prior or tables().hypotheses
    scores = {
        name: log(weights[name]) + value if weights[name] > 0 else -inf
        for name, value in logs._asdict().items()
    }
    top = max(scores.values())
    shares = {name: exp(score - top) for name, score in scores.items()}
    total = fsum(shares.values())
    return {name: share / total for name, share in shares.items()}


def linked(shares: Mapping[str, float]) -> float:
    """Return P(the failures have to do with parallelism): load or isolation."""
    return shares["load"] + shares["isolation"]


def is_blocked(parallel: Sequence[bool]) -> bool:
    """Say whether runs, in the order of their starts, were made arm by arm and not in turns."""
    changes = sum(a != b for a, b in pairwise(parallel))
    return changes == 1 and min(sum(parallel), len(parallel) - sum(parallel)) >= 2


def _selection(found: Pattern, rule: Rule) -> Logs:
    """Return ln P(somebody looked | hypothesis)."""
    if rule == "index" and found.first is not None:
        alone = tuple(
            cell._replace(failed=int(at == found.first), runs=int(at == found.first))
            for at, cell in enumerate(found.cells)
        )
        return likelihoods(alone)._replace(one_off=_one_off_at(found.cells, found.first))
    if not any(cell.failed for cell in found.cells):
        return Logs(0.0, 0.0, 0.0, 0.0, 0.0)
    clean = tuple(cell._replace(failed=0) for cell in found.cells)
    return Logs(*(log(-expm1(min(value, -1e-12))) for value in likelihoods(clean)))


def _one_off_at(cells: Sequence[Cell], index: int) -> float:
    """Return ln P(a one-off incident meets a given run of that cell)."""
    walls = [cell.wall for cell in cells for _ in range(cell.runs)]
    shape = tables().shapes.one_off
    if len(set(walls)) <= 1 or min(walls) <= 0 or len(walls) > MOST:
        return beta_binomial(1, 1, shape)
    at, total = sum(cell.runs for cell in cells[:index]), len(walls)
    ways = [lgamma(total + 1) - lgamma(k + 1) - lgamma(total - k + 1) for k in range(total + 1)]
    return log_sum(
        [
            ways[k] + beta_binomial(k, total, shape) + chance_of(at, k, walls)
            for k in range(1, total + 1)
        ]
    )
