"""Incidents that nothing decides: the run that would."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.advice._case import cases, labels, listed
from diagnose.diagnosis import Advice, Diagnosis

RANK = 3


def advise(diagnosis: Diagnosis) -> Iterator[Advice]:
    """Advise on the run that tells most, where no cause is known."""
    for case in cases(diagnosis, {"unknown"}):
        run = case.incident.next_run
        missing = f" Missing: {case.incident.missing[0]}." if case.incident.missing else ""
        at = f" at {case.place}" if case.place else ""
        yield Advice(
            "undecided",
            title="Make the one run that would tell before anything is changed",
            why=f"{case.tests} failed in {labels(case.failing)}{at}: {case.raised}.{missing}",
            effect=run.why if run else "Alone and in the whole suite: two outcomes tell more.",
            proof=run.command if run else f"pytest -n 0 {listed(case.ids)}",
            incidents=(case.id,),
        )
