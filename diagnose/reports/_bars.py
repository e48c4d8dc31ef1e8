"""Charts of letters, for reports that are read as text as often as drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from diagnose.model import Run
from diagnose.reports._charts import wilson
from diagnose.words import plural

WIDTH = 40  # letters of the longest bar
EIGHTHS = " ▏▎▍▌▋▊▉"
ROWS = 16


def by_workers(runs: tuple[Run, ...]) -> list[str]:
    """Draw the share of tests that failed over the numbers of workers, where there are several."""
    failed, tests = Counter[int](), Counter[int]()
    for run in runs:
        counts = run.counts
        failed[run.workers] += counts["failed"] + counts["errors"]
        tests[run.workers] += counts["tests"] - counts["skipped"]
    known = [workers for workers in sorted(tests) if tests[workers] > 0]
    if len(known) < 2 or not any(failed.values()):
        return []
    return list(_rows(known[:ROWS], failed, tests))


def _rows(known: list[int], failed: Counter[int], tests: Counter[int]) -> Iterator[str]:
    yield "tests that failed, in brackets the interval that holds nine times of ten"
    most = max(failed[workers] / tests[workers] for workers in known)
    named = [plural(workers, "worker") for workers in known]
    sums = [f"{failed[workers]:,} of {tests[workers]:,}" for workers in known]
    wide, long = max(map(len, named)), max(map(len, sums))
    for workers, name, said in zip(known, named, sums, strict=True):
        share = failed[workers] / tests[workers]
        low, high = wilson(failed[workers], tests[workers])
        number = f"{share:6.1%} ({low:.0%} to {high:.0%})"
        yield f"{name:>{wide}}  {said:>{long}}  {number:<20}  {bar(share / most)}".rstrip()


def bar(share: float) -> str:
    """Draw a bar as long as the share, to an eighth of a letter."""
    eighths = round(max(0.0, min(share, 1.0)) * WIDTH * 8)
    return "█" * (eighths // 8) + EIGHTHS[eighths % 8].strip()
