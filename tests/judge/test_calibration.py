"""Incidents drawn from the judge's own tables: it must be as often right as it says."""

from math import exp, fsum
from random import Random

import pytest

from diagnose.judge.marginals import Logs
from diagnose.judge.patterns import Trial, evidence, pattern
from diagnose.judge.posterior import Item, Judgement, item, judge, pattern_item
from diagnose.judge.tables import tables

SIGNS = ("oom_kill", "round_timeout", "setup_phase", "inflation", "one_worker", "retry_passed")
TEXTS = sorted(kind for kind in tables().evidence if kind.startswith("text_"))
OUTCOMES = [(False, True), (True, True), (True, False)]


def seen(serial: bool, parallel: bool) -> Logs:
    runs = [Trial(1, serial, "serial"), Trial(5.6, parallel)]
    return evidence(pattern(runs), "scheduled")


def incident(random: Random) -> tuple[str, list[Item]]:
    """Draw a verdict, one run each, a message, and signs that were looked for."""
    at = random.choices(range(5), weights=list(tables().prior.values()))[0]
    truth = tables().verdicts[at]
    hypothesis = random.choices(Logs._fields, [tables().mix[truth][n] for n in Logs._fields])[0]
    chances = [exp(getattr(seen(*outcome), hypothesis)) for outcome in OUTCOMES]
    said = [pattern_item(seen(*random.choices(OUTCOMES, chances)[0]))]
    given = [tables().evidence[text].given[at] for text in TEXTS]
    said.append(item(random.choices(TEXTS, given)[0]))
    said += [
        item(kind, present=random.random() < tables().evidence[kind].given[at]) for kind in SIGNS
    ]
    return truth, said


@pytest.fixture(scope="module")
def judged() -> list[tuple[str, Judgement]]:
    random = Random(11)
    drawn = [incident(random) for _ in range(2000)]
    return [(truth, judge(said)) for truth, said in drawn]


def test_seven_in_ten_incidents_are_judged_right(judged: list[tuple[str, Judgement]]) -> None:
    right = [found.verdict == truth for truth, found in judged]
    top_two = [truth in (found.verdict, found.runner_up) for truth, found in judged]
    assert sum(right) / len(right) >= 0.68
    assert sum(top_two) / len(top_two) >= 0.87


def test_what_is_called_a_verdict_is_right(judged: list[tuple[str, Judgement]]) -> None:
    sure = [found.verdict == truth for truth, found in judged if found.wording == "verdict"]
    assert len(sure) >= 0.1 * len(judged)
    assert sum(sure) / len(sure) >= 0.94


def test_confidence_is_how_often_it_is_right(judged: list[tuple[str, Judgement]]) -> None:
    bins: dict[int, list[tuple[float, bool]]] = {}
    for truth, found in judged:
        share = found.confidence
        bins.setdefault(int(share * 10), []).append((share, found.verdict == truth))
    gaps = [abs(fsum(s for s, _ in part) - sum(r for _, r in part)) for part in bins.values()]
    assert fsum(gaps) / len(judged) <= 0.05
