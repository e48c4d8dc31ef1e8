"""Two accounts of one test made into one."""

from dataclasses import replace

from diagnose.model import Attempt, Failure, Outcome, TestResult
from diagnose.table import Row

WORST: tuple[Outcome, ...] = ("not_run", "skipped", "passed", "failed", "error")


def combine(first: TestResult, second: TestResult) -> TestResult:
    """Join two entries that one file has for a test: a call and its teardown, or two tries."""
    if any(failure.phase == "teardown" for failure in second.failures):
        return replace(
            first,
            outcome=_worse(first.outcome, second.outcome),
            failures=(*first.failures, *second.failures),
            output=(*first.output, *second.output),
        )
    tries = (*_tries(first), *_tries(second))
    return replace(
        second,
        failures=first.failures or second.failures,
        output=(*first.output, *second.output),
        attempts=tries,
    )


def enrich(known: TestResult, other: TestResult, *, keep_id: bool = False) -> TestResult:
    """Add to a test what another file says of it; what is known stays.

    A node id that a log prints is better than one that was guessed from JUnit's class names.
    """
    settled = known.attempts or other.attempts
    return replace(
        known,
        outcome=known.outcome if settled else _worse(known.outcome, other.outcome),
        id=(known.id or other.id) if keep_id else (other.id or known.id),
        file=known.file or other.file,
        line=known.line or other.line,
        seconds=other.seconds if known.seconds is None else known.seconds,
        start=other.start if known.start is None else known.start,
        worker=known.worker or other.worker,
        failures=_failures(known.failures, other.failures),
        output=known.output or other.output,
        attempts=max(known.attempts, other.attempts, key=len),
        properties={**other.properties, **known.properties},
    )


def enrich_row(known: TestResult, row: Row) -> TestResult:
    """Add to a test what a row of another file says of it."""
    return replace(
        known,
        seconds=row.seconds
        if known.seconds is None and row.seconds == row.seconds
        else known.seconds,
        start=row.start if known.start is None and row.start == row.start else known.start,
        worker=known.worker or row.worker,
    )


def _tries(result: TestResult) -> tuple[Attempt, ...]:
    return result.attempts or (Attempt(result.outcome, result.failures),)


def _worse(one: Outcome, other: Outcome) -> Outcome:
    return max(one, other, key=WORST.index)


def _failures(known: tuple[Failure, ...], other: tuple[Failure, ...]) -> tuple[Failure, ...]:
    """Keep the failures that have words; learn a phase that only the other knows.

    Of a crash, and of a module that could not be collected, pytest's JUnit says less than its log.
    """
    if not known or not any(failure.text for failure in known):
        return other or known
    if other and all(failure.phase in ("crash", "collect") for failure in known):
        return other
    phases = [failure.phase for failure in other]
    if len(phases) != len(known):
        return known
    return tuple(
        failure if failure.phase else replace(failure, phase=phase)
        for failure, phase in zip(known, phases, strict=True)
    )
