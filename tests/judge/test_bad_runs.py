"""A test that fails serially in other words has not passed there."""

from diagnose.family import Family, Told
from diagnose.judge.ledger import comparison
from diagnose.judge.verdict import trials_of
from diagnose.model import Outcome, Run, Source, TestResult

RUNS = (Run("serial"), Run("n8", workers=8))


def family(*serial: Outcome) -> Family:
    """Make a family of tests that all fail in parallel, and end so in the serial run."""
    names = [f"test_{number}" for number in range(len(serial))]
    told = [Told(1, TestResult("tests.m", name, "failed", Source("a.xml", 1))) for name in names]
    outcomes = {
        each.result.key: {0: end, 1: "failed"} for each, end in zip(told, serial, strict=True)
    }
    return Family(RUNS, tuple(told), outcomes)


def test_a_run_in_which_most_of_its_tests_failed_in_other_words_is_a_bad_one() -> None:
    found = family("failed", "error", "passed")
    assert found.failed_runs == [1]
    assert found.bad_runs == {0, 1}
    assert [trial.failed for trial in trials_of(found)] == [True, True]
    assert comparison(found) == "fails in serial, n8 (8 workers)"


def test_one_test_of_many_that_failed_in_other_words_spoils_no_run() -> None:
    found = family("passed", "passed", "failed")
    assert [trial.failed for trial in trials_of(found)] == [False, True]
    assert "passes in serial" in comparison(found)
