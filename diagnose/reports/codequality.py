"""GitLab's code quality report: what a merge request brings, beside the lines that it changes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from itertools import islice
from typing import Any

from diagnose.diagnosis import Diagnosis, Incident, TestCase
from diagnose.reports._said import Failures, failures, key, verdict_of
from diagnose.reports._spot import Spot, spot
from diagnose.reports._text import line
from diagnose.words import plural

MOST = 1000  # places, of all incidents together
TEXT = 600
SEVERITY = {
    "service_fault": "critical",
    "inconclusive": "major",  # it may be any of the others
    "test_isolation": "major",
    "test_defect": "major",
    "resource_exhaustion": "minor",
    "environment": "minor",
}


def render(diagnosis: Diagnosis) -> str:
    """Write an entry for each place where an incident's tests failed."""
    known = failures(diagnosis.runs)
    entries = (entry for incident in diagnosis.incidents for entry in _entries(incident, known))
    return json.dumps(list(islice(entries, MOST)), indent=1) + "\n"


def _entries(incident: Incident, known: Failures) -> Iterator[dict[str, Any]]:
    places: dict[Spot, list[TestCase]] = {}
    for test in incident.tests:
        found = known.get(key(test), [])
        places.setdefault(spot(test, found[0][1] if found else None), []).append(test)
    for (path, number), tests in places.items():
        yield _entry(incident, tests, (path or _module(tests[0]), number))


def _entry(incident: Incident, tests: list[TestCase], place: Spot) -> dict[str, Any]:
    path, number = place
    several = f" ({plural(len(tests), 'test')} here)" if len(tests) > 1 else ""
    said = f"{verdict_of(incident)}: {incident.headline}{several}"
    return {
        "description": line(said, TEXT),
        "check_name": f"diagnose/{line(incident.cause, 80)}",
        "fingerprint": _fingerprint(incident, tests[0], path),
        "severity": SEVERITY[incident.verdict],
        "location": {"path": line(path, 400), "lines": {"begin": max(1, number)}},
    }


def _fingerprint(incident: Incident, test: TestCase, path: str) -> str:
    """Name an entry so that the next pipeline knows it again, though lines have moved."""
    parts = "\0".join((incident.verdict, incident.cause, path, test.id))
    return sha256(parts.encode("utf-8", "replace")).hexdigest()


def _module(test: TestCase) -> str:
    """Guess the file of a test that no report places."""
    return line(test.classname.replace(".", "/"), 400).strip("/") or "tests"
