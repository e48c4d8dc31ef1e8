"""The judge's numbers, from `tables.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("tables.toml")


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of evidence: the group it shares a cause with, and P(evidence | verdict)."""

    group: str
    given: tuple[float, ...]
    spread: float = 0.0  # most that it may say, as odds; 0: as much as any item


@dataclass(frozen=True, slots=True)
class Shapes:
    """How often runs fail under each hypothesis; a pair is the two parameters of a Beta."""

    persistent: tuple[float, float]
    intermittent: tuple[float, float]
    one_off: tuple[float, float]
    isolation_serial: tuple[float, float]
    isolation: tuple[float, float]
    load_below: tuple[float, float]
    load: tuple[float, float]
    rare: tuple[float, float]
    rare_share: float
    background: float
    stress: float
    isolated_reruns: int
    blocked: float
    pseudo_counts: float
    claim: float
    linked: float
    claim_many: float
    many: int


@dataclass(frozen=True, slots=True)
class Limits:
    """How far evidence may move a verdict."""

    smoothing: float
    text_spread: float
    item_spread: float
    pattern_spread: float
    repeated: float
    scale: float
    temperature: float
    ceiling: float
    floor: float


@dataclass(frozen=True, slots=True)
class Lean:
    """How much is believed of words that no pattern knows."""

    credit: float
    share: float
    most: float
    spread: float
    surest: float
    asked_below: float
    unheard: float
    form: frozenset[str]


@dataclass(frozen=True, slots=True)
class NextRun:
    """When to ask for another run, and what each costs."""

    enough: float
    least_gain: float
    sure: float
    most_repeats: int
    costs: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Tables:
    """All numbers, and the version a report quotes."""

    version: str
    verdicts: tuple[str, ...]
    prior: Mapping[str, float]
    limits: Limits
    wording: Mapping[str, float]
    forms: Mapping[str, Mapping[str, float]]
    hypotheses: Mapping[str, float]
    mix: Mapping[str, Mapping[str, float]]
    mix_of: Mapping[str, Mapping[str, float]]
    shapes: Shapes
    evidence: Mapping[str, Row]
    next_run: NextRun
    lean: Lean


@cache
def tables() -> Tables:
    """Read the file once, when it is first needed."""
    return parse(FILE.read_text("utf-8"))


def parse(text: str) -> Tables:
    """Make tables of their text."""
    said = tomllib.loads(text)
    return Tables(
        version=said["version"],
        verdicts=tuple(said["verdicts"]),
        prior=said["prior"],
        limits=Limits(**said["limits"]),
        wording=said["wording"],
        forms=said["forms"],
        hypotheses=said["hypotheses"]["prior"],
        mix=said["mix"],
        mix_of={cause: row["mix"] for row in said["mix_of"] for cause in row["causes"]},
        shapes=Shapes(**{name: _pair(value) for name, value in said["shapes"].items()}),
        evidence={
            kind: Row(row["group"], tuple(row["given"]), row.get("spread", 0.0))
            for kind, row in said["evidence"].items()
        },
        next_run=NextRun(**said["next_run"]),
        lean=Lean(**{**said["lean"], "form": frozenset(said["lean"]["form"])}),
    )


def _pair(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
