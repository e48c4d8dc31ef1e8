"""From evidence to a verdict, as a sum that can be read out: so many decibans from each item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import exp, fsum, inf, log, log10
from typing import Literal

from diagnose.judge.marginals import Logs, log_sum
from diagnose.judge.tables import tables

Wording = Literal["verdict", "likely", "undetermined"]
Scores = Mapping[str, float]

PATTERN = "comparison"
TEXT = "signature"
PRIOR = "prior"
BOUNDS = "bounds"
DISTURBED = ("load", "isolation")  # hypotheses by which parallelism brings failures about
DECIBANS = 10 / log(10)  # in one nat
WORTH_NAMING = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A piece of evidence: ln P(it | verdict) about the verdicts' mean, and its group's name."""

    kind: str
    scores: Scores
    group: str = ""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one item says for the winner against the runner-up."""

    kind: str
    decibans: float


@dataclass(frozen=True)
class Judgement:
    """The verdict, how sure it is, and the sum it came from.

    `contributions` begin with the prior, keep the order of the items, and add up to the decibans
    of the winner against the runner-up; the last of them, if need be, is what the bounds on any
    confidence take away. `version` names the tables.
    """

    verdict: str
    runner_up: str
    confidence: float
    wording: Wording
    posterior: Mapping[str, float]
    alternatives: tuple[tuple[str, float], ...]
    contributions: tuple[Contribution, ...]
    version: str

    @cached_property
    def shown(self) -> Mapping[str, float]:
        """Return the posterior as a report writes it; thousands of incidents share it."""
        return {name: round(share, 4) for name, share in self.posterior.items()}


@lru_cache(maxsize=1024)
def item(kind: str, *, present: bool = True, weight: float = 1.0) -> Item:
    """Look an item up; its absence counts only where it would have been seen."""
    row = tables().evidence[kind]
    given = row.given if present else tuple(1 - chance for chance in row.given)
    scores = _scores(dict(zip(tables().verdicts, given, strict=True)), weight, row.spread)
    return Item(kind, scores, row.group)


def weigh(kind: str, given: Scores, group: str = "", weight: float = 1.0) -> Item:
    """Make an item of P(evidence | verdict), for evidence that no table has."""
    return Item(kind, _scores(given, weight), group or kind)


def _scores(given: Scores, weight: float, spread: float = 0.0) -> Scores:
    limits = tables().limits
    logs = {name: weight * log(given.get(name, 0) + limits.smoothing) for name in tables().verdicts}
    return _centred(logs, log(spread or limits.item_spread))


def text_item(given: Scores) -> Item:
    """Make an item of what the words of the failures say for each verdict."""
    limits = tables().limits
    logs = {name: log(given.get(name, 0) + limits.smoothing) for name in tables().verdicts}
    return Item(TEXT, _centred(logs, log(limits.text_spread)), "text")


def bounded_item(kind: str, logs: Scores, odds: float) -> Item:
    """Make an item of ln P(evidence | verdict), which may say no more than so much."""
    return Item(kind, _centred(logs, log(odds)), kind)


def pattern_item(logs: Logs, causes: Mapping[str, str] | None = None) -> Item:
    """Make an item of the runs in which the incident turned up, and of those in which it did not.

    A verdict is a mixture of what may lie behind it: most resource faults follow the load, some
    are seen in every run. `causes` names the likeliest cause of a verdict, which may know better.
    """
    mixed = {name: log_sum(list(parts.values())) for name, parts in _mixed(logs, causes).items()}
    return Item(PATTERN, _centred(mixed, log(tables().limits.pattern_spread)), PATTERN)


def linked(logs: Logs, causes: Mapping[str, str] | None, shares: Mapping[str, float]) -> float:
    """Return the chance that failures have to do with parallelism, whatever the verdict is."""
    chance = 0.0
    for name, parts in _mixed(logs, causes).items():
        disturbed = log_sum([parts[kind] for kind in DISTURBED if kind in parts])
        chance += shares[name] * exp(disturbed - log_sum(list(parts.values())))
    return chance


def _mixed(logs: Logs, causes: Mapping[str, str] | None) -> dict[str, dict[str, float]]:
    """Return ln P(hypothesis, pattern | verdict) of each verdict's hypotheses."""
    said = logs._asdict()
    known = tables().mix_of
    own = {v: known[cause] for v, cause in (causes or {}).items() if cause in known}
    return {
        name: {k: log(p) + said[k] for k, p in own.get(name, mix).items() if p > 0}
        for name, mix in tables().mix.items()
    }


