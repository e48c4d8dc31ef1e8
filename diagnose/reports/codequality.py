"""GitLab's code quality report: what a merge request brings, beside the lines that it changes."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
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
    alike: Counter[tuple[str, ...]] = Counter()
    entries: list[dict[str, Any]] = []
    for incident in diagnosis.incidents:
        for (path, number), tests in _places(incident, known).items():
            kind = (incident.verdict, incident.cause, path or _module(tests[0]))
            alike[kind] += 1
            entry = _entry(incident, len(tests), kind[-1], number)
            entries.append(entry | {"fingerprint": _fingerprint(*kind, str(alike[kind]))})
    return json.dumps(entries[:MOST], indent=1) + "\n"


def _places(incident: Incident, known: Failures) -> dict[Spot, list[TestCase]]:
    found: dict[Spot, list[TestCase]] = {}
    for test in incident.tests:
        told = known.get(key(test), [])
        found.setdefault(spot(test, told[0][1] if told else None), []).append(test)
    return found


def _entry(incident: Incident, tests: int, path: str, number: int) -> dict[str, Any]:
    several = f" ({plural(tests, 'test')} here)" if tests > 1 else ""
    said = f"{verdict_of(incident)}: {incident.headline}{several}"
    return {
        "description": line(said, TEXT),
        "check_name": f"diagnose/{line(incident.cause, 80)}",
        "severity": SEVERITY[incident.verdict],
        "location": {"path": line(path, 400), "lines": {"begin": max(1, number)}},
    }


def _fingerprint(*parts: str) -> str:
    """Name an entry so that the next pipeline knows it again: lines move, and tests take turns."""
    return sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def _module(test: TestCase) -> str:
    """Guess the file of a test that no report places."""
    return line(test.classname.replace(".", "/"), 400).strip("/") or "tests"
