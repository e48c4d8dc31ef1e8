"""Whether a moment of a kernel log lies within a run: clocks, zones, years that are not told."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import IntEnum

from diagnose.model import Run
from diagnose.oom import Moment

SLACK = 2.0  # seconds by which stamps of one machine may differ, whoever wrote them
QUARTER = 900.0  # zones are whole quarters of an hour from UTC
WEST_EAST = 14 * 3600.0
LONGEST = 6 * 3600.0  # a run whose end nobody saw


class Fit(IntEnum):
    """How well a kill fits into a run's time."""

    NEVER = 0
    ANY_ZONE = 1  # in some zone or other, as any time would
    UNTOLD = 2  # the log has no time, or the run has none
    SOME_ZONE = 3  # in a zone that the log does not name
    MEANWHILE = 4


def span(run: Run) -> tuple[float, float] | None:
    """Return when a run began and ended."""
    if run.started is None:
        return None
    if run.wall_seconds is not None:
        return run.started, run.started + run.wall_seconds
    seen = [event.time for event in run.events if event.time is not None]
    last = max(seen, default=run.started)
    return run.started, max(last, run.started + (0 if run.complete else LONGEST))


def time_of(when: Moment, near: float) -> float | None:
    """Say when it was; without a year, in the one that brings it nearest."""
    if when.time is not None or when.yearless is None:
        return when.time
    this = datetime.fromtimestamp(near, UTC).year
    undated = datetime.fromtimestamp(when.yearless, UTC)
    times = [_in_year(undated, year) for year in (this - 1, this, this + 1)]
    return min((t for t in times if t is not None), key=lambda t: abs(t - near), default=None)


def _in_year(undated: datetime, year: int) -> float | None:
    try:
        return undated.replace(year=year).timestamp()
    except (ValueError, OverflowError):
        return None  # the 29th of February of a year that has none


def fit(when: Moment, run: Run, *, utc: bool = False) -> Fit:
    """Say whether it happened while the run went on; `utc` if the log is known to keep UTC."""
    known = span(run)
    time = time_of(when, known[0]) if known else None
    if known is None or time is None:
        return Fit.UNTOLD
    slack = SLACK + when.error
    start, end = known[0] - slack, known[1] + slack
    if start <= time <= end:
        return Fit.MEANWHILE
    far = abs(time - start) > WEST_EAST + (end - start)
    if when.zoned or utc or far or (time - start) % QUARTER > end - start:
        return Fit.NEVER
    return Fit.SOME_ZONE if end - start < QUARTER / 2 else Fit.ANY_ZONE
