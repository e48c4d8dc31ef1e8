"""An incident, and what the artifacts tell of it that advice can name and count with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from math import ceil, log

from diagnose.diagnosis import Diagnosis, Incident, TestCase
from diagnose.frames import Frame, read
from diagnose.model import Event, Run, TestResult
from diagnose.words import for_shell, plural, says_nothing, some

EXAMPLES = 20  # failures of a run that are read
EXCERPT = 4000  # characters of each text, from its beginning and from its end
LONGEST_ID = 500
WORST = ("failed", "error")
RAISED = "by what was raised,"  # as a ledger begins what was found there


@dataclass(frozen=True)
class Case:
    """An incident with its runs, and examples of its failures with the run of each."""

    incident: Incident
    runs: tuple[Run, ...]
    failures: tuple[tuple[Run, TestResult], ...]
    shared: tuple[Event, ...] = ()

    @property
    def id(self) -> str:
        """Name the incident."""
        return self.incident.id

    @property
    def size(self) -> int:
        """Count its tests."""
        return len(self.incident.tests)

    @property
    def tests(self) -> str:
        """Count its tests, in words."""
        return plural(self.size, "test")

    @property
    def were(self) -> str:
        """Count its tests, as a sentence about what was done to them begins."""
        return f"{self.tests} {'was' if self.size == 1 else 'were'}"

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Return the node ids that a shell and a list of lines can carry."""
        return tuple(
            test.id
            for test in self.incident.tests
            if test.id.isprintable() and 0 < len(test.id) <= LONGEST_ID
        )

    @cached_property
    def failing(self) -> tuple[Run, ...]:
        """Return the runs in which any of its tests failed."""
        return tuple(run for run in self.runs if self._ended(run)[0])

    @cached_property
    def clean(self) -> tuple[Run, ...]:
        """Return the whole runs that ran most of its tests, and none failed."""
        return tuple(
            run
            for run in self.runs
            if self._ended(run)[0] == 0 and 2 * self._ended(run)[1] >= self.size and run.complete
        )

    def _ended(self, run: Run) -> tuple[int, int]:
        """Count its tests that failed in a run, and those that ran."""
        return self._counts.get(run.label, (0, 0))

    @cached_property
    def _counts(self) -> dict[str, tuple[int, int]]:
        bad: Counter[str] = Counter()
        all_: Counter[str] = Counter()
        for test in self.incident.tests:
            for label, outcome in test.outcomes.items():
                bad[label] += outcome in WORST
                all_[label] += outcome in (*WORST, "passed")
        return {label: (bad[label], all_[label]) for label in all_}

    @property
    def fewest(self) -> int:
        """Return the smallest number of workers with which it failed; 0 where none is known."""
        return min((run.workers for run in self.failing), default=0)

    @property
    def seems_serial(self) -> bool:
        """Say whether it is by estimate alone that it failed without others beside it."""
        known = ("stated", "log", "report")
        return self.fewest == 1 and not any(
            run.workers > 1 or run.workers_source in known for run in self.runs
        )

    @property
    def dose(self) -> str:
        """Say with how many workers it failed; "and more" only where more were tried."""
        more = any(run.workers > self.fewest for run in self.failing)
        return f"{plural(self.fewest, 'worker')}{' and more' if more else ''}"

    @property
    def below(self) -> tuple[Run, ...]:
        """Return the clean runs with fewer workers than any that failed."""
        return tuple(run for run in self.clean if run.workers < self.fewest)

    @property
    def safe(self) -> int:
        """Return the largest number of workers whose runs were clean, below all that failed."""
        return max((run.workers for run in self.below), default=0)

    @property
    def parallel_only(self) -> bool:
        """Say whether it fails with several workers only, as far as the runs tell."""
        return self.fewest > 1

    @cached_property
    def text(self) -> str:
        """Return what the examples say, cut in the middle where they are long."""
        return "\n".join(map(_excerpt, (result for _, result in self.failures)))

    def first(self, *names: str) -> str:
        """Return what the cause's patterns named most often in the failures."""
        found = (self.incident.details.get(name, ()) for name in names)
        named = next((values[0] for values in found if values), "")
        return short(named) if named.isprintable() else ""

    def search(self, regex: str) -> re.Match[str] | None:
        """Look for something in the examples, then in what the services said."""
        headers = (s.details.get("header", "") for run in self.failing for s in run.sessions)
        said = (self.text, *headers, *(event.text for event in self.events("service.")))
        return next(filter(None, (re.search(regex, text) for text in said)), None)

    def events(self, kind: str) -> Iterator[Event]:
        """Yield the events of a kind, or of kinds that begin so, of the runs that failed."""
        for run in self.failing:
            yield from (event for event in run.events if event.kind.startswith(kind))
        yield from (event for event in self.shared if event.kind.startswith(kind))

    @cached_property
    def frames(self) -> tuple[Frame, ...]:
        """Return the stack of the first example, innermost first, without libraries."""
        for _, result in self.failures:
            for failure in result.failures:
                own = [f for f in read(failure.text).frames if f.owner not in ("library", "python")]
                if own:
                    return tuple(own)
        return ()

    def frame(self, *owners: str) -> Frame | None:
        """Return the innermost frame of that code."""
        return next((frame for frame in self.frames if frame.owner in owners), None)

    @property
    def place(self) -> str:
        """Name the innermost line of the project's own code."""
        frame = next(iter(self.frames), None)
        return where(frame) if frame else ""

    @property
    def raised(self) -> str:
        """Return what was raised, in one line: that by which the cause was known, if any was."""
        quoted = [
            (item.text, item.quote.strip().removeprefix("E ").strip())
            for item in self.incident.ledger
            if item.kind == "signature" and item.quote
        ]
        known = [quote for text, quote in quoted if text.startswith(RAISED)]
        messages = [
            failure.message.strip().splitlines()[0]
            for _, result in self.failures
            for failure in result.failures
            if failure.message.strip()
        ]
        telling = [message for message in messages if not says_nothing(message)]
        said = [*known, *telling, *(quote for _, quote in quoted), *messages, "no message"]
        return short(said[0]).rstrip(".")

    @property
    def repeats(self) -> int:
        """Return after how many clean runs a failure that came as often as this one is gone."""
        workers = {run.workers for run in self.failing}
        ran = [run for run in (*self.failing, *self.clean) if run.workers in workers]
        share = (len(self.failing) + 0.5) / (len(ran) + 1)
        return max(2, min(10, ceil(log(0.05) / log(1 - share))))


