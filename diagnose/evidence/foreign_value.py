"""Tests that got what another test had asked for: they share something, and one wrote it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from diagnose.family import Evidence, Family, Role, Told
from diagnose.model import Run
from diagnose.words import plural

SIDES = re.compile(r"assert (?P<got>[^=\n]{1,400}?) == (?P<wanted>[^\n]{1,400})")
QUOTED = re.compile(r"""(['"])([^'"]{3,80})\1""")  # a number may be anybody's
MOST = 500  # failures of a run that are read for it
FEWEST = 2  # different values: that all tests get the same wrong one is a fault of another kind
ONE_RUN = 0.4  # weight where no other run tells whether the same test gets another value there
PARAMETERS = re.compile(r"\A(?P<function>[^\[]+)\[(?P<values>.+)\]\Z", re.DOTALL)


class Reading(NamedTuple):
    """A test that got the value of a sibling: which test's it was, and what it got."""

    told: Told
    writer: str
    value: str


def gather(family: Family) -> Iterator[Evidence]:
    """Look for comparisons whose wrong side is the parameter of a sibling in the same run."""
    if len(family.told) < FEWEST:
        return
    found = [each for number in family.failed_runs for each in readings(family, number)]
    if len({each.value for each in found}) < FEWEST:
        return
    varies = any(_varies(family, each, found) for each in found)
    ran_once = len({run for ends in family.outcomes.values() for run in ends}) == 1
    if not varies and not ran_once:
        return  # always the same wrong value, whoever ran beside: that is what it computes
    writer, times = Counter(each.writer for each in found).most_common(1)[0]
    many, name = plural(len(found), "failure"), writer.rpartition("::")[2]
    text = f"{many} got a value of another test, {times} of them that of {name}"
    facts = next(each for each in found if each.writer == writer).told.facts
    alone = any(family.runs[number].workers == 1 for number in family.failed_runs)
    yield Evidence(
        "foreign_value" if alone else "foreign_value_parallel",
        text,
        weight=1.0 if varies else ONE_RUN,
        quote=facts.quote,
        source=facts.source,
        roles=_writers(family, found),
    )


def _writers(family: Family, found: Sequence[Reading]) -> dict[str, Role]:
    """Name the failed test whose value most others got, and that got nobody's itself.

    Where all write and all read, nobody is the one.
    """
    readers = {each.told.result.key for each in found}
    writer, times = Counter(each.writer for each in found).most_common(1)[0]
    alone = times * 2 > len(found) and writer not in readers and writer in family.outcomes
    return {writer: "culprit"} if alone else {}


def readings(family: Family, number: int) -> Iterator[Reading]:
    """Yield the tests of a run that got a sibling's value, and whose it was."""
    asked = islice(family.in_run(number), MOST)
    own = (each.own() for each in asked if SIDES.search(each.facts.line))
    found = [(each, got) for each in own if (got := _strange(each))]
    if not found:
        return
    siblings = _siblings(family.runs[number], {_function(each.result.key) for each, _ in found})
    for each, got in found:
        others = siblings[_function(each.result.key)]
        if value := next((value for value in got if value in others), ""):
            yield Reading(each, others[value], value)


def _strange(told: Told) -> list[str]:
    """Return what a test got beside what its parameters say, if it asked for these."""
    match = SIDES.search(told.facts.line)
    if not match:
        return []
    mine = _values(told.result.key)
    got, wanted = (
        [found[1] for found in QUOTED.findall(match[side])] for side in match.re.groupindex
    )
    return [value for value in got if value not in mine] if mine & set(wanted) else []


def _siblings(run: Run, functions: set[str]) -> Mapping[str, dict[str, str]]:
    """Return for each function the values that its tests are about, and whose each is."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for key in (*run.table.keys(), *(result.key for result in run.results)):
        if "[" in key and (function := _function(key)) in functions:
            for value in _values(key):
                found[function].setdefault(value, key)
    return found


def _function(key: str) -> str:
    return key.partition("[")[0]


def _values(key: str) -> set[str]:
    match = PARAMETERS.match(key)
    return {match["values"], *match["values"].split("-")} if match else set()


def _varies(family: Family, one: Reading, found: list[Reading]) -> bool:
    """Say whether a test ends otherwise in another run: passes, or gets another test's value."""
    ends = family.outcomes[one.told.result.key].values()
    values = {each.value for each in found if each.told.result.key == one.told.result.key}
    return "passed" in ends or len(values) > 1
