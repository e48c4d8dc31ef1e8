"""Which families, each judged by itself, turn out to be one."""

from dataclasses import replace

import pytest

from diagnose.diagnosis import Incident, Verdict
from diagnose.family import Family, Told
from diagnose.judge.reunion import Member, reunited
from diagnose.judge.signature import Ranked
from diagnose.model import Run, Source, TestResult

XML = Source("r.xml", 1)
RUNS = (Run("serial", workers=1), Run("n4", workers=4), Run("n8", workers=8))


def member(label: str, *tests: str, runs: tuple[int, ...] = (2,)) -> Member:
    """Make a family of these tests; its one ranking is of its label."""
    told = tuple(
        Told(run, TestResult("tests.test_a", name, "failed", XML)) for run in runs for name in tests
    )
    outcomes = {each.result.key: dict.fromkeys(runs, "failed") for each in told}
    ranked = [Ranked("resource_exhaustion", label, 20.0, 0.9)]
    return Family(RUNS, told, outcomes, label), [ranked]


def said(cause: str, verdict: Verdict = "resource_exhaustion") -> Incident:
    return Incident("x", "", (), verdict, cause, 0.8)


STARVED = said("starved_response")
ROWS, KEYS = member("assertion", "row_1", "row_2"), member("bad_test_code", "key_1")


def test_one_shortage_of_the_same_runs_is_one_family() -> None:
    found = reunited([KEYS, ROWS], [STARVED, STARVED])
    assert found is not None
    [(family, ranks)] = found
    assert sorted(family.outcomes) == [f"tests.test_a::{t}" for t in ("key_1", "row_1", "row_2")]
    assert family.cause == "assertion"
    assert ranks == [*KEYS[1], *ROWS[1]]


def test_where_words_name_the_cause_the_others_are_not_asked() -> None:
    named = member("starved_response", "read_1")
    found = reunited([ROWS, named], [STARVED, STARVED])
    assert found is not None
    [(family, ranks)] = found
    assert family.cause == "starved_response"
    assert ranks == named[1]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(said("db_connections"), id="another shortage"),
        pytest.param(said("starved_response", "service_fault"), id="another verdict"),
        pytest.param(replace(STARVED, confidence=0.4), id="not likely enough"),
    ],
)
def test_two_roots_stay_two_families(other: Incident) -> None:
    assert reunited([ROWS, KEYS], [STARVED, other]) is None


def test_a_shortage_of_no_name_unites_nobody() -> None:
    unnamed = said("cpu_starvation")
    assert reunited([ROWS, KEYS], [unnamed, unnamed]) is None


def test_what_failed_in_other_runs_stays_apart() -> None:
    elsewhere = member("bad_test_code", "key_1", runs=(1,))
    assert reunited([ROWS, elsewhere], [STARVED, STARVED]) is None
    both = member("assertion", "row_1", "row_2", runs=(1, 2))
    assert reunited([both, elsewhere], [STARVED, STARVED]) is not None


def test_the_largest_family_comes_first() -> None:
    crowd = member("assertion", *(f"sum_{n}" for n in range(9)))
    found = reunited([ROWS, KEYS, crowd], [STARVED, STARVED, said("assertion", "service_fault")])
    assert found is not None
    assert [len(family.outcomes) for family, _ in found] == [9, 3]
