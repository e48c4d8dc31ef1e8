"""Which tests deserve another try: those that the way they were run, or the machine, let down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from diagnose.diagnosis import Incident, TestCase
from diagnose.model import Run
from diagnose.words import plural

WORTH = {"resource_exhaustion", "environment"}
SURE = {"verdict", "likely"}
WHY_NOT = {
    "service_fault": "the code under test looks wrong, and a retry would hide it",
    "test_isolation": "the tests disturb each other, and would again",
    "test_defect": "the test itself is wrong",
    "inconclusive": "nobody knows why it failed",
}


BAD = ("failed", "error")
UNSEEN = ("truncated", "never_finished", "lost")


class Retry(NamedTuple):
    """The node ids to run again, and a sentence for each group of tests that is not among them."""

    ids: tuple[str, ...]
    refused: tuple[str, ...]


def retry(incidents: Iterable[Incident]) -> Retry:
    """Choose the tests to run again."""
    ids: dict[str, None] = {}
    refused = []
    for incident in incidents:
        why = _why_not(incident)
        if why:
            refused.append(f"{incident.id}: {plural(len(incident.tests), 'test')}: {why}")
            continue
        for test in incident.tests:
            if problem := _unusable(test):
                refused.append(f"{incident.id}: {test.id}: {problem}")
            else:
                ids[test.id] = None
    return Retry(tuple(ids), tuple(refused))


def unresolved(runs: Sequence[Run], incidents: Iterable[Incident]) -> bool:
    """Say whether a test failed where it ran last, or may never have run.

    The runs are in the order in which they were named: a retry stands behind what it retries.
    """
    if not runs or any(map(_unseen, runs)):
        return True
    return any(_failed_last(test, runs) for each in incidents for test in each.tests)


def _unseen(run: Run) -> bool:
    """Say whether tests of a run are missing, be it all of them."""
    cut = any(gap.kind in UNSEEN for gap in run.gaps)
    return bool(cut or run.not_run or not run.counts["tests"])


def _failed_last(test: TestCase, runs: Sequence[Run]) -> bool:
    ends = [test.outcomes.get(run.label, "not_run") for run in runs]
    ran = [end for end in ends if end != "not_run"]
    return not ran or ran[-1] in BAD


def _why_not(incident: Incident) -> str:
    if incident.verdict not in WORTH:
        known = incident.wording in SURE or incident.verdict == "inconclusive"
        return f"{'' if known else 'perhaps '}{WHY_NOT[incident.verdict]}"
    if incident.wording not in SURE:
        name = incident.verdict.replace("_", " ")
        return f"{name} is not sure enough ({incident.confidence:.0%})"
    return ""


def _unusable(test: TestCase) -> str:
    """Say why pytest can't be given the name; one that it takes for something else is refused."""
    return next(_faults(test), "")


def _faults(test: TestCase) -> Iterator[str]:
    file = test.id.partition("::")[0]
    if not test.id.isprintable() or test.id != test.id.strip():
        yield "its name holds characters that would end the line"
    if test.id.startswith(("-", "@")):
        yield "its name would be taken for an option or a file of options"
    if "[redacted" in test.id:
        yield "a secret in its name was left out; --no-redact keeps it"
    if not file.endswith(".py") and file != test.file:
        yield "its file is not known, so pytest would not find it"
    if file.startswith(("/", "~")) or ".." in file.replace("\\", "/").split("/") or ":" in file:
        yield "its file lies outside the project"
