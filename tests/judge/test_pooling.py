from random import Random

import pytest

from diagnose.judge.marginals import Logs
from diagnose.judge.patterns import Trial, evidence, linked, pattern, posterior
from diagnose.judge.pooling import pool, shared_weights
from diagnose.judge.tables import tables


def family(failures: list[bool]) -> Logs:
    """Weigh a family by runs in turns, serial ones first."""
    trials = [
        Trial(5.6 if run % 2 else 1, failed, "parallel" if run % 2 else "serial")
        for run, failed in enumerate(failures)
    ]
    return evidence(pattern(trials), "scheduled")


CLEAN = family([False, True] * 2)


def flaky(count: int, runs: int) -> list[Logs]:
    random = Random(7)
    found: list[Logs] = []
    while len(found) < count:
        chance = random.betavariate(0.5, 12)
        failures = [random.random() < chance for _ in range(runs)]
        if any(failures):
            found.append(family(failures))
    return found


def test_few_families_are_judged_as_if_alone() -> None:
    [share] = pool([CLEAN])
    assert share.linked == pytest.approx(linked(posterior(CLEAN)), abs=0.001)
    assert share.claimed


def test_pooling_lowers_confidence_and_never_raises_it() -> None:
    families = [CLEAN] * 30 + flaky(10, 4)
    for logs, share in zip(families, pool(families), strict=True):
        assert share.linked <= linked(posterior(logs)) + 1e-12


def test_in_a_very_flaky_suite_two_runs_each_claim_nothing() -> None:
    shares = pool([CLEAN, *flaky(400, 4)])
    assert not any(share.claimed for share in shares)
    assert shares[0].linked < 0.9


def test_pooled_evidence_under_the_prior_is_the_pooled_posterior() -> None:
    share = pool([CLEAN, *flaky(60, 4)])[0]
    assert posterior(share.logs) == pytest.approx(share.posterior)


def test_many_families_need_more_to_claim() -> None:
    strong = family([False, True] * 3)
    assert all(share.claimed for share in pool([strong] * 21))
    assert tables().shapes.claim_many > tables().shapes.claim


def test_weights_are_shares() -> None:
    assert sum(shared_weights([CLEAN, *flaky(20, 4)]).values()) == pytest.approx(1)
    assert shared_weights([]) == pytest.approx(dict(tables().hypotheses))
