"""Tests that pass, and take longer in parallel: something is scarce."""

from collections.abc import Iterator

from diagnose.evidence._features import duration_inflation, inflation_odds
from diagnose.family import Evidence, Family
from diagnose.model import Run

SLOWER = 1.5


def gather(family: Family) -> Iterator[Evidence]:
    """Compare tests that passed serially with the same ones where the family failed."""
    serial = next((run for run in family.runs if run.workers == 1 and len(run.table)), None)
    failed = [family.runs[number] for number in family.failed_runs]
    parallel = max(failed, key=lambda run: run.workers)
    if serial is None or parallel.workers == 1:
        return
    before = _passed(serial)
    pairs = [(before[k], s) for k, s in _passed(parallel).items() if k in before]
    found = duration_inflation(pairs)
    if found and found.low > SLOWER:
        text = (
            f"{found.tests} passing tests take {found.ratio:.1f} times as long with"
            f" {parallel.workers} workers ({found.low:.1f} to {found.high:.1f})"
        )
        yield Evidence("inflation", text, weight=min(1.0, inflation_odds(found.ratio) / 2))


def _passed(run: Run) -> dict[str, float]:
    return {
        row.key: row.seconds
        for row in run.table
        if row.outcome == "passed" and row.seconds == row.seconds
    }
