"""A family of failures on its way to a verdict: what is known of it before anything is weighed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from diagnose.clues import Facts, Hit
from diagnose.model import Run, Source, TestResult

# A culprit brought it about; a bystander failed before its own turn came, of what befell another.
Role = Literal["culprit", "victim", "bystander"]

DIGITS = re.compile(r"\d+")
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
        return replace(self, hits=hits, facts=facts, borrowed=False)


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


def _moved(hit: Hit, lines: Iterable[tuple[str, Source]]) -> Hit | None:
    for said, source in lines:
        if match := hit.pattern.search(said[:LONGEST]):
            groups = {name: value for name, value in match.groupdict().items() if value is not None}
            return replace(hit, quote=said, source=source, groups=groups)
    return None


@dataclass(frozen=True, slots=True)
class Family:
    """Failures of one root, over all runs; `outcomes` say how each of its tests ended where."""

    runs: tuple[Run, ...]
    told: tuple[Told, ...]
    outcomes: Mapping[str, Mapping[int, str]]
    cause: str = "unknown"

    def in_run(self, run: int) -> Iterator[Told]:
        """Yield the failures of one run."""
        return (told for told in self.told if told.run == run)

    @property
    def read(self) -> tuple[Told, ...]:
        """Return the failures whose words are their own."""
        return tuple(told for told in self.told if not told.borrowed) or self.told[:1]

    @property
    def bad_runs(self) -> set[int]:
        """Number the runs of which nobody may say that the family passed in them.

        Those are its own, and those in which most of its tests failed in words of another family.
        """
        ends: dict[int, list[bool]] = defaultdict(list)
        for outcomes in self.outcomes.values():
            for run, outcome in outcomes.items():
                ends[run].append(outcome in ("failed", "error"))
        return {*self.failed_runs, *(run for run, bad in ends.items() if 2 * sum(bad) > len(bad))}

    @property
    def failed_runs(self) -> list[int]:
        """Number the runs in which any of its tests failed."""
        return sorted({told.run for told in self.told})


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
