"""What `diagnose` says of the recordings, beside what really happened."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any

import diagnose
from diagnose.diagnosis import Diagnosis, Incident
from lab.recordings import Recording, files, load, unpacked

SURE, LIKELY = 0.9, 0.7
RESOURCE = "resource_exhaustion"
DEPENDENT, INDEPENDENT = ("scales", "parallel_only"), ("independent", "serial_only")


@dataclass(frozen=True, slots=True)
class Judged:
    """A failed test: what is true of it, and what was said; `posterior` is by verdict."""

    test: str
    truth: Mapping[str, Any]
    verdict: str
    cause: str
    confidence: float
    posterior: Mapping[str, float]

    @property
    def right(self) -> bool:
        """Say whether the verdict is one that the truth allows."""
        return self.verdict in (self.truth["verdict"], *self.truth["verdict_alternatives"])

    @property
    def named(self) -> bool:
        """Say whether the cause is one that the truth allows."""
        return self.cause in (self.truth["cause"], *self.truth["alternatives"])

    @property
    def excused(self) -> bool:
        """Say whether a fault of the service was put down to how the tests are run."""
        truth = self.truth
        ours = truth["verdict"] == "service_fault" and RESOURCE not in truth["verdict_alternatives"]
        return ours and self.verdict == RESOURCE and self.confidence >= LIKELY


@dataclass(frozen=True, slots=True)
class Scored:
    """A recording, and how what was said of it compares; None: the truth asks no such thing."""

    name: str
    product: str
    split: str
    tests: tuple[Judged, ...]
    relation: bool | None
    relation_wrong: bool
    main: bool | None
    quiet: bool | None
    advised: bool | None
    misses: tuple[str, ...] = field(default=())


def score_all(chosen: Iterable[str] = (), split: str = "") -> Iterator[Scored]:
    """Score the recordings, of all scenarios unless some are named."""
    if names := set(chosen):
        for file in files():
            if file.name.removesuffix(".tar.xz") in names:
                with unpacked(file) as recording:
                    yield score(recording)
    else:
        yield from map(score, load(split))


def score(recording: Recording, kinds: Collection[str] = ()) -> Scored:
    """Examine what a recording holds, or files of some kinds alone, and compare."""
    truth = recording.truth
    said = diagnose.examine(recording.named(kinds))
    tests = tuple(_judged(said, truth["tests"]))
    level = truth["run_level"]
    told = said.parallelism.relation
    depends = level["parallelism_dependent"] if tests else None
    wanted = level["acceptable_main_causes"]
    scored = Scored(
        recording.name,
        recording.product,
        recording.split,
        tests,
        None if depends is None else _agrees(depends, told),
        depends is not None and told in (INDEPENDENT if depends else DEPENDENT),
        _main(said) in wanted if wanted and tests else None,
        None if tests else {incident.cause for incident in said.incidents} <= set(wanted),
        _advised(said, truth["must_recommend"]),
        tuple(_misses(tests)),
    )
    more = _broad(scored, said)
    return Scored(**{**_fields(scored), "misses": (*scored.misses, *more)})


def _fields(scored: Scored) -> dict[str, Any]:
    return {name: getattr(scored, name) for name in Scored.__slots__}


def _agrees(depends: bool, told: str) -> bool:
    return told in DEPENDENT if depends else told not in DEPENDENT


def _main(said: Diagnosis) -> str:
    """Return the cause of the incident that the headline is about: the one with most tests."""
    first = max(said.incidents, key=lambda incident: len(incident.tests), default=None)
    return first.cause if first else ""


def _advised(said: Diagnosis, words: Collection[str]) -> bool | None:
    """Say whether what is advised has one of the words that good advice would have."""
    if not words:
        return None
    steps = [(incident.headline, incident.next_run) for incident in said.incidents]
    text = repr((said.advice, steps)).lower()
    return any(word.lower() in text for word in words)


def _judged(said: Diagnosis, truth: Mapping[str, Any]) -> Iterator[Judged]:
    incidents: dict[str, Incident] = {}
    for incident in said.incidents:
        for case in incident.tests:
            incidents.setdefault(case.id, incident)
            incidents.setdefault(f"{case.classname}::{case.name}", incident)
    for test, told in truth.items():
        found = incidents.get(test) or incidents.get(told["junit_key"])
        if found is None:
            yield Judged(test, told, "", "", 0.0, {})
        else:
            facts = (found.verdict, found.cause, found.confidence, found.posterior)
            yield Judged(test, told, *facts)


def _misses(tests: Iterable[Judged]) -> Iterator[str]:
    for each in tests:
        if not (each.right and each.named):
            want = f"{each.truth['verdict']}/{each.truth['cause']}"
            got = f"{each.verdict}/{each.cause} ({each.confidence:.2f})"
            yield f"{each.test[-70:]}: want {want} got {got}"


def _broad(scored: Scored, said: Diagnosis) -> Iterator[str]:
    if scored.relation is False:
        yield f"relation: got {said.parallelism.relation}"
    if scored.main is False:
        yield f"main cause: got {_main(said)}"
    if scored.advised is False:
        yield "advice: none of the words that good advice would have"
    if scored.quiet is False:
        yield f"green, but says {[each.cause for each in said.incidents][:3]}"


def share(parts: Iterable[float | None]) -> float | None:
    """Return the mean of those that count."""
    known = [part for part in parts if part is not None]
    return round(fmean(known), 3) if known else None


def figures(rows: Iterable[Scored]) -> dict[str, float | None]:
    """Return the figures of some scored recordings; `macro` gives each scenario the same weight."""
    rows = list(rows)
    tests = [test for row in rows for test in row.tests]
    failed = [row for row in rows if row.tests]
    sure = [t for t in tests if t.confidence >= SURE and t.verdict != "inconclusive"]
    return {
        "scenarios": len(rows),
        "tests": len(tests),
        "verdict": share(test.right for test in tests),
        "cause": share(test.named for test in tests),
        "verdict_macro": share(_mean(row, "right") for row in failed),
        "cause_macro": share(_mean(row, "named") for row in failed),
        "sure": len(sure),
        "right_when_sure": share(test.right for test in sure),
        "relation": share(row.relation for row in rows),
        "main_cause": share(row.main for row in rows),
        "green_quiet": share(row.quiet for row in rows),
        "advice": share(row.advised for row in rows),
        "service_faults_excused": sum(test.excused for test in tests),
        "relation_wrong": sum(row.relation_wrong for row in rows),
    }


def _mean(row: Scored, what: str) -> float:
    return fmean(getattr(test, what) for test in row.tests)
