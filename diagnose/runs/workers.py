"""How parallel a run was: stated, read, or estimated, and then marked as an estimate."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from diagnose.model import Session, TestResult, WorkersSource
from diagnose.runs.spec import RunSpec
from diagnose.table import TestTable

if TYPE_CHECKING:
    from diagnose.runs.assemble import Reading

# Eight workers keep some 5.6 tests going at once: what was measured of many suites.
EFFICIENCY = 0.83
SERIAL = 1.25  # up to here a run was serial, and its clock a little off


def workers_of(
    spec: RunSpec, readings: "list[Reading]", parallelism: float | None
) -> tuple[int, WorkersSource]:
    """Return the number of workers, and how it is known."""
    if spec.workers:
        return spec.workers, "stated"
    logs = [s for r in readings if r.input.kind == "pytest_log" for s in r.sessions]
    if known := [session.workers for session in logs if session.workers]:
        return max(known), "log"
    reported = max((_reported(r) for r in readings if r.input.kind != "pytest_log"), default=0)
    least = max((int(s.details.get("workers_at_least", 0)) for s in logs), default=0)
    if reported > 1 or (reported and not least):
        return max(reported, least), "report"
    parallel = parallelism is not None and parallelism > SERIAL
    if parallelism is not None and parallel:
        return max(2, least, round(parallelism ** (1 / EFFICIENCY))), "estimated"
    if least or any(_crashed(result) and result.worker for r in readings for result in r.results):
        return max(2, least), "estimated"  # xdist ran, and does not say with how many
    return 1, "log" if any(session.details.get("rootdir") for session in logs) else "estimated"


def _reported(reading: "Reading") -> int:
    """Return how many workers a report tells of: in a word, or by the names of its tests."""
    if said := [session.workers for session in reading.sessions if session.workers]:
        return max(said)
    named = {word for table in reading.tables for word in table.workers()}
    named |= {result.worker for result in reading.results if not _crashed(result)}
    return len(named - {""})


def _crashed(result: TestResult) -> bool:
    """Say whether it only tells of a worker that died: that is no census of workers."""
    return any(failure.phase == "crash" for failure in result.failures)


def wall_of(readings: "list[Reading]") -> float | None:
    """Return how long the run took, from the kind of file that says it best."""
    for kind in ("pytest_log", "junit", "reportlog", "ctrf"):
        spans = _spans(s for r in readings if r.input.kind == kind for s in r.sessions)
        if spans:
            return sum(spans)
    return None


def _spans(sessions: Iterable[Session]) -> list[float]:
    return [session.seconds for session in sessions if session.seconds and session.seconds > 0]


def started_of(readings: "list[Reading]") -> float | None:
    """Return when the first session of the run began."""
    starts = [s.started for r in readings for s in r.sessions if s.started is not None]
    return min(starts, default=None)


def parallelism_of(
    results: Iterable[TestResult], table: TestTable, wall: float | None
) -> float | None:
    """Return how many tests ran at once on the average: all durations over the wall clock."""
    if not wall:
        return None
    total = table.total_seconds() + sum(result.seconds or 0.0 for result in results)
    return total / wall if total > 0 else None
