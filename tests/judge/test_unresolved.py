"""When all is well in the end: each test passed where it ran last, and none was lost."""

from dataclasses import replace

import pytest

from diagnose.diagnosis import Incident, TestCase
from diagnose.judge.retry import unresolved
from diagnose.model import Gap, GapKind, Run

FIRST = Run("first", unnamed={"passed": 3})
RETRY = Run("retry", unnamed={"passed": 1})


def incident(**outcomes: str) -> Incident:
    case = TestCase("tests/test_a.py::test_x", "tests.test_a", "test_x", outcomes=outcomes)
    return Incident("db_connections-1", "1 test failed", (case,), "resource_exhaustion")


@pytest.mark.parametrize("end", ["passed", "skipped"])
def test_a_test_that_failed_and_then_passed_is_settled(end: str) -> None:
    assert not unresolved([FIRST, RETRY], [incident(first="failed", retry=end)])


@pytest.mark.parametrize("end", ["failed", "error"])
def test_a_test_that_failed_again_is_not(end: str) -> None:
    assert unresolved([FIRST, RETRY], [incident(first="failed", retry=end)])


def test_a_test_that_nobody_tried_again_is_not() -> None:
    settled, open_ = incident(first="failed", retry="passed"), incident(first="error")
    assert unresolved([FIRST, RETRY], [settled, open_])


def test_the_order_in_which_the_runs_were_named_is_the_order_in_time() -> None:
    assert unresolved([RETRY, FIRST], [incident(first="failed", retry="passed")])


def test_green_runs_are_settled() -> None:
    assert not unresolved([FIRST, RETRY], [])


@pytest.mark.parametrize("kind", ["truncated", "never_finished", "lost"])
def test_a_run_that_was_not_seen_to_its_end_may_hide_a_failure(kind: GapKind) -> None:
    cut = replace(FIRST, gaps=(Gap("first", kind, "it breaks off"),))
    assert unresolved([cut, RETRY], [incident(first="failed", retry="passed")])


def test_tests_that_never_ran_may_hide_a_failure() -> None:
    assert unresolved([replace(FIRST, not_run=1)], [])


@pytest.mark.parametrize("runs", [[], [Run("first")], [FIRST, Run("retry")]])
def test_a_run_without_a_test_proves_nothing(runs: list[Run]) -> None:
    assert unresolved(runs, [])


def test_a_retry_need_not_run_what_it_does_not_retry() -> None:
    part = replace(RETRY, gaps=(Gap("retry", "missing_in_run", "3 tests did not run"),))
    assert not unresolved([FIRST, part], [incident(first="failed", retry="passed")])


def test_a_test_without_a_known_end_is_open() -> None:
    assert unresolved([FIRST], [incident()])
    assert unresolved([FIRST, RETRY], [incident(first="failed", retry="not_run")])
