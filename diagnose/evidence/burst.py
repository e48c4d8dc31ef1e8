"""Failures close together in time, over several workers: one event hit them all."""

from collections.abc import Iterator

from diagnose.evidence._features import BURST_FAILURES, is_burst
from diagnose.family import Evidence, Family
from diagnose.words import plural


def gather(family: Family) -> Iterator[Evidence]:
    """Look where the failures stand among all tests of a run, in the order of their starts."""
    for number in family.failed_runs:
        run = family.runs[number]
        failed = sorted(told.result.start for told in family.in_run(number) if told.result.start)
        if len(failed) < BURST_FAILURES:
            continue
        others = run.table.starts()
        others += [result.start for result in run.results if result.start]
        starts = sorted({*others, *failed})
        if len(others) < 2 * len(failed):
            continue
        places = {start: place for place, start in enumerate(starts)}
        if is_burst([places[start] for start in failed], len(starts)):
            workers = {told.result.worker for told in family.in_run(number)}
            spread = f" over {plural(len(workers), 'worker')}" if len(workers) > 1 else ""
            text = f"{plural(len(failed), 'failure')} within moments{spread} in {run.label}"
            yield Evidence("burst", text)
            return