def judge(
    items: Sequence[Item],
    prior: Mapping[str, float] | None = None,
    *,
    heat: float | None = None,
    ceiling: float | None = None,
) -> Judgement:
    """Weigh the items of one incident; no verdict comes out surer than the ceiling."""
    return _judged(tuple(items), tuple((prior or tables().prior).items()), heat, ceiling)


@lru_cache(maxsize=1024)  # thousands of families share all there is to weigh
def _judged(
    items: Sequence[Item],
    prior: Sequence[tuple[str, float]],
    heat: float | None,
    ceiling: float | None,
) -> Judgement:
    limits = tables().limits
    scale = limits.scale / (heat or limits.temperature)
    base = {name: log(share) * scale for name, share in prior}
    parts = [(PRIOR, base)]
    parts += [
        (found.kind, {v: scale * share * s for v, s in found.scores.items()})
        for found, share in zip(items, _shares(items), strict=True)
    ]
    shares = _bounded(_softmax({v: fsum(part[v] for _, part in parts) for v in base}), ceiling)
    order = sorted(shares, key=lambda name: (-shares[name], tables().verdicts.index(name)))
    top, second = order[0], order[1]
    confidence = shares[top]
    return Judgement(
        verdict=top,
        runner_up=second,
        confidence=confidence,
        wording=wording(confidence),
        posterior={name: shares[name] for name in tables().verdicts},
        alternatives=tuple((v, shares[v]) for v in order[1:] if shares[v] >= WORTH_NAMING),
        contributions=_explain(parts, shares, top, second),
        version=tables().version,
    )


def wording(confidence: float) -> Wording:
    """Choose the word for a confidence; none of them is "proves"."""
    said = tables().wording
    if confidence >= said["verdict"]:
        return "verdict"
    return "likely" if confidence >= said["likely"] else "undetermined"


def _centred(logs: Scores, widest: float) -> dict[str, float]:
    """Raise what lies too far below the best, and put the mean at zero."""
    best = max(logs.values())
    kept = {name: max(value, best - widest) for name, value in logs.items()}
    mean = fsum(kept.values()) / len(kept)
    return {name: value - mean for name, value in kept.items()}


def _spread(found: Item) -> float:
    return max(found.scores.values()) - min(found.scores.values())


def _shares(items: Sequence[Item]) -> list[float]:
    """Count the strongest item of a group in full, its others by half, and no kind twice.

    What one kind says of fifty tests of an incident is one observation; so is a cause that shows
    in two kinds, nearly.
    """
    order = sorted(range(len(items)), key=lambda number: -_spread(items[number]))
    shares = [0.0] * len(items)
    groups: dict[str, set[str]] = {}
    for number in order:
        seen = groups.setdefault(items[number].group, set())
        if items[number].kind not in seen:
            shares[number] = tables().limits.repeated if seen else 1.0
            seen.add(items[number].kind)
    return shares


def _softmax(scores: Scores) -> dict[str, float]:
    top = max(scores.values())
    shares = {name: exp(score - top) for name, score in scores.items()}
    total = fsum(shares.values())
    return {name: share / total for name, share in shares.items()}


def _bounded(shares: Scores, ceiling: float | None) -> dict[str, float]:
    """Leave every verdict its least share, and none more than one may be sure of anything."""
    most = min(tables().limits.ceiling, ceiling or 1.0)
    kept = _fill(shares, 1.0)
    top = max(kept, key=lambda name: kept[name])
    if kept[top] <= most:
        return kept
    rest = _fill({name: share for name, share in kept.items() if name != top}, 1 - most)
    return {name: rest.get(name, most) for name in kept}


def _fill(shares: Scores, total: float) -> dict[str, float]:
    """Hand out a total in proportion, with no share below the floor."""
    floor = tables().limits.floor
    low: set[str] = set()
    while True:
        free = [name for name in shares if name not in low]
        weight = fsum(shares[name] for name in free)
        factor = (total - floor * len(low)) / weight if weight > 0 else inf
        more = {name for name in free if shares[name] * factor < floor}
        if not more:
            return {name: floor if name in low else shares[name] * factor for name in shares}
        low |= more


def _explain(
    parts: Sequence[tuple[str, Scores]], shares: Scores, top: str, second: str
) -> tuple[Contribution, ...]:
    said = [Contribution(kind, DECIBANS * (scores[top] - scores[second])) for kind, scores in parts]
    missing = 10 * log10(shares[top] / shares[second]) - fsum(part.decibans for part in said)
    if abs(missing) > 1e-9:
        said.append(Contribution(BOUNDS, missing))
    return tuple(said)
