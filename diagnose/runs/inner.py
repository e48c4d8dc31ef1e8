"""Sessions that a test started: graders and plug-ins run pytest, and print what it said.

A log then has sessions within a session. That it is so shows at the end: a total that counts the
tests of the outer session, beneath the header of another one, or of none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from diagnose.model import Event, Session, TestResult
from diagnose.runs.completeness import key_of
from diagnose.runs.sessions import WORDS
from diagnose.table import TestTable

if TYPE_CHECKING:
    from diagnose.runs.assemble import Reading

REPORTS = ("reportlog", "junit", "ctrf")


def without_inner(readings: Iterable[Reading]) -> list[Reading]:
    """Leave out what logs tell of inner sessions, where it can be told from what tests did.

    It can if a whole report names the tests of the run, or if none of them failed.
    """
    readings = list(readings)
    nested = [n for n, each in enumerate(readings) if _end_of_first(each) is not None]
    if nested:
        known = _named_by_reports(readings)
        for number in nested:
            readings[number] = _outer(readings[number], known)
    return readings


def _named_by_reports(readings: Sequence[Reading]) -> set[str]:
    """Collect the tests of the run; none where a report is torn, and others may be missing."""
    reports = [reading for reading in readings if reading.input.kind in REPORTS]
    whole = all(session.finished for reading in reports for session in reading.sessions)
    return {key for reading in reports for key in _keys(reading)} if whole else set()


def _keys(reading: Reading) -> Iterable[str]:
    yield from (result.key for result in reading.results)
    for table in reading.tables:
        yield from table.keys()


def _outer(log: Reading, known: set[str]) -> Reading:
    last = _end_of_first(log)
    if last is None or not (known or _is_green(log.sessions[last])):
        return log
    first, within = log.sessions[0], log.sessions[1].source.line
    end = log.sessions[last]
    outer = replace(first, finished=True, counts=end.counts, seconds=end.seconds, unfinished=())
    names = {key.rpartition("::")[2] for key in known}

    def is_own(result: TestResult) -> bool:
        own = result.key in known if result.id else result.name in names
        return own or result.source.line < within

    return replace(
        log,
        sessions=[outer, *log.sessions[last + 1 :]],
        results=[result for result in log.results if is_own(result)],
        tables=[_of(table, known) if known else table for table in log.tables],
        events=[e for e in log.events if e.source.line < within or _concerns(e, known)],
    )


def _end_of_first(log: Reading) -> int | None:
    """Find the session whose total is that of the first, which has none of its own."""
    first = next(iter(log.sessions), None)
    if log.input.kind != "pytest_log" or first is None or first.finished or not first.collected:
        return None
    for number, session in enumerate(log.sessions[1:], start=1):
        total = sum(session.counts.get(word, 0) for word in WORDS)
        if total == first.collected != session.collected:
            return number
    return None


def _is_green(session: Session) -> bool:
    return not session.counts.get("failed") and not session.counts.get("error")


def _concerns(event: Event, known: set[str]) -> bool:
    """Say whether an event is the run's own; inner sessions are interrupted, and crash."""
    if event.test:
        return key_of(event.test) in known
    return event.kind != "interrupted"


def _of(table: TestTable, known: set[str]) -> TestTable:
    kept = TestTable()
    kept.extend(row for row in table if row.key in known)
    return kept
