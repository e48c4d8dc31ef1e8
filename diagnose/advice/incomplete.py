"""Runs that were cut short: what is not there can't have passed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diagnose.advice._case import labels
from diagnose.diagnosis import Advice, Diagnosis, Patch
from diagnose.model import Run
from diagnose.words import plural, some

RANK = 3
BAD = ("failed", "error")
RUN = """\
# every test gets its turn, and the log of tests is written as they end
pip install pytest-reportlog
pytest --maxfail=0 --report-log=report.jsonl --junitxml=junit.xml
"""


def advise(diagnosis: Diagnosis) -> Iterator[Advice]:
    """Advise to let incomplete runs end before they are compared."""
    cut = [run for run in diagnosis.runs if not run.complete or run.not_run]
    if not cut:
        yield from _suspected(diagnosis)
        return
    absent = sum(run.not_run for run in cut)
    never = f" {plural(absent, 'test')} never ran there." if absent else ""
    why = list(dict.fromkeys(filter(None, map(_stopped, cut))))
    stopped = f" {some(why)}." if why else ""
    asked = any("stopping after" in said or "maxfail" in said for said in why)
    without = ", without --maxfail" if asked else ""
    yield Advice(
        "incomplete",
        title=f"Let the incomplete {'run' if len(cut) == 1 else 'runs'} end{without}",
        why=(
            f"{labels(cut)} {'is' if len(cut) == 1 else 'are'} incomplete.{never}{stopped} A test "
            "that is absent there has neither failed nor passed."
        ),
        effect="Each test has an outcome in each run, and the runs can be compared in full.",
        proof="pytest --maxfail=0 --junitxml=junit.xml",
        patches=(Patch("job.sh", "shell", RUN),),
    )


def _suspected(diagnosis: Diagnosis) -> Iterator[Advice]:
    """Point at runs that lack most tests of the others, and do not say that they were cut."""
    absent = {gap.run: gap.total for gap in diagnosis.gaps if gap.kind == "missing_in_run"}
    ran = {run.label: run.counts["tests"] for run in diagnosis.runs}
    short = [run for run in diagnosis.runs if absent.get(run.label, 0) > ran[run.label]]
    short = [run for run in short if not _retries(run, diagnosis)]
    if not short:
        return
    figures = [f"{run.label} ran {ran[run.label]} and lacks {absent[run.label]}" for run in short]
    yield Advice(
        "incomplete",
        title=f"See whether {labels(short)} {'was' if len(short) == 1 else 'were'} cut short",
        why=(
            f"Of the tests of the other runs, {some(figures)}. If --maxfail, -x or Ctrl-C ended "
            "it, it is incomplete: a test that is absent has neither failed nor passed. If a part "
            "was chosen on purpose, all is well."
        ),
        effect="Each test has an outcome in each run, and the runs can be compared in full.",
        proof="pytest --maxfail=0 --junitxml=junit.xml",
        patches=(Patch("job.sh", "shell", RUN),),
    )


def _retries(run: Run, diagnosis: Diagnosis) -> bool:
    """Say whether all that a run ran are tests that failed elsewhere: it was meant to be short."""
    tests = [test.outcomes for incident in diagnosis.incidents for test in incident.tests]
    again = [ends for ends in tests if run.label in ends and _failed_elsewhere(run, ends)]
    return 0 < len(again) == run.counts["tests"]


def _failed_elsewhere(run: Run, ends: Mapping[str, str]) -> bool:
    return any(end in BAD for label, end in ends.items() if label != run.label)


def _stopped(run: Run) -> str:
    said = next((session.stopped for session in run.sessions if session.stopped), "")
    said = "".join(letter for letter in said[:120] if letter.isprintable())
    return f"{run.label}: {said}" if said else ""
