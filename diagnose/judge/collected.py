"""What was not collected, and which verdicts it would firm up."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from diagnose.diagnosis import Diagnosis, Incident
from diagnose.model import Run
from diagnose.words import some

FIRM = 0.9  # confidence beyond which an incident needs no more
REPORTS = {"junit", "ctrf", "reportlog"}
DEATHS = frozenset(
    ("oom_kill", "memory", "worker_killed", "crash", "runner_lost", "shared_memory", "unknown")
)
SLOW = ("starved_response", "http_pool", "timeout_regression", "lock_contention", "cpu_starvation")
REFUSED = ("http_5xx", "service_down", "rate_limit", "db_connections", "app_exception")
WAITS = frozenset((*SLOW, *REFUSED, "unknown"))


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that was not collected; `incidents` are those whose verdict it would firm up."""

    kind: str
    runs: tuple[str, ...]
    incidents: tuple[Incident, ...]

    @property
    def worth(self) -> float:
        """Add up the doubt that it could lessen."""
        return sum(1 - _confidence(incident) for incident in self.incidents)


class _Kind(NamedTuple):
    """How to see that a run lacks it, and the causes that it bears on; none: on all.

    What is `shared` lacks only where no run has it.
    """

    lacks: Callable[[Run], bool]
    causes: frozenset[str] = frozenset()
    shared: bool = False


def lacks(diagnosis: Diagnosis, given: Collection[str] = ()) -> tuple[Lack, ...]:
    """List what lacks, what would tell most first; `given` are logs that cover all runs."""
    found = []
    for name, kind in KINDS.items():
        labels = tuple(run.label for run in diagnosis.runs if kind.lacks(run))
        some_have = len(labels) < len(diagnosis.runs)
        if labels and name not in given and not (kind.shared and some_have):
            found.append(Lack(name, labels, tuple(_unsure(diagnosis.incidents, kind.causes))))
    return tuple(sorted(found, key=lambda lack: -lack.worth))


def _unsure(incidents: Iterable[Incident], causes: frozenset[str]) -> Iterator[Incident]:
    for incident in incidents:
        if _confidence(incident) < FIRM and (not causes or incident.cause in causes):
            yield incident


def _confidence(incident: Incident) -> float:
    return 0.0 if incident.verdict == "inconclusive" else incident.confidence


def _kinds(run: Run) -> set[str]:
    return {found.kind for found in run.inputs}


def _workers_unnamed(run: Run) -> bool:
    """Say whether several workers ran the tests and nobody knows which ran what."""
    named = any(result.worker for result in run.results) or any(run.table.workers())
    return run.workers > 1 and not named


KINDS: Mapping[str, _Kind] = {
    "serial": _Kind(lambda run: run.workers > 1, shared=True),
    "parallel": _Kind(lambda run: run.workers == 1, shared=True),
    "junit": _Kind(lambda run: not _kinds(run) & REPORTS),
    "kernel": _Kind(lambda run: "kernel" not in _kinds(run), DEATHS, shared=True),
    "service": _Kind(lambda run: "service_log" not in _kinds(run), WAITS, shared=True),
    "console": _Kind(lambda run: "pytest_log" not in _kinds(run)),
    "verbose": _Kind(lambda run: "pytest_log" in _kinds(run) and _workers_unnamed(run)),
    "workers": _Kind(lambda run: run.workers_source in ("estimated", "")),
    "timestamps": _Kind(lambda run: run.started is None, DEATHS | WAITS),
}


def whom(lack: Lack) -> str:
    """Name the incidents that hinge on it, and how sure each is."""
    return some([f"{each.id} ({_confidence(each):.0%})" for each in lack.incidents])
