"""pytest's own reports: the lines of pytest-reportlog, and the document of pytest-json-report."""

from collections.abc import Iterator
from typing import Any

from diagnose.model import Event, Problem, Record, Session, Source, TestResult
from diagnose.readers._failure import crashed_worker
from diagnose.readers._file import File
from diagnose.readers._json import items, json_lines, load, load_file, mapping, number, text, whole
from diagnose.readers._junit_case import RawRow, row_of
from diagnose.readers._nodeid import split_nodeid, without_group
from diagnose.readers._reportlog_test import Report, Test, Workers, failing
from diagnose.table import TestTable
from diagnose.words import plural

WHOLE = True
LINES = b'"$report_type"'
DOCUMENT = (b'"created"', b'"exitcode"', b'"root"')
BATCH = 8192
MOST_NAMES = 10_000


def recognises(block: bytes) -> bool:
    """Know both formats by their keys."""
    head = block[: 1 << 16].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head[:1] == b"{" and (LINES in head or _is_document(head))


def _is_document(head: bytes) -> bool:
    return all(key in head[:4096] for key in DOCUMENT)


def read(file: File) -> Iterator[Record | Problem]:
    """Yield sessions, tests and warnings; a test whose end is missing is named as unfinished."""
    joiner = _Joiner(file.path)
    head = file.head()
    if LINES in head or not _is_document(head):
        yield from _lines(file, joiner)
    else:
        yield from _document(file, joiner)
    if not joiner.tests:
        yield Problem(Source(file.path), "no test in it")


def _lines(file: File, joiner: "_Joiner") -> Iterator[Record | Problem]:
    bad: list[int] = []
    for line, data in json_lines(file):
        try:
            yield from joiner.take(mapping(load(data)), line)
        except ValueError:
            bad.append(line)
    yield from joiner.close()
    yield from joiner.complaints()
    if bad:
        more = f", and {len(bad) - 1} more" if len(bad) > 1 else ""
        yield Problem(Source(file.path, bad[0]), f"not a line of JSON{more}")


def _document(file: File, joiner: "_Joiner") -> Iterator[Record | Problem]:
    try:
        document = mapping(load_file(file))
    except ValueError as error:
        yield Problem(Source(file.path), f"not read as pytest-json-report: {error}")
        return
    for test in items(document.get("tests")):
        for report in _phases(mapping(test)):
            yield from joiner.take(report, 0)
    for collector in items(document.get("collectors")):
        yield from joiner.take(mapping(collector) | {"$report_type": "CollectReport"}, 0)
    for warning in items(document.get("warnings")):
        yield from joiner.take(mapping(warning) | {"$report_type": "WarningMessage"}, 0)
    ended, seconds = number(document.get("created")), number(document.get("duration"))
    joiner.started = ended - (seconds or 0.0) if ended else None
    joiner.seconds = seconds
    summary = mapping(document.get("summary"))
    joiner.counts = {word: count for word in summary if (count := whole(summary[word])) is not None}
    finish = {"$report_type": "SessionFinish", "exitstatus": document.get("exitcode")}
    yield from joiner.take(finish, 0)
    yield from joiner.close()
    yield from joiner.complaints()


def _phases(test: Report) -> Iterator[Report]:
    """Take a test of pytest-json-report apart into the reports that it was made of."""
    phases = [when for when in ("setup", "call", "teardown") if isinstance(test.get(when), dict)]
    for when in phases:
        said = mapping(test[when])
        streams = (("stdout", said.get("stdout")), ("stderr", said.get("stderr")))
        yield {
            **said,
            "$report_type": "TestReport",
            "nodeid": test.get("nodeid"),
            "when": when,
            "location": [text(test.get("nodeid")).split("::")[0], test.get("lineno")],
            "sections": [[f"Captured {stream} {when}", content] for stream, content in streams],
        }


