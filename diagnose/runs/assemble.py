"""One run out of many files: what each reader found is put together, test by test."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from diagnose.model import Event, Input, Problem, Record, Run, Session, Source, TestResult
from diagnose.oom import KernelIncident, KernelKill
from diagnose.refusals import refusal
from diagnose.runs import join
from diagnose.runs._sample import Sample
from diagnose.runs.completeness import Sessions, with_gaps
from diagnose.runs.inner import without_inner
from diagnose.runs.spec import RunSpec
from diagnose.runs.workers import parallelism_of, started_of, wall_of, workers_of
from diagnose.table import Row, TestTable

BATCH = 4096
MOST_REFUSED = 1000  # events; nobody counts more


@dataclass
class Reading:
    """What one reader found in one file, sorted by what it is."""

    input: Input
    results: list[TestResult] = field(default_factory=list)
    tables: list[TestTable] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    kernel: list[KernelKill | KernelIncident] = field(default_factory=list)
    heard: list[TestResult] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Say whether nothing was found at all."""
        found = (self.results, self.events, self.sessions, self.kernel)
        return not any(found) and not any(map(len, self.tables))

    @classmethod
    def of(cls, found: Input, records: Iterable[Record | Problem]) -> "Reading":
        """Sort a stream of records; a test that only passed becomes a row as it goes by."""
        reading, quiet, heard = cls(found), TestTable(), Sample()
        reading.tables.append(quiet)
        rows: list[Row] = []
        for record in records:
            if isinstance(record, TestResult) and is_quiet(record):
                if record.output and len(reading.events) < MOST_REFUSED:
                    reading.events += _refused(record)
                rows.append(row_of(record))
                heard.offer(record)
                if len(rows) >= BATCH:
                    quiet.extend(rows)
                    rows.clear()
            else:
                reading.add(record)
        quiet.extend(rows)
        reading.heard = heard.kept
        return reading

    def add(self, record: Record | Problem) -> None:
        """Keep a record with its like."""
        match record:
            case TestResult():
                self.results.append(record)
            case TestTable():
                self.tables.append(record)
            case Event():
                self.events.append(record)
            case Session():
                self.sessions.append(record)
            case KernelKill() | KernelIncident():
                self.kernel.append(record)
            case Problem():
                self.problems.append(record)


def _refused(result: TestResult) -> Iterator[Event]:
    """Yield what a test wrote of a rate limit, though it passed; all else it wrote is let go."""
    for output in result.output if result.outcome == "passed" else ():
        if found := refusal(output.text):
            before, quote = found
            below = 0 if output.folded else before
            line = output.source.line + below if output.source.line else 0
            source = Source(output.source.path, line)
            yield Event("refused", quote, source, test=result.id or result.key)


def is_quiet(result: TestResult) -> bool:
    """Say whether a row tells all of it: it passed or was skipped, at the first try."""
    return not result.failed and not result.attempts and not result.failures


def row_of(result: TestResult) -> Row:
    """Make a row of a test that has nothing more to say."""
    nan = float("nan")
    seconds = nan if result.seconds is None else result.seconds
    start = nan if result.start is None else result.start
    return Row(result.classname, result.name, result.outcome, seconds, result.worker, start)


def assemble(spec: RunSpec, readings: Iterable[Reading], problems: Iterable[Problem] = ()) -> Run:
    """Join what was found in the files of a run, and count what is there and what is not."""
    readings = without_inner(readings)
    results, table, twins = join.join(readings)
    wall = wall_of(readings)
    parallelism = parallelism_of(results, table, wall)
    workers, workers_source = workers_of(spec, readings, parallelism)
    run = Run(
        label=spec.label,
        inputs=tuple(reading.input for reading in readings),
        results=results,
        table=table,
        events=tuple(_once(event for reading in readings for event in reading.events)),
        kernel=tuple(fact for reading in readings for fact in reading.kernel),
        sessions=tuple(session for reading in readings for session in reading.sessions),
        heard=tuple(result for reading in readings for result in reading.heard),
        problems=(*problems, *(p for reading in readings for p in reading.problems)),
        workers=workers,
        workers_source=workers_source,
        unnamed=join.unnamed(readings, results, table),
        started=started_of(readings),
        wall_seconds=wall,
        effective_parallelism=parallelism,
    )
    return with_gaps(run, by_kind(readings), twins)


def by_kind(readings: Iterable[Reading]) -> Sessions:
    """Put the sessions together that one kind of file tells of."""
    sessions: dict[str, list[Session]] = {}
    for reading in readings:
        sessions.setdefault(reading.input.kind, []).extend(reading.sessions)
    return sessions


def _once(events: Iterable[Event]) -> Iterator[Event]:
    """Drop an event that two readers saw on one line."""
    seen = set()
    for event in events:
        mark = (event.kind, event.source, event.test, event.worker)
        if mark not in seen:
            seen.add(mark)
            yield event
