"""Failures whose own words tell little, beside tests that are known to share a root.

Two tests that write one file see half of it, none of it, or the other's: the same root makes one
of them miss the file and the next one fail an assertion. Where something runs out, a layer between
keeps the error to itself, and its callers get nothing. Time alone joins nothing here: it takes the
same class, and the same runs, in which both failed, and others in which neither did; or what the
failed tests themselves logged. And who waited for what ran out cannot have failed at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from statistics import median
from typing import NamedTuple

from diagnose.clues import Page
from diagnose.family import Told

FORM_ONLY = {"assertion", "bad_test_code", "app_exception", "stale_expectation", "unknown"}
# Of these the failures may be of any form; a shortage makes things missing, and never wrong.
DISTURBED, SHORT = "test_isolation", "resource_exhaustion"
DECISIVE = "decisive"
AS_LONG = 0.5  # of the time that the quickest of the others took to fail
Outcomes = Mapping[str, Mapping[int, str]]
Group = tuple[str, list[int]]


class _Seen(NamedTuple):
    """Where the failures of a group are: in which classes, tests and runs."""

    classes: Set[str]
    tests: Set[str]
    failed: Set[int]
    passed: Set[int]  # runs in which some of its tests passed, and none failed
    partly: bool  # a test of it failed in one run, and passed in another
    lasted: Sequence[float]  # seconds of its failures, as far as they are known


class _Host(NamedTuple):
    """A group whose root is known; `seen` is what it was before others joined."""

    cause: str
    verdict: str
    numbers: list[int]
    seen: _Seen


def with_companions(
    groups: Sequence[Group], told: Sequence[Told], outcomes: Outcomes, pages: Mapping[str, Page]
) -> tuple[list[Group], set[int]]:
    """Put groups that only have a form with the one fault that explains them.

    Return the failures that joined others, too: they are not asked what the fault is.
    """
    found = [(label, list(numbers)) for label, numbers in groups]
    hosts = [
        _Host(label, pages[label].verdict, numbers, _seen(numbers, told, outcomes))
        for label, numbers in found
        if label in pages and pages[label].verdict in (DISTURBED, SHORT)
    ]
    kept, joined = [], set()
    for label, numbers in found:
        home = None
        if label in FORM_ONLY and hosts:
            home = _home(_seen(numbers, told, outcomes), [told[n] for n in numbers], hosts)
        if home is None:
            kept.append((label, numbers))
        else:
            home += numbers
            joined |= {*numbers}
    return [(label, sorted(numbers)) for label, numbers in kept], joined


def _home(mine: _Seen, told: Sequence[Told], hosts: Sequence[_Host]) -> list[int] | None:
    """Return the only group that fits; of two that do, neither can be told to be the root."""
    logged = [host.numbers for host in hosts if _logged(host.cause, told)]
    nothing = all(each.facts.nothing for each in told)
    fitting = [
        host.numbers
        for host in hosts
        if (host.verdict == DISTURBED or nothing) and _fits(mine, host)
    ]
    found = logged or fitting
    return found[0] if len(found) == 1 else None


def _logged(cause: str, told: Sequence[Told]) -> bool:
    """Say whether each of them got nothing, and logged what befell the others."""
    return all(
        each.facts.nothing
        and any(
            hit.pattern.cause == cause and hit.pattern.strength == DECISIVE for hit in each.hits
        )
        for each in told
    )


def _fits(mine: _Seen, host: _Host) -> bool:
    seen = host.seen
    apart = bool(mine.passed & seen.passed)
    if host.verdict == SHORT:  # what fills up is full in every run, and not from the beginning
        apart = (apart or (mine.partly and not seen.passed)) and _as_long(mine, seen)
    return (
        apart
        and mine.classes <= seen.classes
        and len(mine.tests - seen.tests) <= len(seen.tests)
        and mine.failed <= seen.failed
    )


def _as_long(mine: _Seen, seen: _Seen) -> bool:
    """Say whether failures lasted about as long as those of who waited for what ran out."""
    if not mine.lasted or not seen.lasted:
        return True
    return median(mine.lasted) >= AS_LONG * min(seen.lasted)


def _seen(numbers: Sequence[int], told: Sequence[Told], outcomes: Outcomes) -> _Seen:
    results = [told[n].result for n in numbers]
    tests = {result.key for result in results}
    failed = {told[n].run for n in numbers}
    passed = {run for test in tests for run, end in outcomes[test].items() if end == "passed"}
    return _Seen(
        {result.classname for result in results},
        tests,
        failed,
        passed - failed,
        bool(passed),
        [result.seconds for result in results if result.seconds],
    )
