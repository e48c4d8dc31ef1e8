from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from diagnose.judge._commands import command
from diagnose.judge.next_run import (
    WHY,
    Action,
    Proposal,
    Situation,
    actions,
    gains,
    propose,
    trial_of,
)
from diagnose.judge.patterns import Trial, evidence, pattern, posterior
from diagnose.judge.posterior import item, judge
from diagnose.judge.tables import tables

FAILS = Trial(5.6, True)
PASSES = Trial(1, False, "serial")
PRIOR = tables().prior
SURE = 0.9


def proposed(situation: Situation) -> Proposal:
    found = propose(situation)
    assert found is not None
    return found


def test_after_one_run_each_artificial_load_tells_most_for_its_cost() -> None:
    found = proposed(Situation([FAILS, PASSES], PRIOR, tests=["tests/test_a.py::test_b"]))
    assert found.action == "stress"
    assert found.command.startswith("stress-ng --cpu 8 --vm 1")
    assert "pytest -n 0 tests/test_a.py;" in found.command


def test_a_pool_does_not_mind_a_busy_machine() -> None:
    situation = Situation([FAILS, PASSES], PRIOR, reproducible=False)
    assert "stress" not in actions(situation)
    assert proposed(situation).action != "stress"


def test_what_tells_load_from_isolation_tells_more_than_the_same_again() -> None:
    found = gains(Situation([FAILS, PASSES] * 2, PRIOR))
    assert found["random_order"] > 3 * found["same"]
    assert found["random_order"] > 3 * found["serial"]


def test_a_run_never_takes_knowledge_away() -> None:
    for trials in ([FAILS], [FAILS, PASSES], [FAILS, PASSES, Trial(1, True, "stress")]):
        assert min(gains(Situation(trials, PRIOR)).values()) >= -1e-12


def test_nothing_is_proposed_where_enough_is_known() -> None:
    known = {**dict.fromkeys(PRIOR, 0.001), "resource_exhaustion": 0.996}
    assert propose(Situation([FAILS, PASSES], known)) is None


def test_other_evidence_changes_the_question() -> None:
    said = judge([item("text_duplicate")]).posterior
    plain = gains(Situation([FAILS, PASSES], PRIOR))
    known = gains(Situation([FAILS, PASSES], said))
    assert known["stress"] != pytest.approx(plain["stress"])


def test_repeats_are_as_many_as_would_probably_settle_it() -> None:
    found = proposed(Situation([FAILS, PASSES] * 3, PRIOR, reproducible=False))
    assert 1 <= found.repeats <= 9


@pytest.mark.parametrize(
    ("workers", "absent"),
    [(1, {"same", "half", "two"}), (2, {"half", "two"}), (4, {"half"}), (8, set())],
)
def test_no_run_is_proposed_that_would_be_another(workers: int, absent: set[str]) -> None:
    everything = set(tables().next_run.costs)
    assert everything - set(actions(Situation([FAILS], PRIOR, workers))) == absent


@pytest.mark.parametrize(
    ("tests", "command"),
    [
        (["a.py::t[x y]"], "pytest -n 0 'a.py::t[x y]'"),
        (["a.py::t", "$(rm).py::u"], "for test in a.py::t '$(rm).py::u'; do pytest"),
        ([], "for test in FAILED_TESTS; do pytest"),
    ],
)
def test_commands_quote_what_they_name(tests: list[str], command: str) -> None:
    found = proposed(Situation([FAILS], PRIOR, tests=tests))
    assert found.action == "isolated"
    assert found.command.startswith(command)


@pytest.mark.parametrize("action", WHY)
def test_a_plugin_that_a_command_takes_is_named(action: Action) -> None:
    options = set(command(action, 8, ["a.py::t"]).split()) - {"-n"}
    plugins = {"pytest-random-order" for option in options if option.startswith("--random-order")}
    assert all(plugin in WHY[action] for plugin in plugins)
    assert {option for option in options if option.startswith("--")} <= {
        *("--random-order", "--random-order-bucket=global"),  # of that plugin
        *("--cpu", "--vm", "--vm-bytes", "--timeout"),  # of stress-ng
    }


def test_two_workers_are_never_taken_for_one() -> None:
    idle = Situation([FAILS, PASSES], PRIOR, top_dose=1.4)
    assert trial_of(idle, "two").dose > PASSES.dose * 1.15
    assert trial_of(idle, "same").dose == 1.4


def test_the_answer_is_the_same_each_time() -> None:
    situation = Situation([FAILS, PASSES, FAILS], PRIOR)
    assert propose(situation) == propose(situation)


def reproduced(hypothesis: str, random: Random) -> Callable[[Trial], bool]:
    """Make a fault of load, of isolation, or one that comes and goes."""
    rate, threshold = random.uniform(0.5, 1), random.choice([1.4, 2.6, 4.5])
    works = random.random() < 0.7

    def fails(trial: Trial) -> bool:
        struck = {
            "load": trial.dose > threshold or (trial.kind == "stress" and works),
            "isolation": trial.kind in ("parallel", "random_order"),
            "intermittent": random.random() < 0.1,
        }
        return struck[hypothesis] and random.random() < rate

    return fails


def followed(hypothesis: str, seed: int) -> str:
    """Do as proposed until nothing more is, and name what the runs then say, if they do."""
    fails = reproduced(hypothesis, Random(seed))
    situation = Situation([FAILS, PASSES], PRIOR)
    for _ in range(14):
        if (found := propose(situation)) is None:
            break
        trial = trial_of(situation, found.action)
        made = trial._replace(failed=fails(trial))
        situation = replace(situation, trials=[*situation.trials, made])
    shares = posterior(evidence(pattern(situation.trials, 0)))
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= SURE else ""


@pytest.mark.parametrize("hypothesis", ["load", "isolation"])
def test_who_follows_the_proposals_finds_the_cause(hypothesis: str) -> None:
    named = [followed(hypothesis, seed) for seed in range(30)]
    decided = [name for name in named if name]
    assert len(decided) >= 12
    assert decided.count(hypothesis) >= 0.9 * len(decided)


def test_chance_is_blamed_on_parallelism_no_oftener_than_the_confidence_allows() -> None:
    named = [followed("intermittent", seed) for seed in range(60)]
    blamed = named.count("load") + named.count("isolation")
    assert blamed <= (1 - SURE) * len(named)
