"""The facts that flow through the program. Frozen, plain, and without I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from diagnose.oom import KernelIncident, KernelKill
from diagnose.packed import when_asked
from diagnose.table import TestTable

Outcome = Literal["passed", "failed", "error", "skipped", "not_run"]
Phase = Literal["setup", "call", "teardown", "collect", "crash", ""]
WorkersSource = Literal["stated", "log", "report", "estimated", ""]
SEEDS = frozenset(("random_seed", "random_order_seed", "random_order"))  # pytest-randomly and kin
GapKind = Literal["truncated", "never_finished", "lost", "duplicated", "missing_in_run"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read; line 0 is the file as a whole."""

    path: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of the input that could not be read. It is reported, never raised."""

    source: Source
    message: str


@when_asked
@dataclass(frozen=True, slots=True)
class Failure:
    """One way in which a test went wrong: an element of JUnit, a block of a console log.

    `text` begins at `source.line` of the input; it may be cut in the middle where it is huge. Where
    it is `folded`, as JSON has it, all of it is in that one line.
    """

    outcome: Outcome
    message: str
    source: Source
    text: str = ""
    exception: str = ""
    phase: Phase = ""
    folded: bool = False


@when_asked
@dataclass(frozen=True, slots=True)
class Captured:
    """What a test wrote while it ran: `stream` is stdout, stderr or log."""

    stream: str
    text: str
    source: Source
    phase: Phase = ""
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Attempt:
    """One run of a test that was tried more than once."""

    outcome: Outcome
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class TestResult:
    """One test of one run that deserves more than a row: it failed, was retried, or said something.

    `outcome` is how it ended; `attempts` lists every try, in order, where there was more than one.
    """

    __test__ = False
    classname: str
    name: str
    outcome: Outcome
    source: Source
    id: str = ""
    file: str = ""
    line: int = 0
    seconds: float | None = None
    start: float | None = None
    worker: str = ""
    failures: tuple[Failure, ...] = ()
    output: tuple[Captured, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Name the test as all formats can."""
        return f"{self.classname}::{self.name}"

    @property
    def failed(self) -> bool:
        """Say whether it ended badly; a test that did not run has not."""
        return self.outcome in ("failed", "error")

    @property
    def reasons(self) -> tuple[Failure, ...]:
        """Return what made it fail: of a test that was tried again, the last try that failed."""
        tries = (each.failures for each in reversed(self.attempts) if each.failures)
        return self.failures or next(tries, ())


@dataclass(frozen=True, slots=True)
class Event:
    """Something a log says happened, beside the tests. `docs/architecture.md` lists the kinds.

    `time` is seconds since the epoch, `uptime` since boot; either may be unknown.
    """

    kind: str
    text: str
    source: Source
    time: float | None = None
    uptime: float | None = None
    worker: str = ""
    test: str = ""
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Session:
    """One session of a test runner, as its own header, summary and end tell it.

    `counts` are the runner's words and numbers; `unfinished` are tests that were started and
    never reported; `stopped` says what cut the session short, in the runner's words.
    """

    source: Source
    runner: str = ""
    version: str = ""
    workers: int | None = None
    collected: int | None = None
    started: float | None = None
    seconds: float | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    finished: bool = True
    stopped: str = ""
    exit_code: int | None = None
    unfinished: tuple[str, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)


Record = TestResult | TestTable | Event | Session | KernelKill | KernelIncident


@dataclass(frozen=True, slots=True)
class Input:
    """A file that took part in a run, and the reader that knew it."""

    path: str
    kind: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Gap:
    """What is not there, and should be; or is there twice."""

    run: str
    kind: GapKind
    text: str
    tests: tuple[str, ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """All that was read of one test run, joined test by test.

    `results` are the tests with something to say, `table` those without; no test is in both.
    `heard` are some of the table's that passed and wrote something all the same, to hold what the
    others say against. `unnamed` counts tests that a console log only counted.
    """

    label: str
    inputs: tuple[Input, ...] = ()
    results: tuple[TestResult, ...] = ()
    table: TestTable = field(default_factory=TestTable)
    events: tuple[Event, ...] = ()
    kernel: tuple[KernelKill | KernelIncident, ...] = ()
    sessions: tuple[Session, ...] = ()
    problems: tuple[Problem, ...] = ()
    gaps: tuple[Gap, ...] = ()
    workers: int = 1
    workers_source: WorkersSource = ""
    unnamed: Mapping[str, int] = field(default_factory=dict)
    not_run: int = 0
    started: float | None = None
    wall_seconds: float | None = None
    effective_parallelism: float | None = None
    heard: tuple[TestResult, ...] = ()

    @property
    def shuffled(self) -> bool:
        """Say whether the runner drew the order of the tests by lot, as its header tells."""
        return any(session.details.keys() & SEEDS for session in self.sessions)

    @property
    def complete(self) -> bool:
        """Say whether the run was seen to its end; what is missing is in `gaps`."""
        cut = {"truncated", "never_finished", "lost"}
        return not any(gap.kind in cut for gap in self.gaps)

    @property
    def counts(self) -> dict[str, int]:
        """Count the tests by how they ended."""
        ended = {word: self.table.count(word) for word in ("passed", "failed", "error", "skipped")}
        for result in self.results:
            if result.outcome in ended:
                ended[result.outcome] += 1
        for outcome, number in self.unnamed.items():
            ended[outcome] += number
        total = sum(ended.values())
        errors = ended.pop("error")
        skipped = ended.pop("skipped")
        return {
            "tests": total,
            **ended,
            "errors": errors,
            "skipped": skipped,
            "not_run": self.not_run,
        }
