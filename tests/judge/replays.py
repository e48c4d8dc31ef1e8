"""Suites that fail by known rules, so that what the judge claims can be held against them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import exp, log
from random import Random
from typing import NamedTuple

from diagnose.judge.doses import dose
from diagnose.judge.marginals import Logs
from diagnose.judge.patterns import Trial, evidence, pattern
from diagnose.judge.pooling import pool
from diagnose.judge.trend import Count, state

TESTS = 300

Suite = Callable[[Random, Sequence[int]], dict[str, list[bool]]]


class Claims(NamedTuple):
    """How often failures were said to scale, and any family to be linked to parallelism."""

    scales: float
    linked: float


def replay(suite: Suite, workers: Sequence[int], times: int) -> Claims:
    """Run a suite so many times, and count the claims."""
    scales = linked = 0
    for seed in range(times):
        outcomes = suite(Random(seed), workers)
        counts = [sum(fails[run] for fails in outcomes.values()) for run in range(len(workers))]
        persistent = sum(all(fails) for fails in outcomes.values())
        runs = [Count(w, dose(w), k) for w, k in zip(workers, counts, strict=True)]
        scales += state(runs, persistent).relation == "scales"
        linked += any(share.claimed for share in pool(_families(outcomes, workers)))
    return Claims(scales / times, linked / times)


def _families(outcomes: Mapping[str, list[bool]], workers: Sequence[int]) -> list[Logs]:
    found = []
    for fails in outcomes.values():
        if any(fails):
            trials = [
                Trial(dose(w), failed, "parallel" if w > 1 else "serial")
                for w, failed in zip(workers, fails, strict=True)
            ]
            found.append(evidence(pattern(trials), "scheduled"))
    return found


def flakes(chance: float) -> Suite:
    """Let each test fail by itself, whatever the others and the runs do."""

    def suite(random: Random, workers: Sequence[int]) -> dict[str, list[bool]]:
        return {f"t{t}": [random.random() < chance for _ in workers] for t in range(TESTS)}

    return suite


def bursts(random: Random, workers: Sequence[int]) -> dict[str, list[bool]]:
    """Let three runs in ten meet an incident that takes 2 to 30 % of the tests with it."""
    outcomes = flakes(0.001)(random, workers)
    for run in range(len(workers)):
        if random.random() < 0.3:
            share = random.uniform(0.02, 0.3)
            for fails in outcomes.values():
                fails[run] = fails[run] or random.random() < share
    return outcomes


def bad_runs(random: Random, workers: Sequence[int]) -> dict[str, list[bool]]:
    """Let some runs be worse than others for all tests, at random."""
    chances = [1 / (1 + exp(-(log(0.01 / 0.99) + random.gauss(0, 1.3)))) for _ in workers]
    return {f"t{t}": [random.random() < c for c in chances] for t in range(TESTS)}


def threshold(random: Random, workers: Sequence[int]) -> dict[str, list[bool]]:
    """Let twenty tests fail every other time with four workers or more."""
    outcomes = flakes(0.001)(random, workers)
    for test in range(20):
        outcomes[f"t{test}"] = [w >= 4 and random.random() < 0.5 for w in workers]
    return outcomes


def isolation(random: Random, workers: Sequence[int]) -> dict[str, list[bool]]:
    """Let ten tests fail every other time with any other order than the serial one."""
    outcomes = flakes(0.001)(random, workers)
    for test in range(10):
        outcomes[f"t{test}"] = [w > 1 and random.random() < 0.5 for w in workers]
    return outcomes
