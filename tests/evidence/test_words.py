"""Whose words count for a failed test that has few of its own."""

import pytest

from diagnose.causes import patterns
from diagnose.evidence._prefilter import Patterns
from diagnose.evidence._words import tell
from diagnose.model import Captured, Failure, Outcome, Phase, Run, Source, TestResult

PATTERNS = Patterns(patterns())
XML = Source("r.xml", 1)
RAISED = "E   ShopDidNotStart: the shop ended with 1"
IN_USE = "OSError: [Errno 98] Address already in use"


def failed(name: str, worker: str, output: str = "", phase: Phase = "setup") -> TestResult:
    outcome: Outcome = "error" if phase == "setup" else "failed"
    return TestResult(
        "tests.test_books",
        name,
        outcome,
        XML,
        worker=worker,
        failures=(Failure(outcome, RAISED[4:], XML, RAISED, phase=phase),),
        output=(Captured("stdout", output, XML),) if output else (),
    )


def knowing(*results: TestResult) -> list[str]:
    """Name the tests that are known to have met a port in use."""
    told = tell([Run("n4", results=results, workers=4)], PATTERNS)
    return [
        each.result.name
        for each in told
        if any(hit.pattern.cause == "port_conflict" for hit in each.hits)
    ]


def test_a_fixture_that_failed_says_why_to_the_first_who_asked_alone() -> None:
    first, later = failed("test_a", "gw1", IN_USE), failed("test_b", "gw1")
    assert knowing(first, later) == ["test_a", "test_b"]


@pytest.mark.parametrize(
    "other",
    [
        failed("test_b", "gw2"),
        failed("test_b", "gw1", "listening"),
        failed("test_b", "gw1", phase="call"),
    ],
    ids=["of another worker", "with words of its own", "that is no fixture's"],
)
def test_a_failure_does_not_speak_for_another(other: TestResult) -> None:
    assert knowing(failed("test_a", "gw1", IN_USE), other) == ["test_a"]
