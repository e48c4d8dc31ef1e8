"""Whose words count for a failed test that has few of its own."""

import pytest

from diagnose.causes import patterns
from diagnose.evidence._prefilter import Patterns
from diagnose.evidence._words import NUMBER, _numberless, tell
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


def refused(status: int, count: int) -> list[TestResult]:
    said = f"assert {status} == 200"
    where = f"E    +  where {status} = <Response [{status}]>.status_code"
    error = Failure("failed", said, XML, f"E   {said}\n{where}")
    return [
        TestResult("tests.test_books", f"test_{status}_{n}", "failed", XML, failures=(error,))
        for n in range(count)
    ]


def test_a_status_is_no_number_among_others() -> None:
    results = [*refused(500, 15), *refused(429, 15)]
    told = tell([Run("n1", results=tuple(results))], PATTERNS)
    causes = [{hit.pattern.cause for hit in each.hits} for each in told]
    assert all("http_5xx" in found and "rate_limit" not in found for found in causes[:15])
    assert all("rate_limit" in found and "http_5xx" not in found for found in causes[15:])


@pytest.mark.parametrize(
    "said",
    [
        "AssertionError: {} != 200",
        "AssertionError: expected {} to equal 200",
        "Failed asserting that {} is identical to 200.",
        "Request failed with status code {}",
        "wrong status: got {} want 200",
        "Expected value to be equal to 200, but was:<{}>",
        "OSError: [Errno {}] somewhere",
    ],
)
def test_numbers_that_are_names_stay_apart_and_others_do_not(said: str) -> None:
    assert _numbered(said, 500) != _numbered(said, 429)
    assert _numbered(f"order 17: {said}", 500) == _numbered(f"order 9: {said}", 500)


def _numbered(said: str, number: int) -> str:
    return NUMBER.sub(_numberless, said.format(number))


def test_what_three_say_alike_is_not_read_again() -> None:
    told = tell([Run("n1", results=tuple(refused(500, 30)))], PATTERNS)
    assert [each.borrowed for each in told] == [False] * 3 + [True] * 27


def test_what_differs_is_read_on() -> None:
    others = [failed(f"test_{n}", "gw1", IN_USE if n % 2 else "", phase="call") for n in range(12)]
    told = tell([Run("n1", results=tuple(others))], PATTERNS)
    assert [each.borrowed for each in told] == [False] * 10 + [True] * 2
