"""What differs between the runs, as all reports say it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from diagnose.diagnosis import Change, ChangeKind, Comparison, Diagnosis, Level
from diagnose.reports._text import line
from diagnose.words import plural, some

SAID: Mapping[ChangeKind, str] = {
    "parallel_only": "failed only with more workers",
    "serial_only": "failed only with the fewest workers",
    "both": "failed whatever the number of workers",
    "flaky": "failed in one run and passed in another like it",
    "slowed": "got slower by more than load explains",
    "lost": "ran in some runs only",
    "appeared": "ran in later runs only",
}
TOLD_ELSEWHERE = ("parallel_only", "serial_only", "both")  # each of them is in an incident
SHOWN_INCIDENTS = 4


class Table(NamedTuple):
    """Tests, failures and their share by number of workers, and by incident: cells of text."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def lines(self) -> tuple[tuple[str, ...], ...]:
        """Return the head and the rows."""
        return (self.head, *self.rows)


def document(found: Comparison) -> dict[str, Any]:
    """Return it as plain values."""
    return {
        "fewer": list(found.fewer),
        "more": list(found.more),
        "slower": found.slower,
        "counts": dict(found.counts),
        "tests": [
            {
                "id": test.id,
                "change": test.change,
                "incident": test.incident,
                "outcomes": dict(test.outcomes),
                "seconds": dict(test.seconds),
            }
            for test in found.tests
        ],
        "by_workers": [
            {
                "workers": level.workers,
                "runs": list(level.runs),
                "tests": level.tests,
                "failures": level.failures,
                "rate": _rate(level),
                "incidents": dict(level.incidents),
            }
            for level in found.by_workers
        ],
    }


def _rate(level: Level) -> float | None:
    return round(level.failures / level.tests, 4) if level.tests else None


def sides(found: Comparison) -> str:
    """Name what is compared with what."""
    names = [[line(label, 60) for label in side] for side in (found.fewer, found.more)]
    return f"{some(names[1])} against {some(names[0])}" if all(names) else "runs of one kind"


def counted(found: Comparison) -> list[tuple[str, int]]:
    """Say how many tests there are of each kind, and leave out kinds without any."""
    known = ((text, found.counts.get(kind, 0)) for kind, text in SAID.items())
    return [(text, number) for text, number in known if number]


def table(diagnosis: Diagnosis) -> Table | None:
    """Lay out what each number of workers comes to; the incidents with most tests get a column."""
    found = diagnosis.comparison
    if found is None or not found.by_workers:
        return None
    named = [each.id for each in diagnosis.incidents[:SHOWN_INCIDENTS]]
    rows = [
        (
            str(level.workers),
            str(len(level.runs)),
            f"{level.tests:,}",
            f"{level.failures:,}",
            "–" if _rate(level) is None else f"{_rate(level):.1%}",
            *(f"{level.incidents.get(name, 0):,}" for name in named),
        )
        for level in found.by_workers
    ]
    return Table(("workers", "runs", "tests", "failures", "rate", *named), tuple(rows))


def notable(found: Comparison, most: int) -> Iterator[tuple[str, list[str]]]:
    """Name the tests that no incident tells of as clearly, so many of each kind."""
    for kind, text in SAID.items():
        if kind in TOLD_ELSEWHERE or not found.counts.get(kind):
            continue
        mine = [test for test in found.tests if test.change == kind]
        if mine:
            yield text, [_told(test, found) for test in mine[:most]]


def _told(test: Change, found: Comparison) -> str:
    name = line(test.id, 200)
    if test.change == "slowed":
        before, after = (
            [test.seconds[label] for label in side if label in test.seconds]
            for side in (found.fewer, found.more)
        )
        if before and after:
            return f"{name}: {max(before):.2g} s, then {min(after):.2g} s"
    if test.change in ("lost", "appeared") and test.outcomes:
        return f"{name}: only in {some([line(label, 60) for label in test.outcomes])}"
    return name


def page(diagnosis: Diagnosis, most: int) -> dict[str, Any] | None:
    """Return what a page shows of it; nothing where there is nothing to compare."""
    found = diagnosis.comparison
    if found is None or not counted(found):
        return None
    return {
        "sides": sides(found),
        "counts": counted(found),
        "whole": whole(found),
        "table": table(diagnosis),
        "notable": list(notable(found, most)),
    }


def whole(found: Comparison) -> str:
    """Say how much slower all tests got: what a single one is measured by."""
    if found.slower is None:
        return ""
    return f"passing tests take {found.slower:.2g} times as long on the whole"


def plain(found: Comparison) -> str:
    """Say in one line what there is."""
    return "; ".join(f"{plural(number, 'test')} {text}" for text, number in counted(found))
