"""Tests that pass, and take longer in parallel: something is scarce.

Where they take no longer, processors are not: who found nothing then waited for what never came.
"""

from collections.abc import Iterator
from functools import lru_cache

from diagnose.evidence._features import Inflation, duration_inflation, inflation_odds
from diagnose.family import Evidence, Family
from diagnose.table import CODES, TestTable

SLOWER = 1.5
AS_FAST = 1.25
HURRIED = "cpu_starvation"  # the cause that all that runs beside would feel


def gather(family: Family) -> Iterator[Evidence]:
    """Compare tests that passed serially with the same ones where the family failed."""
    serial = next((run for run in family.runs if run.workers == 1 and len(run.table)), None)
    failed = [family.runs[number] for number in family.failed_runs]
    parallel = max(failed, key=lambda run: run.workers)
    if serial is None or parallel.workers == 1:
        return
    found = _between(serial.table, parallel.table, len(serial.table) + len(parallel.table))
    if found and found.low > SLOWER:
        text = (
            f"{found.tests} passing tests take {found.ratio:.1f} times as long with"
            f" {parallel.workers} workers ({found.low:.1f} to {found.high:.1f})"
        )
        yield Evidence("inflation", text, weight=min(1.0, inflation_odds(found.ratio) / 2))
    elif found and found.high < AS_FAST and family.cause == HURRIED:
        told = f"{found.tests} passing tests are as fast with {parallel.workers} workers"
        yield Evidence("unhurried", f"{told} as serially")


@lru_cache(maxsize=4)  # thousands of families ask it of the same two runs
def _between(serial: TestTable, parallel: TestTable, size: int) -> Inflation | None:
    """Compare the tests that passed in both; `size` tells a table that has grown from itself."""
    del size
    before = _passed(serial)
    return duration_inflation([(before[k], s) for k, s in _passed(parallel).items() if k in before])


def _passed(table: TestTable) -> dict[str, float]:
    code = CODES["passed"]
    return {key: s for key, outcome, s in table.timed() if outcome == code and s == s}
