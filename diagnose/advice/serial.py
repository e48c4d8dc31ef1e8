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
    ids = sorted({name for case in found for name in case.ids})[:MOST]
    if not ids:
        return
    workers = max(run.workers for case in found for run in case.failing)
    yield Advice(
        "serial",
        title=f"Run {plural(len(ids), 'test')} one at a time until the cause is gone",
        why=(
            f"They failed only beside others ({_why(found)}). In one group, they run "
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


def _why(found: list[Case]) -> str:
    return some([f"{case.tests}: {case.incident.cause}" for case in found])