class _Joiner:
    """The session on its way: tests whose end has not come, and what was seen so far."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.tests = 0
        self._nameless: list[int] = []
        self._table = TestTable()
        self._rows: list[RawRow] = []
        self._begin(0, "")

    def _begin(self, line: int, version: str) -> None:
        self._line, self._version = line, version
        self._open: dict[tuple[str, str], Test] = {}
        self._workers = Workers()
        self._uncollected: set[str] = set()
        self.started: float | None = None
        self.seconds: float | None = None
        self.counts: dict[str, int] = {}
        self._last = 0.0

    def take(self, entry: Report, line: int) -> Iterator[Record]:
        """Take a line of the log."""
        kind = entry.get("$report_type")
        source = Source(self.path, line)
        if kind in ("TestReport", "SubTestReport") and not text(entry.get("nodeid")):
            self._nameless.append(line)
        elif kind == "TestReport":
            yield from self._test(entry, source)
        elif kind == "SubTestReport":
            self._subtest(entry, source)
        elif kind == "CollectReport" and entry.get("outcome") == "failed":
            yield from self._collection(entry, source)
        elif kind == "WarningMessage":
            yield _warning(entry, source)
        elif kind == "SessionStart":
            if self._line:
                yield from self._end(finished=False)
            self._begin(line, text(entry.get("pytest_version")))
        elif kind == "SessionFinish":
            self._line = self._line or line
            yield from self._end(finished=True, code=whole(entry.get("exitstatus")))

    def _opened(self, report: Report, source: Source) -> Test:
        nodeid = text(report.get("nodeid"))
        crashed = crashed_worker(text(report.get("longrepr")))
        worker = text(report.get("worker_id")) or crashed
        self._line = self._line or source.line
        self._workers.see(worker, crashed)
        return self._open.setdefault((nodeid, worker), Test(nodeid, source, worker))

    def _test(self, report: Report, source: Source) -> Iterator[Record]:
        test = self._opened(report, source)
        if start := number(report.get("start")):
            self.started = min(self.started or start, start)
            self._last = max(self._last, start + (number(report.get("duration")) or 0.0))
        if test.add(report, source):
            del self._open[test.nodeid, test.worker]
            yield from self._finished(test)

    def _subtest(self, report: Report, source: Source) -> None:
        if report.get("outcome") == "failed":
            self._opened(report, source).failures.append(failing(report, source))

    def _finished(self, test: Test) -> Iterator[TestResult]:
        self.tests += 1
        result = test.result()
        if plain := row_of(result):
            self._rows.append(plain)
            if len(self._rows) >= BATCH:
                self._flush()
        else:
            yield result

    def _flush(self) -> None:
        self._table.extend(self._rows)
        self._rows = []

    def _collection(self, report: Report, source: Source) -> Iterator[TestResult]:
        nodeid = text(report.get("nodeid"))
        if nodeid in self._uncollected:  # each worker of xdist collects, and reports
            return
        self._uncollected.add(nodeid)
        self.tests += 1
        failure = failing(report | {"when": "collect"}, source)
        names = split_nodeid(nodeid)
        yield TestResult(*names, "error", source, id=nodeid, file=nodeid, failures=(failure,))

    def _end(self, *, finished: bool, code: int | None = None) -> Iterator[Record]:
        """Close the session: a test that is still open was started and never ended."""
        unfinished = tuple(without_group(test.nodeid) for test in self._open.values())
        for test in self._open.values():
            if test.failures or test.attempts or test.phase == "call":
                yield from self._finished(test)
        seconds = self._last - self.started if self.started else None
        yield Session(
            Source(self.path, self._line),
            runner="pytest",
            version=self._version,
            workers=self._workers.at_first() or None,
            started=self.started,
            seconds=self.seconds if self.seconds is not None else seconds,
            counts=self.counts,
            finished=finished,
            exit_code=code,
            unfinished=unfinished[:MOST_NAMES],
        )
        self._begin(0, "")

    def complaints(self) -> Iterator[Problem]:
        """Yield what could not be used."""
        if self._nameless:
            message = f"{plural(len(self._nameless), 'report')} without a node id left out"
            yield Problem(Source(self.path, self._nameless[0]), message)

    def close(self) -> Iterator[Record]:
        """End a session whose end is missing, and give the table."""
        if self._line:
            yield from self._end(finished=False)
        self._flush()
        if len(self._table):
            yield self._table


def _warning(entry: dict[str, Any], source: Source) -> Event:
    details = {
        "category": text(entry.get("category")),
        "file": text(entry.get("filename")),
        "line": text(entry.get("lineno")),
    }
    said = text(entry.get("message"))
    known = {name: value for name, value in details.items() if value}
    return Event("warning", said, source, test=text(entry.get("nodeid")), details=known)
