"""Results that are missing where the run was parallel: workers did not live to report."""

from collections.abc import Iterator

from diagnose.evidence._features import not_run_share
from diagnose.family import Evidence, Family
from diagnose.words import plural

SHARE = 0.05


def gather(family: Family) -> Iterator[Evidence]:
    """Look for parallel runs that lost tests without being told to stop."""
    for number in family.failed_runs:
        run = family.runs[number]
        if run.workers == 1 or not run.not_run:
            continue
        stopped = any(session.stopped for session in run.sessions)
        lost = not_run_share(run.not_run, run.not_run + run.counts["tests"])
        if lost > SHARE and not stopped:
            yield Evidence("results_missing", f"{plural(run.not_run, 'test')} of {run.label} lost")
            return
