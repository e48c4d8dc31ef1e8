"""The kin of tests that failed: those of the same function that pass, and all of the same class.

Thousands of families may ask it of the same runs; the tables are gone through once.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from diagnose.evidence._features import SHORTEST
from diagnose.family import Family
from diagnose.model import Run
from diagnose.table import CODES, OUTCOMES

MOST = 1000  # tests of a class whose seconds are kept
RAN = ("passed", "failed", "error")


class Kin(NamedTuple):
    """Of one run: seconds of passing tests by function and by class, and how many ran by class."""

    seconds: Mapping[str, Sequence[float]]
    of_class: Mapping[str, Sequence[float]]
    ran: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Suite:
    """Runs that are known again by their tables, which grow and are never changed."""

    key: tuple[tuple[int, int, int], ...]
    runs: tuple[Run, ...] = field(compare=False)


def kin(family: Family) -> Sequence[Kin]:
    """Return, run by run, the kin of whatever failed in any of them."""
    marks = ((id(run.table), len(run.table), len(run.results)) for run in family.runs)
    return _kin(_Suite(tuple(marks), family.runs))


def function(key: str) -> str:
    """Name a test without its parameters."""
    return key.partition("[")[0]


def fates(family: Family) -> Mapping[str, Mapping[str, Mapping[int, str]]]:
    """Return by class how each test that failed in any run ended, by the number of the run."""
    marks = ((id(run.table), len(run.table), len(run.results)) for run in family.runs)
    return _fates(_Suite(tuple(marks), family.runs))


@lru_cache(maxsize=2)
def _fates(suite: _Suite) -> Mapping[str, Mapping[str, Mapping[int, str]]]:
    failed = {each.key for run in suite.runs for each in run.results if each.failed}
    ends: dict[str, dict[str, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    for number, run in enumerate(suite.runs):
        told = [(key, OUTCOMES[code]) for key, code, _ in run.table.timed() if key in failed]
        for key, end in (*told, *((each.key, each.outcome) for each in run.results)):
            if key in failed and end in RAN:
                ends[_class(key)][key][number] = end
    return ends


@lru_cache(maxsize=2)
def _kin(suite: _Suite) -> Sequence[Kin]:
    failed = {result.key for run in suite.runs for result in run.results}
    functions = {function(key) for key in failed}
    classes = {_class(key) for key in failed}
    return [_of(run, functions, classes) for run in suite.runs]


def _of(run: Run, functions: set[str], classes: set[str]) -> Kin:
    seconds: dict[str, array[float]] = defaultdict(lambda: array("d"))
    of_class: dict[str, array[float]] = defaultdict(lambda: array("d"))
    ran = Counter(_class(each.key) for each in run.results if each.outcome in RAN)
    passed = CODES["passed"]
    for key, outcome, lasted in run.table.timed():
        if outcome != passed or (place := _class(key)) not in classes:
            continue
        ran[place] += 1
        if lasted >= SHORTEST:
            if len(of_class[place]) < MOST:
                of_class[place].append(lasted)
            if (name := function(key)) in functions:
                seconds[name].append(lasted)
    return Kin(seconds, of_class, ran)


def _class(key: str) -> str:
    return key.partition("::")[0]
