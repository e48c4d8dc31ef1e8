"""Joins pytest's reports of one test - setup, call, teardown, each try - into one result."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from diagnose.model import Attempt, Captured, Failure, Outcome, Phase, Source, TestResult
from diagnose.readers._failure import clip, crashed_worker, exception_name, first_line
from diagnose.readers._json import items, mapping, number, text, whole
from diagnose.readers._nodeid import split_nodeid, without_group

PHASES: dict[str, Phase] = {"setup": "setup", "call": "call", "teardown": "teardown"}
BETWEEN = "_ " * 40
Report = dict[str, Any]


def render(longrepr: Any) -> str:
    """Write a failure as pytest's console would."""
    if isinstance(longrepr, list):
        return text(longrepr[-1]) if longrepr else ""
    if not isinstance(longrepr, dict):
        return text(longrepr)
    chain = items(longrepr.get("chain")) or [[longrepr.get("reprtraceback"), None, None]]
    parts: list[str] = []
    for link in chain:
        traceback, _, description = (items(link) + [None] * 3)[:3]
        parts.extend(_traceback(mapping(traceback)))
        if description:
            parts.extend(("", text(description), ""))
    for section in items(longrepr.get("sections")):
        title, content, *_ = [*items(section), "", ""]
        parts.extend((text(title).center(80, "-"), text(content)))
    return "\n".join(parts)


def _traceback(traceback: dict[str, Any]) -> Iterator[str]:
    for position, entry in enumerate(items(traceback.get("reprentries"))):
        if position and traceback.get("style") == "long":
            yield BETWEEN
        data = mapping(mapping(entry).get("data"))
        yield from map(text, items(data.get("lines")))
        place = mapping(data.get("reprfileloc"))
        if place:
            yield ""
            path, line, message = map(text, map(place.get, ("path", "lineno", "message")))
            yield f"{path}:{line}: {message}"
    if extra := text(traceback.get("extraline")):
        yield extra


def failing(report: Report, source: Source) -> Failure:
    """Read how a report failed."""
    longrepr = report.get("longrepr")
    said = clip(render(longrepr))
    crash = mapping(mapping(longrepr).get("reprcrash") or report.get("crash"))
    message = clip(text(crash.get("message"))) or first_line(said)
    phase: Phase = PHASES.get(text(report.get("when")), "collect")
    if crashed_worker(message):
        phase = "crash"
    outcome: Literal["failed", "error"] = "failed" if phase in ("call", "crash") else "error"
    return Failure(
        outcome, message, source, said, exception_name(message, said), phase, folded=True
    )


def captured(report: Report, source: Source) -> Iterator[Captured]:
    """Read what pytest captured: sections are called `Captured stdout call`."""
    for section in items(report.get("sections")):
        title, content, *_ = [*items(section), "", ""]
        words = text(title).split()
        if len(words) == 3 and words[0] == "Captured" and text(content).strip():
            phase: Phase = PHASES.get(words[2], "")
            yield Captured(words[1], clip(text(content)), source, phase, folded=True)


@dataclass(slots=True)
class Workers:
    """The workers of xdist as they show up; one that crashed is replaced by one of a new name."""

    seen: set[str] = field(default_factory=set)
    late: set[str] = field(default_factory=set)
    crashed: set[str] = field(default_factory=set)

    def see(self, worker: str, crashed: str) -> None:
        """Note who reports, and who is reported dead."""
        if worker and worker != "master" and worker not in self.seen:
            self.seen.add(worker)
            if self.crashed and worker != crashed:
                self.late.add(worker)
        if crashed:
            self.crashed.add(crashed)

    def at_first(self) -> int:
        """Count those that were there before any was replaced."""
        return len(self.seen) - min(len(self.crashed), len(self.late))


@dataclass(slots=True)
class Test:
    """A test on its way: reports come in phase by phase, and try by try."""

    __test__ = False
    nodeid: str
    source: Source
    worker: str = ""
    file: str = ""
    line: int = 0
    seconds: float = 0.0
    start: float | None = None
    skipped: bool = False
    phase: str = ""
    failures: list[Failure] = field(default_factory=list)
    output: tuple[Captured, ...] = ()
    attempts: list[Attempt] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)

    def add(self, report: Report, source: Source) -> bool:
        """Take a report; say whether it was the last one of this test."""
        self._place(report)
        self.seconds += number(report.get("duration")) or 0.0
        outcome, when = report.get("outcome"), text(report.get("when"))
        after_rerun, self.phase = self.phase == "rerun", when
        if outcome == "rerun":
            self.attempts.append(Attempt("failed", (failing(report, source),)))
            self.failures, self.skipped, self.phase = [], False, "rerun"
            return False
        if outcome == "failed":
            self.failures.append(failing(report, source))
        self.skipped |= outcome == "skipped"
        self.output = tuple(captured(report, source)) or self.output
        if when == "teardown" and after_rerun:
            self.phase = "rerun"
            return False
        return when == "teardown" or any(found.phase == "crash" for found in self.failures)

    def _place(self, report: Report) -> None:
        file, line, *_ = [*items(report.get("location")), None, None]
        self.file = self.file or text(file)
        self.line = self.line or (whole(line) or -1) + 1
        self.start = self.start or number(report.get("start")) or None
        for pair in items(report.get("user_properties")):
            name, value, *_ = [*items(pair), "", ""]
            self.properties[text(name)] = text(value)

    @property
    def outcome(self) -> Outcome:
        """Tell how it ended."""
        if self.failures:
            return "error" if any(f.outcome == "error" for f in self.failures) else "failed"
        return "skipped" if self.skipped else "passed"

    def result(self) -> TestResult:
        """Return what is known of the test."""
        classname, name = split_nodeid(self.nodeid)
        last = Attempt(self.outcome, tuple(self.failures))
        crashed = (crashed_worker(found.message) for found in self.failures)
        return TestResult(
            classname,
            name,
            self.outcome,
            self.failures[0].source if self.failures else self.source,
            id=without_group(self.nodeid),
            file=self.file,
            line=self.line,
            seconds=self.seconds,
            start=self.start,
            worker=self.worker or next(filter(None, crashed), ""),
            failures=tuple(self.failures),
            output=self.output,
            attempts=(*self.attempts, last) if self.attempts else (),
            properties=self.properties,
        )
