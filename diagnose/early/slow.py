"""Tests that pass and take so long that a little load makes time-outs of them."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.diagnosis import Diagnosis, EarlyWarning
from diagnose.model import Run, Source
from diagnose.words import plural, some

RANK = 3
SLOW = 10.0  # seconds
MOST_NAMED = 100


def look(diagnosis: Diagnosis) -> Iterator[EarlyWarning]:
    """Find them in the run with the fewest workers: beside others, everything is slower."""
    timed = [run for run in diagnosis.runs if run.counts["passed"]]
    calm = min(timed, key=lambda run: run.workers, default=None)
    slow = sorted(_slow(calm), reverse=True) if calm else []
    if calm and slow:
        seconds, name = slow[0]
        others = some([test for _, test in slow[1:]], 2)
        text = f"{calm.label}: {plural(len(slow), 'test')} took more than {SLOW:g} s and passed"
        text += f", the longest {seconds:.0f} s: {name}" + (f"; {others}" if others else "")
        tests = tuple(test for _, test in slow[:MOST_NAMED])
        yield EarlyWarning("slow", text, "", _source(calm, name), tests)


def _slow(run: Run) -> Iterator[tuple[float, str]]:
    for row in run.table.longer(SLOW):
        if row.outcome == "passed":
            yield row.seconds, row.key
    for result in run.results:
        if result.outcome == "passed" and result.seconds and result.seconds > SLOW:
            yield result.seconds, result.id or result.key


def _source(run: Run, name: str) -> Source:
    """Name the line if the test was kept with it, else the file that has its duration."""
    known = (r.source for r in run.results if name in (r.id, r.key))
    return next(known, Source(run.inputs[0].path if run.inputs else run.label))
