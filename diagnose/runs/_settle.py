"""The tests of one file: where pytest writes an id twice it is one test, elsewhere it is two."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from diagnose.model import Attempt, Source, TestResult
from diagnose.runs._merge import combine
from diagnose.table import Row, TestTable

if TYPE_CHECKING:
    from diagnose.runs.assemble import Reading


class Settled(NamedTuple):
    """Results by their key, rows of other tests, and keys that are there twice."""

    results: dict[str, TestResult]
    table: TestTable
    twins: list[str]


def settle(reading: Reading) -> Settled:
    """Put together what a file says of a test in several places."""
    pytest = any(session.runner == "pytest" for session in reading.sessions)
    found = Settled({}, TestTable.together(t for t in reading.tables if len(t)), [])
    for result in map(_as_the_runner_says, reading.results):
        _put(found, result, pytest)
    if not pytest or reading.input.kind != "junit":
        return found
    rows = found.table.find(found.results.keys())
    table = found.table.without(rows.keys())
    for key, tries in Counter(row.key for row in rows.values()).items():
        found.results[key] = _retried(found.results[key], tries)
    counted = sum(session.counts.get("tests", 0) for session in reading.sessions)
    if len(table) + len(found.results) > counted > 0:
        table = _green_reruns(table, found.results, reading.input.path)
    return found._replace(table=table)


def _as_the_runner_says(result: TestResult) -> TestResult:
    """Call a worker's crash a failure, as pytest's console does; its JUnit says error in setup."""
    if result.outcome == "error" and any(f.phase == "crash" for f in result.failures):
        return replace(result, outcome="failed")
    return result


def _put(found: Settled, result: TestResult, pytest: bool) -> None:
    key = result.key
    if key not in found.results:
        found.results[key] = result
    elif pytest:
        found.results[key] = combine(found.results[key], result)
    else:
        found.twins.append(key)
        found.results[f"{key}\0{len(found.results)}"] = result


def _retried(result: TestResult, tries: int) -> TestResult:
    """Read pytest-rerunfailures' JUnit: each try before the last stands there as if it passed."""
    if result.attempts:
        return result
    if all(failure.phase == "teardown" for failure in result.failures):
        return result  # the row is the call that passed before the teardown failed
    before = (Attempt("failed"),) * tries
    return replace(result, attempts=(*before, Attempt(result.outcome, result.failures)))


def _green_reruns(table: TestTable, results: dict[str, TestResult], path: str) -> TestTable:
    """Take rows of one key as tries of one test, which passed in the end."""
    tries = Counter(table.keys())
    again = {key for key, number in tries.items() if number > 1}
    rows = table.find(again)
    for row in rows.values():
        results[row.key] = _passed_at_last(row, tries[row.key], path)
    return table.without(rows.keys())


def _passed_at_last(row: Row, tries: int, path: str) -> TestResult:
    return TestResult(
        row.classname,
        row.name,
        "passed",
        Source(path),
        seconds=None if row.seconds != row.seconds else row.seconds,
        worker=row.worker,
        attempts=(*(Attempt("failed"),) * (tries - 1), Attempt("passed")),
    )