@dataclass(frozen=True)
class Examined(Diagnosis):
    """A diagnosis whose failures are gone through once for all advisers."""

    @classmethod
    def largest(cls, diagnosis: Diagnosis, most: int) -> Examined:
        """Take a diagnosis with no more than so many incidents, the largest."""
        known = {field.name: getattr(diagnosis, field.name) for field in fields(diagnosis)}
        return cls(**known | {"incidents": diagnosis.incidents[:most]})

    @cached_property
    def cases(self) -> list[Case]:
        """Return all incidents with what their failures say."""
        return _cases(self, self.incidents)


def cases(diagnosis: Diagnosis, causes: Collection[str]) -> list[Case]:
    """Return the incidents of some causes with what their failures say."""
    if isinstance(diagnosis, Examined):
        return [case for case in diagnosis.cases if case.incident.cause in causes]
    return _cases(diagnosis, [each for each in diagnosis.incidents if each.cause in causes])


def _cases(diagnosis: Diagnosis, wanted: Sequence[Incident]) -> list[Case]:
    owners = {_key(test): n for n, incident in enumerate(wanted) for test in incident.tests}
    found: list[list[tuple[Run, TestResult]]] = [[] for _ in wanted]
    for run in diagnosis.runs if wanted else ():
        taken: Counter[int] = Counter()
        for result in run.results:
            number = owners.get(result.key, -1) if result.failed else -1
            if number >= 0 and taken[number] < EXAMPLES:
                taken[number] += 1
                found[number].append((run, result))
    return [
        Case(incident, diagnosis.runs, tuple(failures), diagnosis.events)
        for incident, failures in zip(wanted, found, strict=True)
    ]


def _key(test: TestCase) -> str:
    return f"{test.classname}::{test.name}"


def _excerpt(result: TestResult) -> str:
    texts = [failure.message + "\n" + failure.text for failure in result.failures]
    text = "\n".join([*texts, *(output.text for output in result.output)])
    return text if len(text) <= 2 * EXCERPT else f"{text[:EXCERPT]}\n{text[-EXCERPT:]}"


def where(frame: Frame) -> str:
    """Name a frame's file and line, and the function."""
    function = f" in {frame.function}" if frame.function.isidentifier() else ""
    return f"{short(frame.path)}:{frame.line}{function}"


def short(text: str, width: int = 160) -> str:
    """Cut a text that a sentence carries."""
    text = "".join(letter if letter.isprintable() else " " for letter in text[: 4 * width])
    return text if len(text) <= width else text[: width - 1] + "…"


def labels(runs: Collection[Run]) -> str:
    """Name some runs."""
    return some([run.label for run in runs])


def listed(ids: Collection[str], most: int = 3) -> str:
    """Write node ids for a shell: the first few, or their files where they are many."""
    names = list(ids)
    files = list(dict.fromkeys(name.partition("::")[0] for name in names))
    return " ".join(map(for_shell, names if len(names) <= most else files[:most]))


def repeat(command: str, times: int) -> str:
    """Write a command that is run until it fails, or has passed so often."""
    numbers = " ".join(str(number + 1) for number in range(times))
    return f"for run in {numbers}; do {command} || break; done"
