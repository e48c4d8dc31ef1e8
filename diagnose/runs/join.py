"""The join: the same test in JUnit, in the console log and in a report log is one test."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from diagnose.model import Attempt, TestResult
from diagnose.runs._merge import combine, enrich, enrich_row
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
        self.pytest = any(s.runner == "pytest" for reading in base for s in reading.sessions)
        self.results: dict[str, TestResult] = {}
        self.tables = [table for reading in base for table in reading.tables if len(table)]
        self.twins: list[str] = []
        self.more: dict[str, Row] = {}
        self.joined = False
        for reading in base:
            for result in reading.results:
                self._put(result)

    def _put(self, result: TestResult) -> None:
        """Keep a test; where pytest writes an id twice it is one test, elsewhere it is two."""
        key = result.key
        if key not in self.results:
            self.results[key] = result
        elif self.pytest:
            self.results[key] = combine(self.results[key], result)
        else:
            self.twins.append(key)
            self.results[f"{key}\0{len(self.results)}"] = result

    def add(self, group: "list[Reading]") -> None:
        """Add what another kind of file knows of the same tests."""
        self.joined = True
        names = _by_name(self.results)
        for reading in group:
            for result in reading.results:
                key = _match(result, self.results, names)
                if key is None:
                    self.results[result.key] = result
                else:
                    self.results[key] = enrich(self.results[key], result)
            for table in reading.tables:
                self._add_rows(table)

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
        if self.pytest or self.more:
            twice = table.find(self.results.keys())
            table = table.without(twice.keys())
            if not self.joined:
                self._retry(twice.values())
        if self.more:
            table = _table(self._filled(table))
        return tuple(self.results.values()), table, tuple(self.twins)

    def _retry(self, rows: Iterable[Row]) -> None:
        """Take the rows of failed tests as the tries before, as they are in pytest's JUnit."""
        tries = Counter(row.key for row in rows)
        for key, number in tries.items():
            self.results[key] = _retried(self.results[key], number)

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


def _retried(result: TestResult, tries: int) -> TestResult:
    """Read pytest-rerunfailures' JUnit: each try before the last stands there as if it passed."""
    if result.attempts:
        return result
    if all(failure.phase == "teardown" for failure in result.failures):
        return result  # the row is the call that passed before the teardown failed
    before = (Attempt("failed"),) * tries
    return replace(result, attempts=(*before, Attempt(result.outcome, result.failures)))


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
