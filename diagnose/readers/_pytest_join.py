"""Joins what a session says of a failed test in three places: progress, block, short summary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from diagnose import frames
from diagnose.model import Attempt, Captured, Event, Failure, Outcome, Phase, Source, TestResult
from diagnose.readers._nodeid import split_nodeid
from diagnose.readers._pytest_blocks import Block
from diagnose.readers._pytest_names import DOCTEST, Listed, Names, Untitled
from diagnose.readers._pytest_progress import OUTCOMES, Reported
from diagnose.readers._pytest_session import Draft

CRASH = re.compile(r"(?:[Ww]orker|[Ss]lave) u?['\"](gw\d+)['\"] crashed")
ORDER = {"collect": 0, "setup": 0, "teardown": 2}  # the ERRORS are printed above the FAILURES
ENDED: dict[str, Outcome] = {"passed": "passed", "skipped": "skipped"}


@dataclass(slots=True)
class _Test:
    """A test with something to say, while its parts come together."""

    id: str
    title: str
    line: int
    file: str = ""
    worker: str = ""
    start: float | None = None
    last: str = ""
    reruns: int = 0
    failures: list[Failure] = field(default_factory=list)
    output: list[Captured] = field(default_factory=list)

    def has(self, outcome: Outcome) -> bool:
        """Say whether it is known to have ended so."""
        return any(failure.outcome == outcome for failure in self.failures)

    @property
    def outcome(self) -> Outcome:
        """Say how it ended; a failure in the test itself outweighs one around it."""
        for outcome in ("failed", "error"):
            if self.has(outcome):
                return outcome
        return ENDED.get(OUTCOMES.get(self.last, ""), "failed")


def results(draft: Draft, path: str) -> Iterator[TestResult | Event]:
    """Yield every test of a session that failed or was tried again, and every crash of a worker."""
    join = _Join(draft, path)
    yield from join.blocks()
    join.listed()
    yield from join.reported()
    for test in join.tests.values():
        yield _result(test, path, draft.durations)


class _Join:
    def __init__(self, draft: Draft, path: str) -> None:
        self.draft = draft
        self.path = path
        self.names = Names(draft)
        self.tests: dict[str, _Test] = {}

    def blocks(self) -> Iterator[Event]:
        """Make a test of every block; yield the crashes among them."""
        for section in self.draft.sections:
            for block in section.blocks:
                self._block(block, section.section)
                if block.crashed:
                    source = Source(self.path, block.text.line)
                    yield Event(
                        "worker_crash",
                        str(block.text).partition("\n")[0],
                        source,
                        worker=block.worker,
                        test=block.crashed,
                    )

    def _block(self, block: Block, section: str) -> None:
        text = str(block.text)
        trace = frames.read(text)
        test = self._test(self.names.of_block(block, trace, section), block.title, block.line)
        test.failures.append(
            Failure(
                "failed" if section == "FAILURES" else "error",
                trace.raised.printed or text.partition("\n")[0],
                Source(self.path, block.text.line or block.line),
                text,
                trace.exception,
                block.phase,
            )
        )
        test.output.extend(block.output(self.path))
        test.worker = test.worker or block.worker
        if not test.file and trace.frames:
            test.file = trace.frames[0].path

    def listed(self) -> None:
        """Add what only the short summary names."""
        untitled = Untitled(self.draft.sections)
        for entry in self.names.listed:
            outcome: Outcome = "error" if entry.word == "ERROR" else "failed"
            test = self._test(entry.id, "", entry.line)
            if test.has(outcome):
                continue
            text, line = untitled.find(entry.message) or (entry.message, entry.line)
            raised = frames.read(text).raised
            exception = raised.exception or frames.said(entry.message)[0]
            message = raised.printed or entry.message
            source = Source(self.path, line)
            phase = _phase(entry)
            test.failures.append(Failure(outcome, message, source, text, exception, phase))
            if crash := CRASH.match(entry.message):
                test.worker = test.worker or crash[1]

    def reported(self) -> Iterator[Event]:
        """Add what only the progress lines name; yield the crashes that no block tells of."""
        for nodeid, said in self.draft.progress.reported.items():
            test = self._test(nodeid, "", said.line)
            test.worker = test.worker or said.worker
            test.start = said.start
            test.reruns = len(said.reruns)
            test.last = said.words[-1] if said.words else ""
            self._words(test, said)
            if said.crashed and all(failure.phase != "crash" for failure in test.failures):
                test.failures[:] = [replace(failure, phase="crash") for failure in test.failures]
                source = Source(self.path, said.line)
                text = f"{said.words[0]} {nodeid}" if said.words else nodeid
                yield Event("worker_crash", text, source, worker=said.worker, test=nodeid)

    def _words(self, test: _Test, said: Reported) -> None:
        for word in said.words:
            outcome: Outcome = "error" if word == "ERROR" else "failed"
            if word not in OUTCOMES and not test.has(outcome):
                test.failures.append(Failure(outcome, "", Source(self.path, said.line)))

    def _test(self, nodeid: str, title: str, line: int) -> _Test:
        key = nodeid or f"\0{title}"
        test = self.tests.get(key)
        if test is None:
            test = self.tests[key] = _Test(nodeid, title, line)
        return test


def _phase(entry: Listed) -> Phase:
    if entry.word == "ERROR":
        return "" if "::" in entry.id else "collect"
    return "crash" if CRASH.match(entry.message) else ""


def _result(test: _Test, path: str, durations: dict[str, float]) -> TestResult:
    test.failures.sort(key=lambda failure: ORDER.get(failure.phase, 1))
    classname, name = split_nodeid(test.id) if test.id else _names(test.title)
    attempts: tuple[Attempt, ...] = ()
    if test.reruns:
        failures = tuple(test.failures)
        attempts = (Attempt("failed"),) * test.reruns + (Attempt(test.outcome, failures),)
    return TestResult(
        classname,
        name,
        test.outcome,
        Source(path, test.failures[0].source.line if test.failures else test.line),
        id=test.id,
        file=test.id.partition("::")[0] or test.file,
        seconds=durations.get(test.id),
        start=test.start,
        worker=test.worker,
        failures=tuple(test.failures),
        output=tuple(test.output),
        attempts=attempts,
    )


def _names(title: str) -> tuple[str, str]:
    """Split a title where no file is known."""
    if title.startswith(DOCTEST):
        dotted = title.removeprefix(DOCTEST)
        return dotted.rpartition(".")[0], dotted
    bare, bracket, parameters = title.partition("[")
    classname, _, name = bare.rpartition(".")
    return classname, name + bracket + parameters
