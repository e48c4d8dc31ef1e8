"""What a scenario says of itself: product, fault, runs, needs, and how the truth is told."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

SCENARIOS = Path(__file__).parent / "scenarios"
KEYS = {
    "product", "says", "split", "needs", "parallel", "main", "advice", "faults", "services",
    "control", "runs", "cuts", "limits", "env", "keep", "parts", "kernel", "simulated", "user",
    "form",
}  # fmt: skip


class ScenarioError(Exception):
    """A scenario contradicts itself, or what happened when it ran."""


def split_of(name: str) -> str:
    """Return the half that a scenario belongs to: by its name alone, for ever."""
    return "train" if hashlib.sha256(name.encode()).digest()[0] % 5 < 3 else "test"


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault that is really there, and how the recorder knows a test that met it.

    `always`: every test that it names fails in every run, and so nothing is left to chance.
    """

    name: str
    verdict: str
    cause: str
    also: tuple[str, ...] = ()
    also_verdicts: tuple[str, ...] = ()
    tests: tuple[str, ...] = ("*",)
    raised: tuple[str, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)
    said: str = ""
    state: str = ""
    phase: str = ""
    always: bool = False

    def names(self, test: str) -> bool:
        """Say whether this fault lies in the way of that test."""
        return any(fnmatchcase(test, pattern.replace("[", "[[]")) for pattern in self.tests)

    def explains(self, test: str, ending: Mapping[str, Any]) -> bool:
        """Say whether what the recorder saw of a test is this fault."""
        if not self.names(test) or (self.state and ending["state"] != self.state):
            return False
        if self.phase and ending["phase"] != self.phase:
            return False
        if not (self.raised or self.facts or self.said):
            return True
        return any(self._met(error) for error in ending["chain"])

    def _met(self, error: Mapping[str, Any]) -> bool:
        typed = not self.raised or error["type"] in self.raised
        known = all(error.get(name) == value for name, value in self.facts.items())
        return typed and known and bool(re.search(self.said, error["said"]))


@dataclass(frozen=True, slots=True)
class Scenario:
    """One product with its faults; `spec` is what its file says of how to run it."""

    name: str
    spec: Mapping[str, Any]

    @property
    def folder(self) -> Path:
        """Where its suite stands."""
        return SCENARIOS / self.name

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The faults, the most specific first, as the file has them."""
        return tuple(Fault(**_frozen(told)) for told in self.spec.get("faults", ()))

    @property
    def runs(self) -> Mapping[str, str]:
        """The words given to pytest, by the label of the run."""
        found: Mapping[str, str] = self.spec["runs"]
        return found

    @property
    def needs(self) -> tuple[str, ...]:
        """What the machine must have."""
        return tuple(self.spec.get("needs", ()))

    def without_the_fault(self) -> Scenario | None:
        """Return the same suite as a control, in one run; None where there is none."""
        change = dict(self.spec.get("control", {}))
        if not change:
            return None
        label = change.pop("run", list(self.runs)[-1])
        spec = merged(self.spec, change)
        spec["runs"], spec["cuts"] = {label: spec["runs"][label]}, {}
        return Scenario(self.name, spec)


def workers_of(words: str) -> int:
    """Return how many workers pytest's words ask for; 0 is a serial run."""
    found = re.search(r"-n[ =]?(\d+)", words)
    return int(found[1]) if found else 0


def merged(base: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """Return a table with another laid over it, as deep as both go."""
    made = dict(base)
    for key, value in change.items():
        old = made.get(key)
        both = isinstance(old, Mapping) and isinstance(value, Mapping)
        made[key] = merged(old, value) if both and isinstance(old, Mapping) else value
    return made


def _frozen(told: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in told.items()}


def load(name: str) -> Scenario:
    """Read a scenario's file."""
    spec = tomllib.loads((SCENARIOS / name / "scenario.toml").read_text("utf-8"))
    if strange := spec.keys() - KEYS:
        raise ScenarioError(f"{name}: scenario.toml has no such key: {', '.join(sorted(strange))}")
    if spec["split"] != split_of(name):
        raise ScenarioError(f"{name}: by its name it is of the {split_of(name)} half")
    return Scenario(name, spec)


def names() -> list[str]:
    """List the scenarios."""
    return sorted(file.parent.name for file in SCENARIOS.glob("*/scenario.toml"))
