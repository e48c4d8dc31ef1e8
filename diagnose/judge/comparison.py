"""Test by test: what differs between the runs, and what each number of workers comes to."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import get_args

from diagnose.diagnosis import Change, ChangeKind, Comparison, Incident, Level
from diagnose.judge.slowed import slower
from diagnose.model import Run, TestResult
from diagnose.table import CODES, NAN, OUTCOMES

LISTED = 1000  # of a kind that has nothing to do with failures; all are counted
PASSED, FAILED, ERROR = CODES["passed"], CODES["failed"], CODES["error"]
RETRIED = len(OUTCOMES)  # failed, was tried again, and passed
UNKNOWN = RETRIED + 1  # the run names only some of its tests, and not this one
ABSENT = UNKNOWN + 1
BAD = frozenset((FAILED, ERROR))
GREEN = frozenset((PASSED, RETRIED))
RAN = BAD | GREEN
KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)


@dataclass(slots=True)
class _Grid:
    """All tests of all runs: how each ended, and how long it took."""

    runs: Sequence[Run]
    numbers: dict[str, int] = field(default_factory=dict)
    codes: list[bytearray] = field(default_factory=list)
    seconds: list[array[float]] = field(default_factory=list)


def compare_tests(runs: Sequence[Run], incidents: Sequence[Incident]) -> Comparison | None:
    """Put each test that is not simply green under what became of it; one run compares nothing."""
    runs = [run for run in runs if run.counts["tests"]]
    if len(runs) < 2:
        return None
    grid = _grid(runs)
    least = min(run.workers for run in runs)
    serial = [number for number, run in enumerate(runs) if run.workers == least]
    parallel = [number for number, run in enumerate(runs) if run.workers > least]
    found, green = _sorted_out(grid, _sides(runs, least))
    overall, slow = slower(grid.seconds, serial, parallel, green) if parallel else (None, [])
    found["slowed"] = slow
    return Comparison(
        tuple(runs[number].label for number in serial) if parallel else (),
        tuple(runs[number].label for number in parallel),
        overall,
        {kind: len(found[kind]) for kind in KINDS},
        tuple(_changes(grid, found, incidents)),
        tuple(_levels(runs, incidents)),
    )


def _grid(runs: Sequence[Run]) -> _Grid:
    grid = _Grid(runs)
    for run in runs:
        _fill(grid, run)
    for run, codes, times in zip(runs, grid.codes, grid.seconds, strict=True):
        rest = len(grid.numbers) - len(codes)
        codes.extend([ABSENT] * rest)
        times.extend([NAN] * rest)
        if run.unnamed:  # what it only counted passed, if it was seen to its end
            codes[:] = codes.replace(bytes([ABSENT]), bytes([PASSED if run.complete else UNKNOWN]))
    return grid


def _fill(grid: _Grid, run: Run) -> None:
    numbers = grid.numbers
    codes, times = bytearray([ABSENT]) * len(numbers), array("d", [NAN]) * len(numbers)
    for key, code, seconds in chain(run.table.timed(), map(_timed, run.results)):
        number = numbers.setdefault(key, len(numbers))
        if number == len(codes):
            codes.append(code)
            times.append(seconds)
        else:
            codes[number], times[number] = code, seconds
    grid.codes.append(codes)
    grid.seconds.append(times)


def _timed(result: TestResult) -> tuple[str, int, float]:
    code = CODES[result.outcome]
    if code == PASSED and len(result.attempts) > 1:
        code = RETRIED
    return result.key, code, NAN if result.seconds is None else result.seconds


@dataclass(frozen=True)
class _Sides:
    """How many workers each run had, which number is the fewest, and which runs broke off."""

    workers: tuple[int, ...]
    least: int
    cut: tuple[bool, ...]


def _sides(runs: Sequence[Run], least: int) -> _Sides:
    workers = tuple(run.workers for run in runs)
    return _Sides(workers, least, tuple(not run.complete for run in runs))


def _sorted_out(grid: _Grid, sides: _Sides) -> tuple[dict[ChangeKind, list[int]], list[int]]:
    """Return the tests of each kind by their number, and those that passed wherever they ran."""
    kind_of = cache(lambda codes: _kind(codes, sides))  # there are few ways to end in all runs
    found: dict[ChangeKind, list[int]] = defaultdict(list)
    green: list[int] = []
    for number, codes in enumerate(zip(*grid.codes, strict=True)):
        kind = kind_of(codes)
        if kind:
            found[kind].append(number)
        else:
            green.append(number)
    return found, green


def _kind(codes: Sequence[int], sides: _Sides) -> ChangeKind | None:
    """Say what became of a test that ended so in the runs; nothing if it is green."""
    less = [c for c, w in zip(codes, sides.workers, strict=True) if w == sides.least]
    more = [c for c, w in zip(codes, sides.workers, strict=True) if w > sides.least]
    ran = [bool(RAN.intersection(side)) for side in (less, more)]
    if UNKNOWN in codes and not BAD.intersection(codes):
        return None
    if more and ran[0] != ran[1]:
        return "lost" if ran[0] or _cut_off(codes, sides) else "appeared"
    if BAD.intersection(codes):
        return _of_failed(codes, sides, bool(BAD.intersection(less)), bool(BAD.intersection(more)))
    if RETRIED in codes:
        return "flaky"
    if not any(ran) or RAN.issuperset(codes):
        return None
    later = not more and codes[0] not in RAN and not sides.cut[0]
    return "appeared" if later else "lost"


def _cut_off(codes: Sequence[int], sides: _Sides) -> bool:
    """Say whether runs with the fewest workers would have come to it, had they not broken off."""
    missed = [n for n, workers in enumerate(sides.workers) if workers == sides.least]
    return any(sides.cut[n] and codes[n] not in RAN for n in missed)


def _of_failed(codes: Sequence[int], sides: _Sides, less: bool, more: bool) -> ChangeKind:
    """Name how a test failed: on which side, and whether always under the same conditions."""
    if more and not less:
        return "parallel_only"
    by_count: dict[int, set[bool]] = defaultdict(set)
    for code, workers in zip(codes, sides.workers, strict=True):
        if code in RAN:
            by_count[workers].add(code in BAD)
    if any(len(ends) > 1 for ends in by_count.values()):
        return "flaky"
    return "both" if more or len(by_count) == 1 else "serial_only"


def _changes(
    grid: _Grid, found: Mapping[ChangeKind, Sequence[int]], incidents: Sequence[Incident]
) -> Iterator[Change]:
    cases = {f"{t.classname}::{t.name}": (t, each.id) for each in incidents for t in each.tests}
    wanted = {n: kind for kind in KINDS for n in _listed(grid, kind, found.get(kind, ()))}
    names = {number: key for key, number in grid.numbers.items() if number in wanted}
    for number, kind in wanted.items():
        case, incident = cases.get(names[number], (None, ""))
        yield Change(
            case.id if case else names[number],
            kind,
            incident,
            {} if case else _outcomes(grid, number),  # those of a failed test are its incident's
            _seconds(grid, number) if kind == "slowed" else {},
        )


def _listed(grid: _Grid, kind: ChangeKind, numbers: Sequence[int]) -> Sequence[int]:
    """Return those that a report names: all that failed, and so many of the others."""
    if kind not in ("slowed", "lost", "appeared"):
        return numbers
    failed = [n for n in numbers if any(codes[n] in BAD for codes in grid.codes)]
    others = [n for n in numbers if not any(codes[n] in BAD for codes in grid.codes)]
    return [*failed, *others[: max(LISTED - len(failed), 0)]]


def _outcomes(grid: _Grid, number: int) -> dict[str, str]:
    words = (*OUTCOMES, "passed")
    return {
        run.label: words[codes[number]]
        for run, codes in zip(grid.runs, grid.codes, strict=True)
        if codes[number] < len(words)
    }


def _seconds(grid: _Grid, number: int) -> dict[str, float]:
    return {
        run.label: round(times[number], 3)
        for run, times in zip(grid.runs, grid.seconds, strict=True)
        if times[number] == times[number]
    }


def _levels(runs: Sequence[Run], incidents: Sequence[Incident]) -> Iterator[Level]:
    """Count tests and failures by the number of workers, the failures of each incident too."""
    failures: dict[str, Counter[str]] = {}
    for incident in incidents:
        ends = (each for test in incident.tests for each in test.outcomes.items())
        failures[incident.id] = Counter(run for run, end in ends if end in ("failed", "error"))
    for workers in sorted({run.workers for run in runs}):
        mine = [run for run in runs if run.workers == workers]
        counts = [run.counts for run in mine]
        yield Level(
            workers,
            tuple(run.label for run in mine),
            sum(count["tests"] - count["skipped"] for count in counts),
            sum(count["failed"] + count["errors"] for count in counts),
            {
                name: sum(failed[run.label] for run in mine)
                for name, failed in failures.items()
                if any(failed[run.label] for run in mine)
            },
        )
