"""A family of failures on its way to a verdict: what is known of it before anything is weighed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from diagnose.clues import Facts, Hit
from diagnose.model import Run, Source, TestResult

# A culprit brought it about; a bystander failed before its own turn came, of what befell another.
Role = Literal["culprit", "victim", "bystander"]


@dataclass(frozen=True, slots=True)
class Told:
    """A failed test of one run, and what its words say."""

    run: int
    result: TestResult
    hits: tuple[Hit, ...] = ()
    facts: Facts = field(default_factory=Facts)


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
