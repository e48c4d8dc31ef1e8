"""What the reports for people say of an incident, in words that they share."""

import re
from collections.abc import Iterator

from diagnose.diagnosis import Diagnosis, Incident, Item, TestCase
from diagnose.model import Failure, Run, Source, TestResult
from diagnose.reports._text import line

BAD = ("failed", "error")
SILENT = ("prior", "bounds")
LIGHT = 0.5  # decibans that nobody need read of
WORTH_SAYING = 0.05
TOLD_IN_FULL = 100  # incidents on a page; the others are in its table
EXAMPLES = 3  # failures of an incident whose words are shown
Failures = dict[str, list[tuple[Run, TestResult]]]  # of a test, by its key
MEANS = {
    "resource_exhaustion": "How the tests are run uses something up: change that, not the code.",
    "service_fault": "The code or the service is wrong: to run the tests otherwise only hides it.",
    "test_isolation": "The tests disturb one another: each would pass if it had its own.",
    "environment": "The machine, the network, or what is installed there is at fault.",
    "test_defect": "The test itself is wrong.",
    "inconclusive": "What there is to read does not tell whose problem it is.",
}
WORDING = {"verdict": "", "likely": "likely ", "undetermined": "undetermined, perhaps "}

DETAILED = re.compile(r"(.+?) \((.+)\)((?:; [\d,]+ tests? never ran)?)")


def verdict_of(incident: Incident) -> str:
    """Name the verdict as sure as it is."""
    if incident.verdict == "inconclusive":
        return "don't know"
    return f"{WORDING[incident.wording]}{incident.verdict.replace('_', ' ')}"


def meaning_of(incident: Incident) -> str:
    """Say whose problem it is, no surer than the verdict."""
    said = _means(incident)
    if incident.wording == "verdict" or incident.verdict == "inconclusive":
        return said
    if incident.wording == "likely":
        return f"Most likely {_clause(said)}."
    named = {incident.verdict, "inconclusive"}
    told = [each for each in incident.alternatives if each.confidence >= WORTH_SAYING]
    other = next((each.verdict for each in told[:1] if each.verdict in MEANS.keys() - named), "")
    return f"Perhaps {_clause(said)}{other and f', perhaps {_clause(MEANS[other])}'}."


def _means(incident: Incident) -> str:
    """Say what the verdict means; where one test is guilty, how tests are run is not the point."""
    guilty = sum(test.role == "culprit" for test in incident.tests)
    if incident.verdict != "resource_exhaustion" or not guilty:
        return MEANS[incident.verdict]
    subject = "One test uses" if guilty == 1 else "Some tests use"
    return f"{subject} something up: look there first."


def _clause(said: str) -> str:
    """Take what is so, without what follows from it: doubt must not tell anybody what to do."""
    first = said.rstrip(".").partition(": ")[0]
    return f"{first[0].lower()}{first[1:]}"


def parted(headline: str) -> tuple[str, str]:
    """Part what happened from the words of the error, which a headline has in brackets."""
    found = DETAILED.fullmatch(headline)
    return (f"{found[1]}{found[3]}", found[2]) if found else (headline, "")


def place(source: Source) -> str:
    """Write where something stands."""
    path = line(source.path, 400)
    return f"{path}:{source.line}" if source.line else path


def weighed(incident: Incident) -> list[Item]:
    """Return the ledger, what weighs most first, without what weighs nothing and quotes nothing."""
    heard = [item for item in incident.ledger if item.kind not in SILENT]
    heavy = [item for item in heard if abs(item.decibans) >= LIGHT]
    quoted = {item.quote for item in heavy}
    light = [item for item in heard if abs(item.decibans) < LIGHT and item.quote]
    heavy += [item for item in light if item.quote not in quoted]
    return sorted(heavy, key=lambda item: -abs(item.decibans))


def where(incident: Incident, diagnosis: Diagnosis) -> list[tuple[str, int, int]]:
    """Return (run, failed, ran) of the tests of an incident, in the order of the runs."""
    rows = []
    for run in diagnosis.runs:
        known = [test.outcomes[run.label] for test in incident.tests if run.label in test.outcomes]
        if known:
            rows.append((line(run.label, 80), sum(outcome in BAD for outcome in known), len(known)))
    return rows


def failures(runs: tuple[Run, ...]) -> Failures:
    """Return the failures of every test by its key, in the order of the runs."""
    found: Failures = {}
    for run in runs:
        for result in run.results:
            if result.failed:
                found.setdefault(result.key, []).append((run, result))
    return found


def told_in_full(diagnosis: Diagnosis) -> list[int]:
    """Choose the incidents that a page tells in full: the largest, in their order."""
    found = diagnosis.incidents
    return sorted(sorted(range(len(found)), key=lambda n: -len(found[n].tests))[:TOLD_IN_FULL])


def examples(
    incident: Incident, known: Failures, most: int
) -> Iterator[tuple[TestCase, Run, TestResult, Failure]]:
    """Choose a few failures whose words are worth showing, not the same twice."""
    seen: set[str] = set()
    for test in incident.tests:
        if len(seen) >= most:
            return
        for run, result in known.get(key(test), [])[:1]:
            failure = next(iter(result.failures), None)
            if failure and failure.text and failure.message not in seen:
                seen.add(failure.message)
                yield test, run, result, failure


def key(test: TestCase) -> str:
    """Name a test as the runs name it."""
    return f"{test.classname}::{test.name}"


def others(incident: Incident) -> Iterator[str]:
    """Say what else it may be."""
    for other in incident.alternatives:
        if other.confidence >= WORTH_SAYING:
            verdict = other.verdict.replace("_", " ")
            yield f"{line(other.cause, 80)} ({verdict}), {other.confidence:.0%}"
