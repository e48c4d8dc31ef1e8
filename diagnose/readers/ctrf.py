"""CTRF, the Common Test Report Format: one JSON document for the runners of many languages."""

from collections.abc import Iterator
from typing import Any

from diagnose.model import (
    Attempt,
    Captured,
    Failure,
    Outcome,
    Problem,
    Record,
    Session,
    Source,
    TestResult,
)
from diagnose.readers._failure import (
    clip,
    crashed_worker,
    exception_name,
    first_line,
    phase_of,
)
from diagnose.readers._file import File
from diagnose.readers._json import items, load_file, mapping, number, text, whole
from diagnose.readers._junit_case import RawRow, row_of
from diagnose.readers._nodeid import join_nodeid
from diagnose.table import TestTable

WHOLE = True
KEYS = (b'"results"', b'"tool"')
OUTCOMES: dict[str, Outcome] = {
    "passed": "passed",
    "failed": "failed",
    "skipped": "skipped",
    "pending": "skipped",
    "other": "not_run",
}


def recognises(block: bytes) -> bool:
    """Know CTRF by its keys, which stand before the tests; newer ones say their name."""
    head = block[: 1 << 16].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head[:1] == b"{" and (b'"CTRF"' in head[:1000] or all(key in head for key in KEYS))


def read(file: File) -> Iterator[Record | Problem]:
    """Yield the tests of the document, and its session."""
    source = Source(file.path)
    try:
        results = mapping(mapping(load_file(file)).get("results"))
    except ValueError as error:
        yield Problem(Source(file.path), f"not read as CTRF: {error}")
        return
    rows: list[RawRow] = []
    runner = text(mapping(results.get("tool")).get("name"))
    workers: set[str] = set()
    tests = [test for test in items(results.get("tests")) if isinstance(test, dict)]
    for test in tests:
        result = _result(test, source, runner)
        workers |= {result.worker} - {""}
        if plain := row_of(result):
            rows.append(plain)
        else:
            yield result
    yield _session(results, source, runner, len(workers) or None)
    table = TestTable()
    table.extend(rows)
    if rows:
        yield table
    if not tests:
        yield Problem(Source(file.path), "no test in it")


def _session(results: dict[str, Any], source: Source, runner: str, workers: int | None) -> Session:
    summary = mapping(results.get("summary"))
    start, stop = _moment(summary.get("start")), _moment(summary.get("stop"))
    return Session(
        source,
        runner=runner,
        version=text(mapping(results.get("tool")).get("version")),
        workers=workers,
        started=start,
        seconds=stop - start if start and stop and stop >= start else None,
        counts={
            word: count
            for word, value in summary.items()
            if word not in ("start", "stop") and (count := whole(value)) is not None
        },
    )


def _result(test: dict[str, Any], source: Source, runner: str) -> TestResult:
    classname, name = _suite(test.get("suite")), text(test.get("name"))
    outcome = OUTCOMES.get(text(test.get("status")), "not_run")
    file = text(test.get("filePath"))
    failures = (_failure(test, outcome, source, runner),) if outcome == "failed" else ()
    duration = number(test.get("duration"))
    crashed = (crashed_worker(failure.message) for failure in failures)
    return TestResult(
        classname,
        name,
        outcome,
        source,
        id=join_nodeid(classname, name, file) if runner == "pytest" else "",
        file=file,
        line=whole(test.get("line")) or 0,
        seconds=duration / 1000 if duration is not None and duration >= 0 else None,
        start=_moment(test.get("start")),
        worker=text(test.get("threadId")) or next(filter(None, crashed), ""),
        failures=failures,
        output=tuple(_output(test, source)),
        attempts=_attempts(test, outcome, failures, source),
        properties={key: text(value) for key, value in mapping(test.get("labels")).items()},
    )


def _failure(test: dict[str, Any], outcome: Outcome, source: Source, runner: str) -> Failure:
    said = clip(text(test.get("trace")))
    message = clip(text(test.get("message"))) or first_line(said)
    phase = phase_of(message) if runner == "pytest" else ""
    return Failure(outcome, message, source, said, exception_name(message, said), phase)


def _output(test: dict[str, Any], source: Source) -> Iterator[Captured]:
    for stream in ("stdout", "stderr"):
        said = test.get(stream)
        whole_text = "\n".join(map(text, said)) if isinstance(said, list) else text(said)
        if whole_text.strip():
            yield Captured(stream, clip(whole_text), source)


def _attempts(
    test: dict[str, Any], outcome: Outcome, failures: tuple[Failure, ...], source: Source
) -> tuple[Attempt, ...]:
    """List the tries: as told one by one, else as many failed ones as `retries` says."""
    told = [_attempt(mapping(one), source) for one in items(test.get("retryAttempts"))]
    if not told:
        retries = max(0, min(whole(test.get("retries")) or 0, 100))
        if test.get("flaky") is True and retries < 1:
            retries = 1
        told = [Attempt("failed")] * retries
    return (*told, Attempt(outcome, failures)) if told else ()


def _attempt(one: dict[str, Any], source: Source) -> Attempt:
    outcome = OUTCOMES.get(text(one.get("status")), "not_run")
    failed = outcome == "failed"
    return Attempt(outcome, (_failure(one, outcome, source, ""),) if failed else ())


def _suite(value: object) -> str:
    """Return the suite as one text; newer documents list its parts."""
    return " > ".join(map(text, value)) if isinstance(value, list) else text(value)


def _moment(value: object) -> float | None:
    """Turn milliseconds since the epoch into seconds; older documents have seconds."""
    known = number(value)
    if not known or known < 0:
        return None
    return known / 1000 if known > 1e11 else known
