"""Which tests to keep from running beside each other, by their exact ids."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.advice._case import Case, cases
from diagnose.advice._project import option
from diagnose.advice._serial import CONFTEST, GROUPED, LIST, causes
from diagnose.diagnosis import Advice, Diagnosis, Patch
from diagnose.words import plural, some

RANK = 2
MOST = 5000  # lines of the list; a suite of which more must run alone should not run in parallel


def advise(diagnosis: Diagnosis) -> Iterator[Advice]:
    """List the tests that fail beside others only."""
    found = [case for case in cases(diagnosis, causes()) if case.parallel_only and case.ids]
    found = [case for case in found if not _too_large(diagnosis, case)]
    ids = sorted({name for case in found for name in case.ids})[:MOST]
    if not ids:
        return
    workers = max(run.workers for case in found for run in case.failing)
    yield Advice(
        "serial",
        title=f"Run {plural(len(ids), 'test')} one at a time until the cause is gone",
        why=(
            f"{_seen(found)} ({_why(found)}). In one group, they run "
            "one after another, all other tests still run in parallel, and no test has to be "
            f"changed: {LIST} names them."
        ),
        effect=(
            f"At most one of the {len(ids)} runs at a time instead of up to {workers}. "
            "It works around the cause, and hides it: take lines out as it goes."
        ),
        proof=f"pytest -n {workers} --dist loadgroup",
        patches=(
            Patch(LIST, "text", "\n".join(ids) + "\n"),
            Patch("conftest.py", "python", CONFTEST),
            option(diagnosis, "addopts", GROUPED, "beside the options that stand there"),
        ),
        incidents=tuple(case.id for case in found),
    )


def _too_large(diagnosis: Diagnosis, case: Case) -> bool:
    """Say whether a test was killed that would not fit alone either."""
    labels = {run.label for run in case.failing}
    killed = {kill.incident for kill in diagnosis.kernel.kills if kill.run in labels}
    sized = [k.safe_workers for k in diagnosis.kernel.incidents if k.id in killed]
    return case.incident.cause == "oom_kill" and any(safe and not safe.n for safe in sized)


def _seen(found: list[Case]) -> str:
    """Say what the runs show: that others are the reason only if a run without them passed."""
    if all(case.below for case in found):
        return "They failed only beside others"
    return "They failed beside others, and no run shows them alone"


def _why(found: list[Case]) -> str:
    return some([f"{case.tests}: {case.incident.cause}" for case in found])
