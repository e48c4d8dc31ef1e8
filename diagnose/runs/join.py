"""The join: the same test in JUnit, in the console log and in a report log is one test."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from diagnose.model import TestResult
from diagnose.runs._merge import enrich, enrich_row
from diagnose.runs._settle import Settled, settle
from diagnose.runs.sessions import counted, most
from diagnose.table import Row, TestTable

if TYPE_CHECKING:
    from diagnose.runs.assemble import Reading

# Who is asked first which tests there were; the others add to it.
KINDS = ("reportlog", "junit", "ctrf", "pytest_log")
BATCH = 8192


def join(readings: "list[Reading]") -> tuple[tuple[TestResult, ...], TestTable, tuple[str, ...]]:
    """Return the tests with something to say, the table of the others, and keys found twice."""
    groups = [group for kind in KINDS if (group := _of_kind(readings, kind))]
    groups.sort(key=lambda group: not _tests(group))  # a log that names no test can't lead
    if not groups:
        return (), TestTable(), ()
    tests = _Tests(groups[0])
    for group in groups[1:]:
        tests.add(group)
    return tests.finish()


def _of_kind(readings: "list[Reading]", kind: str) -> "list[Reading]":
    return [reading for reading in readings if reading.input.kind == kind]


def _tests(group: "list[Reading]") -> int:
    return sum(len(r.results) + sum(map(len, r.tables)) for r in group)


class _Tests:
    """The tests of a run as they come together."""

    def __init__(self, base: "list[Reading]") -> None:
        self.results: dict[str, TestResult] = {}
        self.tables: list[TestTable] = []
        self.twins: list[str] = []
        self.more: dict[str, Row] = {}
        self.apart = len(base) == 1  # no test is among the results and in the table
        self.guessed = base[0].input.kind == "junit"  # node ids, from class and file names
        for reading in base:
            self._begin(settle(reading))

    def _begin(self, found: Settled) -> None:
        """Add a file of the first kind; a test that another of them has is there twice."""
        twice = [key for key in found.results if key in self.results]
        for key, result in found.results.items():
            known = self.results.get(key)
            self.results[key] = enrich(known, result, keep_id=True) if known else result
        self.tables.append(found.table)
        self.twins += [*found.twins, *twice]

    def add(self, group: "list[Reading]") -> None:
        """Add what another kind of file knows of the same tests."""
        names = _by_name(self.results)
        for found, kind in ((settle(reading), reading.input.kind) for reading in group):
            keep = kind == "junit" or not self.guessed
            for result in found.results.values():
                key = _match(result, self.results, names)
                if key is None:
                    self.results[result.key] = result
                    self.apart = False
                else:
                    self.results[key] = enrich(self.results[key], result, keep_id=keep)
            self._add_rows(found.table)

    def _add_rows(self, table: TestTable) -> None:
        for row in table:
            key = row.key
            if key in self.results:
                self.results[key] = enrich_row(self.results[key], row)
            else:
                self.more.setdefault(key, row)

    def finish(self) -> tuple[tuple[TestResult, ...], TestTable, tuple[str, ...]]:
        """Drop the rows of tests that have more to say, and return all."""
        table = TestTable.together(self.tables)
        if not self.apart:
            table = table.without(table.find(self.results.keys()).keys())
        if self.more:
            table = _table(self._filled(table))
        return tuple(self.results.values()), table, tuple(self.twins)

    def _filled(self, table: TestTable) -> Iterator[Row]:
        """Yield the rows, with what another kind of file knows of them, and those it adds."""
        for row in table:
            other = self.more.pop(row.key, None)
            yield _filled(row, other) if other else row
        yield from self.more.values()


def _by_name(results: dict[str, TestResult]) -> dict[str, list[str]]:
    names = defaultdict(list)
    for key, result in results.items():
        names[result.name].append(key)
    return names


def _match(
    result: TestResult, results: dict[str, TestResult], names: dict[str, list[str]]
) -> str | None:
    """Find a test by its key, or by as much of its name as a console title shows."""
    if result.key in results:
        return result.key
    if result.id:
        return None
    end = f".{result.classname}" if result.classname else ""
    fits = [key for key in names.get(result.name, ()) if results[key].classname.endswith(end)]
    return fits[0] if len(fits) == 1 else None


def _filled(row: Row, other: Row) -> Row:
    return row._replace(
        worker=row.worker or other.worker,
        start=other.start if row.start != row.start else row.start,
        seconds=other.seconds if row.seconds != row.seconds else row.seconds,
    )


def _table(rows: Iterable[Row]) -> TestTable:
    table, batch = TestTable(), list[Row]()
    for row in rows:
        batch.append(row)
        if len(batch) >= BATCH:
            table.extend(batch)
            batch.clear()
    table.extend(batch)
    return table


def unnamed(
    readings: "list[Reading]", results: tuple[TestResult, ...], table: TestTable
) -> dict[str, int]:
    """Count the tests that a console log counted without a name, where no other file names them."""
    logs = _of_kind(readings, "pytest_log")
    if not logs or any(_tests(_of_kind(readings, kind)) for kind in KINDS[:-1]):
        return {}
    sessions = [session for reading in logs for session in reading.sessions]
    said = counted(sessions)
    for outcome in said:
        said[outcome] -= table.count(outcome)
    for result in results:
        for outcome in _as_counted(result):
            said[outcome] -= 1
    left = {outcome: number for outcome, number in said.items() if number > 0}
    collecting = sum(any(f.phase == "collect" for f in result.failures) for result in results)
    tests = len(table) + len(results) - collecting
    return _within(left, most(sessions) - tests)


def _as_counted(result: TestResult) -> Iterator[str]:
    """Yield the words under which the console counts a test: its call, and then its teardown."""
    yield result.outcome
    late = [failure.phase == "teardown" for failure in result.failures]
    if late and all(late):
        yield "passed"
    elif result.outcome == "failed" and any(f.outcome == "error" for f in result.failures):
        yield "error"


def _within(left: dict[str, int], tests: int) -> dict[str, int]:
    """Leave out what was counted beyond the number of tests there can be."""
    excess = max(sum(left.values()) - max(tests, 0), 0)
    for outcome in ("passed", "error", "skipped", "failed"):
        less = min(excess, left.get(outcome, 0))
        if less:
            left[outcome] -= less
            excess -= less
    return {outcome: number for outcome, number in left.items() if number}
