"""Failures whose own words tell little, beside tests that are known to disturb each other.

Two tests that write one file see half of it, none of it, or the other's: the same root makes one
of them miss the file and the next one fail an assertion. Time alone joins nothing here: it takes
the same class, and the same runs, in which both failed, and others in which neither did.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from diagnose.clues import Page
from diagnose.family import Told

FORM_ONLY = {"assertion", "bad_test_code", "app_exception", "stale_expectation", "unknown"}
Outcomes = Mapping[str, Mapping[int, str]]
Group = tuple[str, list[int]]


class _Seen(NamedTuple):
    """Where the failures of a group are: in which classes, tests and runs."""

    classes: Set[str]
    tests: Set[str]
    failed: Set[int]
    passed: Set[int]  # runs in which some of its tests passed, and none failed


def with_companions(
    groups: Sequence[Group], told: Sequence[Told], outcomes: Outcomes, pages: Mapping[str, Page]
) -> list[Group]:
    """Put groups that only have a form with the one isolation fault that explains them."""
    found = [(label, list(numbers)) for label, numbers in groups]
    hosts = [
        (numbers, _seen(numbers, told, outcomes))
        for label, numbers in found
        if label in pages and pages[label].verdict == "test_isolation"
    ]
    kept = []
    for label, numbers in found:
        home = _home(_seen(numbers, told, outcomes), hosts) if label in FORM_ONLY else None
        if home is None:
            kept.append((label, numbers))
        else:
            home += numbers
    return [(label, sorted(numbers)) for label, numbers in kept]


def _home(mine: _Seen, hosts: Sequence[tuple[list[int], _Seen]]) -> list[int] | None:
    """Return the only group that fits; of two that do, neither can be told to be the root."""
    fitting = [numbers for numbers, host in hosts if _fits(mine, host)]
    return fitting[0] if len(fitting) == 1 else None


def _fits(mine: _Seen, host: _Seen) -> bool:
    return (
        mine.classes <= host.classes
        and len(mine.tests - host.tests) <= len(host.tests)
        and mine.failed <= host.failed
        and bool(mine.passed & host.passed)
    )


def _seen(numbers: Sequence[int], told: Sequence[Told], outcomes: Outcomes) -> _Seen:
    results = [told[n].result for n in numbers]
    tests = {result.key for result in results}
    failed = {told[n].run for n in numbers}
    passed = {run for test in tests for run, end in outcomes[test].items() if end == "passed"}
    return _Seen({result.classname for result in results}, tests, failed, passed - failed)
