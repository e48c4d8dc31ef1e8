"""Annotations for GitHub: workflow commands that a step prints."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.diagnosis import Diagnosis, Incident, TestCase
from diagnose.reports._said import Failures, failures, key, verdict_of
from diagnose.reports._spot import Spot, spot
from diagnose.reports._summary import headline
from diagnose.reports._text import line
from diagnose.words import plural

MOST = 10  # of each level that GitHub shows for a step
TITLE = 150
TEXT = 1000


def render(diagnosis: Diagnosis) -> str:
    """Write the sentence, an error for each incident, then for tests; then warnings."""
    errors = list(_errors(diagnosis))
    warnings = list(_warnings(diagnosis))
    left = [
        plural(len(found) - MOST, f"{kind} annotation")
        for kind, found in (("error", errors), ("warning", warnings))
        if len(found) > MOST
    ]
    said = headline(diagnosis)
    if left:
        said += f" ({' and '.join(left)} left out: GitHub shows {MOST} of each a step)"
    notice = _command("notice", ("", 0), "diagnose", said)
    return "\n".join([notice, *errors[:MOST], *warnings[:MOST]]) + "\n"


def _errors(diagnosis: Diagnosis) -> Iterator[str]:
    """Yield one error an incident, then one each for the other tests, turn by turn."""
    known = failures(diagnosis.runs)
    for incident in filter(lambda each: each.tests, diagnosis.incidents):
        yield _error(incident, incident.tests[0], known, incident.headline)
    longest = max((len(incident.tests) for incident in diagnosis.incidents), default=0)
    for turn in range(1, longest):
        for incident in diagnosis.incidents:
            if turn < len(incident.tests):
                test = incident.tests[turn]
                yield _error(incident, test, known, f"{test.id}: {incident.headline}")


def _error(incident: Incident, test: TestCase, known: Failures, text: str) -> str:
    sure = "" if incident.verdict == "inconclusive" else f", {incident.confidence:.0%}"
    title = f"{verdict_of(incident)} · {incident.cause}{sure}"
    found = known.get(key(test), [])
    return _command("error", spot(test, found[0][1] if found else None), title, text)


def _warnings(diagnosis: Diagnosis) -> Iterator[str]:
    for gap in diagnosis.gaps:
        yield _command("warning", ("", 0), "tests are missing", f"{gap.run}: {gap.text}")
    for problem in diagnosis.problems:
        text = f"{problem.source.path}: {problem.message}"
        yield _command("warning", ("", 0), "a part of the input was not read", text)


def _command(level: str, where: Spot, title: str, text: str) -> str:
    file, number = where
    named = [("file", line(file, 400))] if file else []
    named += [("line", str(number))] if file and number else []
    named.append(("title", line(title, TITLE)))
    properties = ",".join(f"{name}={_property(value)}" for name, value in named)
    return f"::{level} {properties}::{_data(line(text, TEXT))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
