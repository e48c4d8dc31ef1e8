"""What is said of the facts: incidents with their verdicts, and the whole. Frozen, without I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from diagnose.clues import Page
from diagnose.model import Event, Gap, Input, Problem, Run, Source
from diagnose.oom import KernelIncident, KernelKill

Verdict = Literal[
    "resource_exhaustion",
    "service_fault",
    "test_isolation",
    "environment",
    "test_defect",
    "inconclusive",
]

ChangeKind = Literal[
    "parallel_only",  # fails with more workers, never with the fewest
    "serial_only",
    "both",
    "flaky",  # fails in one run and passes in another of as many workers, or when tried again
    "slowed",  # passes, and got slower by far more than the run on the whole
    "lost",  # has a result with the fewest workers, or in the first run, and not in each other
    "appeared",
]


@dataclass(frozen=True, slots=True)
class TestCase:
    """A test of an incident, and how it ended in each run."""

    __test__ = False
    id: str
    classname: str
    name: str
    file: str = ""
    role: str = "victim"
    outcomes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Item:
    """A line of an incident's ledger: what speaks for or against, how strongly, and where it is."""

    kind: str
    text: str
    for_: str = ""
    against: str = ""
    decibans: float = 0.0
    quote: str | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    """What else it may be."""

    verdict: str
    cause: str
    confidence: float


@dataclass(frozen=True, slots=True)
class NextRun:
    """The run that would tell most for its cost."""

    command: str
    why: str
    repeats: int = 1


@dataclass(frozen=True, slots=True)
class Patch:
    """What to write into which file; `language` says how to colour it."""

    path: str
    language: str
    content: str


@dataclass(frozen=True, slots=True)
class Advice:
    """What to change: why, what that will do, and the command that shows it did."""

    id: str
    title: str
    why: str
    effect: str = ""
    proof: str = ""
    patches: tuple[Patch, ...] = ()
    incidents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parallelism:
    """What the runs allow to say of failures and parallelism, and what that rests on."""

    relation: str = "not_compared"
    statement: str = "there are no runs with different numbers of workers to compare"
    rate_ratio: float | None = None
    interval: tuple[float, float] | None = None
    p_value: float | None = None
    bayes_factor: float | None = None
    design: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A test that is not simply green in all runs; `seconds` by run where it got slower.

    How a failed test ended where, its incident tells; `outcomes` are those of the others.
    """

    id: str
    change: ChangeKind
    incident: str = ""
    outcomes: Mapping[str, str] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Level:
    """What the runs with one number of workers come to; `incidents` count failures by id."""

    workers: int
    runs: tuple[str, ...]
    tests: int = 0
    failures: int = 0
    incidents: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Test by test: what differs between the runs with the fewest workers and all others.

    `slower` is by how much passing tests are slower on the whole; `tests` may name fewer than
    `counts` counts, of those that did not fail.
    """

    fewer: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    slower: float | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    tests: tuple[Change, ...] = ()
    by_workers: tuple[Level, ...] = ()


@dataclass(frozen=True, slots=True)
class Incident:
    """All failures that share one root event: the unit that is judged and reported.

    `details` are what the cause's patterns named in the texts, each value once, the most frequent
    first; `remedy` is what the cause's page says to do; `advice` are ids. `linked` is the chance
    that it has to do with parallelism, if runs were compared.
    """

    id: str
    headline: str
    tests: tuple[TestCase, ...]
    verdict: Verdict = "inconclusive"
    cause: str = "unknown"
    confidence: float = 0.0
    wording: str = "undetermined"
    posterior: Mapping[str, float] = field(default_factory=dict)
    alternatives: tuple[Alternative, ...] = ()
    ledger: tuple[Item, ...] = ()
    missing: tuple[str, ...] = ()
    next_run: NextRun | None = None
    details: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    remedy: str = ""
    advice: tuple[str, ...] = ()
    linked: float | None = None


@dataclass(frozen=True, slots=True)
class Kernel:
    """What the kernel logs say, joined with the runs; `other` is trouble of another kind."""

    kills: tuple[KernelKill, ...] = ()
    incidents: tuple[KernelIncident, ...] = ()
    other: tuple[Event, ...] = ()
    logs: tuple[Input, ...] = ()


@dataclass(frozen=True, slots=True)
class EarlyWarning:
    """What healthy tests give away of failures to come; it is never a verdict."""

    kind: str
    text: str
    quote: str = ""
    source: Source | None = None
    tests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What `diagnose` has to say of some runs.

    `redactions` counts the secrets that were replaced; None: nobody has looked for any yet.
    """

    runs: tuple[Run, ...] = ()
    incidents: tuple[Incident, ...] = ()
    gaps: tuple[Gap, ...] = ()
    problems: tuple[Problem, ...] = ()
    events: tuple[Event, ...] = ()
    parallelism: Parallelism = field(default_factory=Parallelism)
    comparison: Comparison | None = None
    title: str = ""
    advice: tuple[Advice, ...] = ()
    kernel: Kernel = field(default_factory=Kernel)
    warnings: tuple[EarlyWarning, ...] = ()
    pages: Mapping[str, Page] = field(default_factory=dict)
    redactions: int | None = None
