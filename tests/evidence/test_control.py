"""The negative control: what passing tests wrote holds the words of the failures in check."""

from dataclasses import replace

import pytest

from diagnose.causes import catalogue, patterns
from diagnose.evidence._prefilter import Patterns
from diagnose.evidence._words import tell
from diagnose.family import Told
from diagnose.judge.signature import rank
from diagnose.model import Captured, Failure, Run, Source, TestResult
from diagnose.runs._sample import LONGEST, MOST, Sample

PATTERNS = Patterns(patterns())
XML = Source("r.xml", 1)
POOL = "QueuePool limit of size 5 overflow 10 reached, connection timed out, timeout 30.00"
RAISED = f"tests/test_a.py:3: in test_a\nE   sqlalchemy.exc.TimeoutError: {POOL}"


def result(number: int, outcome: str, output: str, text: str = "") -> TestResult:
    failures = (Failure("failed", "", XML, text),) if text else ()
    wrote = (Captured("log", output, XML),) if output else ()
    made = TestResult("t", f"test_{number}", "passed", XML, failures=failures, output=wrote)
    return replace(made, outcome="failed") if outcome == "failed" else made


def heard(*passing: str, failing: str = "assert 503 == 200", output: str = POOL) -> Told:
    run = Run(
        "n8",
        results=(result(0, "failed", output, f"E   {failing}"),),
        heard=tuple(result(n, "passed", text) for n, text in enumerate(passing)),
    )
    (told,) = tell([run], PATTERNS)
    return told


def weight(told: Told) -> float:
    (hit,) = [hit for hit in told.hits if hit.pattern.id == "db_connections.queuepool"]
    return hit.control.weight if hit.control else 1.0


def test_what_no_passing_test_says_keeps_its_weight() -> None:
    assert weight(heard()) == 1
    assert weight(heard(*["INFO started"] * 40)) == 1


def test_what_every_passing_test_says_is_worth_nothing() -> None:
    assert weight(heard(*[POOL] * 40)) < 0.01


def test_what_a_few_passing_tests_say_is_worth_less() -> None:
    rare = weight(heard(POOL, *["INFO started"] * 99))
    often = weight(heard(*[POOL] * 10, *["INFO started"] * 90))
    assert 0.3 < often < rare < 1


def test_what_was_raised_loses_half_of_what_was_logged() -> None:
    raised = heard(*[POOL] * 40, failing=f"sqlalchemy.exc.TimeoutError: {POOL}", output="")
    assert weight(raised) == pytest.approx(0.5, abs=0.01)


def test_a_passing_serial_run_is_a_control_of_the_parallel_one() -> None:
    loud = Run("s", heard=tuple(result(n, "passed", POOL) for n in range(40)))
    bad = Run("n8", results=(result(0, "failed", POOL, "E   assert 503 == 200"),), workers=8)
    (told,) = tell([loud, bad], PATTERNS)
    assert weight(told) < 0.01


def test_the_cause_is_believed_less() -> None:
    def belief(told: Told) -> float:
        rows = rank(told.hits, told.facts, catalogue())
        return next(row.belief for row in rows if row.cause == "db_connections")

    assert belief(heard(*[POOL] * 40)) < belief(heard()) / 2


def test_failures_that_say_the_same_still_share_their_hits() -> None:
    many = [result(n, "failed", POOL, RAISED) for n in range(50)]
    run = Run("n8", results=tuple(many), heard=(result(99, "passed", POOL),))
    assert len({id(told.hits) for told in tell([run], PATTERNS)}) <= 10


def test_a_sample_is_spread_over_the_input_and_bounded() -> None:
    sample = Sample()
    for number in range(10_000):
        sample.offer(result(number, "passed", "x" * (LONGEST + 1)))
    kept = [int(each.name.removeprefix("test_")) for each in sample.kept]
    assert MOST / 2 <= len(kept) <= MOST
    assert kept == sorted(kept)
    assert kept[-1] > 9_900
    assert all(len(each.output[0].text) == LONGEST for each in sample.kept)


def test_what_failed_or_was_silent_is_no_control() -> None:
    sample = Sample()
    for made in (result(0, "failed", POOL, "E   assert 0"), result(1, "passed", "")):
        sample.offer(made)
    assert sample.kept == []
