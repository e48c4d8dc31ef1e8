from dataclasses import replace
from math import log, log10

import pytest

from diagnose.judge.cluster import cluster
from diagnose.judge.kinds import Failure
from diagnose.judge.patterns import Trial, evidence, pattern
from diagnose.judge.posterior import (
    Item,
    Judgement,
    item,
    judge,
    pattern_item,
    weigh,
    wording,
)
from diagnose.judge.tables import tables

CLEAN = pattern([Trial(1, False, "serial"), Trial(5.6, True)] * 2)
EVERYWHERE = pattern([Trial(1, True, "serial"), Trial(5.6, True)] * 2)

CASES = [
    [],
    [item("oom_kill")],
    [item("oom_kill"), item("text_oom"), item("round_timeout"), pattern_item(evidence(CLEAN))],
    [item("text_assertion"), pattern_item(evidence(EVERYWHERE))],
    [item("burst"), item("setup_phase"), item("retry_passed", present=False)],
    [item("oom_kill", present=False), item("text_pool_or_port", weight=0.5)],
]


def total(found: Judgement) -> float:
    return sum(part.decibans for part in found.contributions)


@pytest.mark.parametrize("heat", [None, 0.6, 1.4])
@pytest.mark.parametrize("items", CASES)
def test_contributions_add_up_to_the_odds_of_the_winner(
    items: list[Item], heat: float | None
) -> None:
    found = judge(items, heat=heat)
    shares = found.posterior
    expected = 10 * log10(shares[found.verdict] / shares[found.runner_up])
    assert total(found) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("items", CASES)
def test_nobody_is_ever_certain_and_nothing_is_ever_ruled_out(items: list[Item]) -> None:
    shares = judge(items).posterior
    assert sum(shares.values()) == pytest.approx(1)
    assert max(shares.values()) <= 0.97 + 1e-12
    assert min(shares.values()) >= 0.005 - 1e-12


def test_overwhelming_evidence_stops_at_the_ceiling_and_says_so() -> None:
    found = judge(
        [item("oom_kill"), item("text_oom"), item("burst"), pattern_item(evidence(CLEAN))]
    )
    assert found.confidence == pytest.approx(0.97)
    assert found.contributions[-1].kind == "bounds"
    assert found.contributions[-1].decibans < 0


def test_a_lower_ceiling_is_kept_to_as_well() -> None:
    found = judge([item("oom_kill"), item("text_oom")], ceiling=0.69)
    assert found.confidence == pytest.approx(0.69)
    assert found.wording == "undetermined"
    assert sum(found.posterior.values()) == pytest.approx(1)
    assert total(found) == pytest.approx(
        10 * log10(0.69 / found.posterior[found.runner_up]), abs=1e-9
    )


def test_without_evidence_the_prior_speaks() -> None:
    found = judge([])
    assert dict(found.posterior) == pytest.approx(dict(tables().prior))
    assert found.wording == "undetermined"


def test_a_failure_in_every_run_is_not_excused_as_resources() -> None:
    found = judge([item("text_assertion"), pattern_item(evidence(EVERYWHERE))])
    assert found.verdict in ("service_fault", "test_defect")
    assert found.posterior["resource_exhaustion"] < 0.05


def test_no_item_says_more_than_twenty_to_one() -> None:
    sure = weigh("certain", {"test_isolation": 1.0})
    assert max(sure.scores.values()) - min(sure.scores.values()) == pytest.approx(log(20))


def test_a_pattern_says_no_more_than_a_thousand_to_one() -> None:
    many = pattern([Trial(1, True, "serial"), Trial(5.6, True)] * 40)
    scores = pattern_item(evidence(many)).scores
    assert max(scores.values()) - min(scores.values()) <= log(1000) + 1e-9


def test_what_shares_a_cause_counts_by_half_and_a_kind_counts_once() -> None:
    alone = judge([item("burst")])
    both = judge([item("burst"), item("setup_phase")])
    apart = judge([item("burst"), weigh("setup", {"environment": 0.55}, "other")])
    twice = judge([item("burst"), item("setup_phase"), item("burst"), item("setup_phase")])
    assert alone.contributions[1] == both.contributions[1]
    assert both.posterior == pytest.approx(twice.posterior)
    assert len(apart.contributions) == 3
    halves = item("setup_phase").scores
    gap = halves[both.verdict] - halves[both.runner_up]
    assert both.contributions[2].decibans == pytest.approx(4.3429 * gap / 2, rel=1e-4)


def test_fifty_copies_of_every_failing_test_change_nothing() -> None:
    one = [Failure(run, "t", "ConnectError", "the server refused it", "", 5.0) for run in (0, 1)]
    fifty = [
        Failure(f.run, f"t{n}", f.exception, f.message, "", 5.0) for f in one for n in range(50)
    ]
    assert verdict_of(one) == verdict_of(fifty)


def verdict_of(failures: list[Failure]) -> Judgement:
    """Judge by two parallel runs, two serial ones, and what each failure says."""
    hit = {found.run for found in cluster(failures)}
    runs = [Trial(5.6, run in hit) for run in (0, 1)] + [Trial(1, False, "serial")] * 2
    said = [item("text_refused") for _ in failures]
    found = judge([*said, pattern_item(evidence(pattern(runs)))])
    return replace(found, contributions=tuple(p for p in found.contributions if p.decibans))


def test_absence_counts_only_where_it_would_have_been_seen() -> None:
    unseen, absent = judge([]), judge([item("oom_kill", present=False)])
    name = "resource_exhaustion"
    assert absent.posterior[name] < unseen.posterior[name]


def test_words_follow_the_confidence() -> None:
    assert [wording(share) for share in (0.9, 0.899, 0.7, 0.699)] == [
        "verdict",
        "likely",
        "likely",
        "undetermined",
    ]


def test_alternatives_are_in_order_and_worth_naming() -> None:
    found = judge([item("text_timeout")])
    shares = [share for _, share in found.alternatives]
    assert shares == sorted(shares, reverse=True)
    assert found.alternatives[0][0] == found.runner_up
    assert found.version == tables().version
