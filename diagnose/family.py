"""A family of failures on its way to a verdict: what is known of it before anything is weighed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from diagnose.clues import Facts, Hit
from diagnose.model import Run, Source, TestResult

# A culprit brought it about; a bystander failed before its own turn came, of what befell another.
Role = Literal["culprit", "victim", "bystander"]

DIGITS = re.compile(r"\d+")
CODES = r"(?:20[0-6]|30[0-8]|4(?:0\d|1[0-8]|2[0-9]|31|51)|50[0-8]|51[01])"  # of HTTP
CUT = re.compile(r"\[\.\.\. \d+ (?:characters|lines) left out \.\.\.\]")
LONGEST = 4000  # characters of a line that patterns look at; a dumped object can be megabytes


@dataclass(frozen=True, slots=True)
class Told:
    """A failed test of one run, and what its words say.

    A thousand failures that begin alike are not all read: the hits and facts of those that were
    not are `borrowed` from one that was, and stand in its lines.
    """

    run: int
    result: TestResult
    hits: tuple[Hit, ...] = ()
    facts: Facts = field(default_factory=Facts)
    borrowed: bool = False

    def own(self) -> Told:
        """Return the same with hits and facts that stand in its own lines, as far as they do."""
        if not self.borrowed:
            return self
        lines = list(lines_of(self.result))
        hits = tuple(hit for hit in (_moved(each, lines) for each in self.hits) if hit)
        start, masked = self.facts.line[:1], DIGITS.sub("0", self.facts.line)
        line, source = next(
            (
                (said, at)
                for said, at in lines
                if said.startswith(start) and DIGITS.sub("0", said) == masked
            ),
            ("", None),
        )
        facts = replace(self.facts, line=line, quote=line, source=source)
        return Told(self.run, self.result, hits, facts)


def lines_of(result: TestResult) -> Iterator[tuple[str, Source]]:
    """Yield what pytest's lines of errors say; of a text that has none, all lines."""
    for failure in result.failures:
        path, first = failure.source.path, failure.source.line
        lines = list(enumerate(failure.text.split("\n")))
        errors = [(number, line[1:]) for number, line in lines if line[:2] == "E "]
        for number, line in errors or lines:
            yield (
                line.strip(),
                Source(path, first + (0 if failure.folded else number) if first else 0),
            )


def verbatim(quote: str | None) -> str | None:
    """Return a quote as far as it stands in the file: readers note where they cut a huge text."""
    return quote and CUT.split(quote[:LONGEST], maxsplit=1)[0].rstrip()


def _moved(hit: Hit, lines: Iterable[tuple[str, Source]]) -> Hit | None:
    for said, source in lines:
        if match := hit.pattern.search(said[:LONGEST]):
            groups = {name: value for name, value in match.groupdict().items() if value is not None}
            return replace(hit, quote=said, source=source, groups=groups)
    return None


@dataclass(frozen=True)
class Family:
    """Failures of one root, over all runs; `outcomes` say how each of its tests ended where."""

    runs: tuple[Run, ...]
    told: tuple[Told, ...]
    outcomes: Mapping[str, Mapping[int, str]]
    cause: str = "unknown"

    def in_run(self, run: int) -> Sequence[Told]:
        """Return the failures of one run."""
        if self.failed_runs == [run]:
            return self.told
        return [told for told in self.told if told.run == run]

    @cached_property
    def read(self) -> tuple[Told, ...]:
        """Return the failures whose words are their own."""
        return tuple(told for told in self.told if not told.borrowed) or self.told[:1]

    @cached_property
    def ran(self) -> set[int]:
        """Number the runs in which any of its tests has a result."""
        return {run for outcomes in self.outcomes.values() for run in outcomes}

    @cached_property
    def bad_runs(self) -> set[int]:
        """Number the runs of which nobody may say that the family passed in them.

        Those are its own, and those in which most of its tests failed in words of another family.
        """
        if self.ran <= set(self.failed_runs):
            return set(self.failed_runs)
        ends: dict[int, list[bool]] = defaultdict(list)
        for outcomes in self.outcomes.values():
            for run, outcome in outcomes.items():
                ends[run].append(outcome in ("failed", "error"))
        return {*self.failed_runs, *(run for run, bad in ends.items() if 2 * sum(bad) > len(bad))}

    @cached_property
    def failed_runs(self) -> list[int]:
        """Number the runs in which any of its tests failed."""
        return sorted({told.run for told in self.told})

    @cached_property
    def died(self) -> bool:
        """Say whether any of its failures is that of a process."""
        return any(f.phase == "crash" for told in self.told for f in told.result.failures)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A fact that bears on a family; `kind` is a row of the judge's tables.

    `present` is false where the fact would have been seen, and was not. `weight` scales what the
    row says: half a fact is half as telling. `roles` say by the test's key who is no mere victim;
    `cause` is what the fact bears witness to, if to one cause alone.
    """

    kind: str
    text: str
    present: bool = True
    weight: float = 1.0
    quote: str | None = None
    source: Source | None = None
    roles: Mapping[str, Role] = field(default_factory=dict)
    cause: str = ""
