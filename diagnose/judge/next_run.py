"""The run that would settle it: how much each would tell, by what it costs.

What an action would show is predicted from all that is known; its worth is by how much the
verdict would be surer on average, over the square root of its cost in serial suites. Runs in
random order and under artificial load are the ones that tell load from isolation; more of the
same never can.

A run with two workers tells a little less here than was published: P(load) .72 if it passes and
.35 if it fails, instead of .74 and .29. A dose of 1.3 for two workers, not 1.9, would explain it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import comb, exp, fsum, log, sqrt
from typing import Literal, NamedTuple

from diagnose.judge._commands import command
from diagnose.judge.doses import LEAST, SERIAL, dose
from diagnose.judge.marginals import Kind, Logs, likelihoods, log_sum
from diagnose.judge.patterns import Rule, Trial, evidence, pattern
from diagnose.judge.tables import tables

Action = Literal["isolated", "stress", "same", "half", "two", "serial", "random_order"]

SERIAL_KINDS: Mapping[Action, Kind] = {
    "isolated": "isolated",
    "stress": "stress",
    "serial": "serial",
    "random_order": "random_order",
}

IMPOSSIBLE = -1e9  # ln of no chance at all, that may still be added to

# Median repeats until .90, by how often the failure reproduces, where nothing better is known.
USUAL_REPEATS = ((0.6, 2), (0.3, 3), (0.0, 9))


@dataclass(frozen=True, slots=True)
class Situation:
    """An incident as it stands: its runs, and P(verdict) from all evidence but the runs.

    `reproducible` says whether artificial load could bring the fault about; a pool or a range of
    ports that is too small does not mind a busy machine.
    """

    trials: Sequence[Trial]
    others: Mapping[str, float]
    workers: int = 8
    top_dose: float | None = None
    reproducible: bool = True
    rule: Rule = "index"
    tests: Sequence[str] = field(default=())


@dataclass(frozen=True, slots=True)
class Proposal:
    """The run to make next, and what to expect of it."""

    action: Action
    command: str
    why: str
    repeats: int
    gain: float
    cost: float


class _State(NamedTuple):
    """A situation, what its runs say, and ln P(they were looked at), which no more runs change."""

    situation: Situation
    base: Logs
    selection: Logs


def trial_of(situation: Situation, action: Action) -> Trial:
    """Return the run that an action makes, before it has been made."""
    if action in SERIAL_KINDS:
        return Trial(SERIAL, None, SERIAL_KINDS[action])
    workers = {"same": situation.workers, "half": situation.workers // 2}.get(action, 2)
    top = situation.top_dose or dose(situation.workers)
    return Trial(max(top * dose(workers) / dose(situation.workers), LEAST), None, "parallel")


class _Choice(NamedTuple):
    """An action, how often to repeat it, and what it tells on average."""

    action: Action
    repeats: int
    gain: float


def propose(situation: Situation) -> Proposal | None:
    """Choose the run that tells most for its cost; none where enough is known, or none tells."""
    chosen = _chosen(
        tuple(situation.trials),
        tuple(situation.others.items()),
        situation.workers,
        situation.top_dose,
        (situation.reproducible, situation.rule),
    )
    if chosen is None:
        return None
    return Proposal(
        chosen.action,
        command(chosen.action, situation.workers, situation.tests),
        WHY[chosen.action],
        chosen.repeats,
        chosen.gain,
        tables().next_run.costs[chosen.action],
    )


@lru_cache(maxsize=1024)  # of thousands of incidents, most are in the same situation
def _chosen(
    trials: tuple[Trial, ...],
    others: tuple[tuple[str, float], ...],
    workers: int,
    top_dose: float | None,
    how: tuple[bool, Rule],
) -> _Choice | None:
    situation = Situation(trials, dict(others), workers, top_dose, *how)
    plan, state = tables().next_run, _state(situation)
    if _settles(state, state.base):
        return None
    told = gains(situation)
    worth = {
        action: gain / sqrt(plan.costs[action])
        for action, gain in told.items()
        if gain >= plan.least_gain
    }
    if not worth:
        return None
    best = max(worth, key=lambda action: worth[action])
    return _Choice(best, _repeats(state, best), told[best])


WHY: Mapping[Action, str] = {
    "isolated": "a test that fails even alone is not disturbed by others, nor short of anything",
    "stress": "fails serially on a busy machine: load; passes: rather isolation",
    "same": "a failure that does not come back was a one-off",
    "half": "fewer failures with half the workers: load; as many: isolation",
    "two": "passes with two workers: load; fails even so: isolation",
    "serial": "fails serially too: not a matter of parallelism",
    "random_order": (
        "fails serially in another order: isolation; passes: rather load (the order takes the "
        "plugin pytest-random-order)"
    ),
}


def actions(situation: Situation) -> list[Action]:
    """List the runs that are possible and make sense."""
    found: list[Action] = ["isolated", "serial", "random_order"]
    if situation.reproducible:
        found.append("stress")
    if situation.workers > 1:
        found.append("same")
    if situation.workers > 4:
        found.append("half")
    if situation.workers > 2:
        found.append("two")
    return found


def gains(situation: Situation) -> dict[Action, float]:
    """Return by how many nats each action would lessen the doubt, on average."""
    state = _state(situation)
    return {action: _gain(state, action) for action in actions(situation)}


def _state(situation: Situation) -> _State:
    found = pattern(situation.trials)
    said = evidence(found, situation.rule)
    known = likelihoods(found.cells)
    selection = Logs(*(a - b for a, b in zip(known, said, strict=True)))
    return _State(situation, said, selection)


def _verdicts(state: _State, logs: Logs) -> dict[str, float]:
    """Return P(verdict | runs) without the caps: a gain must be that of a coherent bet."""
    said = logs._asdict()
    scores = {
        verdict: log(share)
        + log_sum([log(part) + said[name] for name, part in mix.items() if part > 0])
        for verdict, mix in tables().mix.items()
        if (share := state.situation.others.get(verdict, 0.0)) > 0
    }
    total = log_sum(list(scores.values()))
    return {verdict: exp(score - total) for verdict, score in scores.items()}


def _hypotheses(state: _State, logs: Logs) -> Logs:
    """Return ln P(hypothesis | runs), by all that is known."""
    weights = {
        name: fsum(
            share * tables().mix[verdict][name] for verdict, share in state.situation.others.items()
        )
        for name in Logs._fields
    }
    scores = [
        log(weights[name]) + value if weights[name] > 0 else IMPOSSIBLE
        for name, value in logs._asdict().items()
    ]
    total = log_sum(scores)
    return Logs(*(score - total for score in scores))


def _after(state: _State, action: Action, failed: int, runs: int) -> Logs:
    """Return the evidence with some more runs of that kind."""
    trial = trial_of(state.situation, action)
    more = [trial._replace(failed=number < failed) for number in range(runs)]
    found = pattern([*state.situation.trials, *more])
    said = likelihoods(found.cells)
    return Logs(*(a - b for a, b in zip(said, state.selection, strict=True)))


def _outcomes(state: _State, action: Action, runs: int) -> list[tuple[float, Logs]]:
    """Return what so many runs may show: how likely each count of failures is, and what follows."""
    now = _hypotheses(state, state.base)
    found = []
    for failed in range(runs + 1):
        then = _after(state, action, failed, runs)
        chance = comb(runs, failed) * fsum(
            exp(weight + after - before)
            for weight, after, before in zip(now, then, state.base, strict=True)
        )
        found.append((chance, then))
    return found


def _gain(state: _State, action: Action) -> float:
    before = _entropy(_verdicts(state, state.base))
    return before - fsum(
        chance * _entropy(_verdicts(state, then)) for chance, then in _outcomes(state, action, 1)
    )


def _entropy(shares: Mapping[str, float]) -> float:
    return -fsum(share * log(share) for share in shares.values() if share > 0)


def _repeats(state: _State, action: Action) -> int:
    """Return how often to make the run so that it probably settles the matter.

    All counts of failures are summed over, which is what drawing them at random would estimate.
    """
    plan = tables().next_run
    for runs in range(1, plan.most_repeats + 1):
        settled = fsum(
            chance for chance, then in _outcomes(state, action, runs) if _settles(state, then)
        )
        if settled >= plan.sure:
            return runs
    seen = [trial.failed for trial in state.situation.trials if trial.kind == "parallel"]
    rate = sum(map(bool, seen)) / len(seen) if seen else 1.0
    return next(repeats for least, repeats in USUAL_REPEATS if rate >= least)


def _settles(state: _State, logs: Logs) -> bool:
    """Say whether the verdict is clear, or at least what runs can tell: load, isolation, chance."""
    clear = max(_verdicts(state, logs).values())
    return max(clear, exp(max(_hypotheses(state, logs)))) >= tables().next_run.enough
