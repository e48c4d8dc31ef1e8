"""The kills of all kernel logs, each once, with the runs that they may belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from diagnose.model import Run
from diagnose.oom import KernelIncident, KernelKill, Moment

CLOSE = 1.0  # seconds
NOTICED = 5.0  # seconds after which systemd has seen that a unit lost a process
Facts = Sequence[KernelKill | KernelIncident]


@dataclass(slots=True)
class Case:
    """A kill on its way to the run, the worker and the test that it ended."""

    kill: KernelKill
    incident: KernelIncident | None
    homes: set[int]
    run: int | None = None

    @property
    def order(self) -> tuple[int, float, int]:
        """Order the kills of a log by its clock, and where that is too coarse by its lines."""
        when = self.kill.when
        stamp = next((t for t in (when.uptime, when.time, when.yearless) if t is not None), 0.0)
        return when.boot, stamp, self.kill.source.line


def cases_of(runs: Sequence[Run], shared: Sequence[Run]) -> tuple[list[Case], list[KernelIncident]]:
    """Collect the kills, and the incidents with numbers that no two logs share."""
    cases: list[Case] = []
    incidents: list[KernelIncident] = []
    everywhere = {number for number, run in enumerate(runs) if has_tests(run)}
    logs = [({n} if has_tests(run) else everywhere, run.kernel) for n, run in enumerate(runs)]
    logs += [(everywhere, run.kernel) for run in shared]
    for homes, facts in logs:
        for part in _by_path(facts):
            _take(part, homes, cases, incidents)
    return _without_echoes(cases), incidents


def _without_echoes(cases: list[Case]) -> list[Case]:
    """Leave out what systemd tells of kills that a log of the kernel tells of."""
    named = [case for case in cases if not case.kill.unit and case.kill.scope != "userspace"]
    return [case for case in cases if not case.kill.unit or not any(map(_echoed(case), named))]


def _echoed(case: Case) -> Callable[[Case], bool]:
    def says_the_same(other: Case) -> bool:
        groups = (other.kill.task_cgroup or "").split("/")
        late = replace(other.kill.when, error=other.kill.when.error + NOTICED)
        return case.kill.unit in groups or _close(case.kill.when, late)

    return says_the_same


def has_tests(run: Run) -> bool:
    """Say whether it is a run of tests, and not a log that somebody called a run."""
    return bool(run.results or len(run.table) or run.sessions or run.unnamed)


def _by_path(facts: Facts) -> Iterator[Facts]:
    logs: dict[str, list[KernelKill | KernelIncident]] = defaultdict(list)
    for fact in facts:
        logs[fact.source.path].append(fact)
    yield from logs.values()


def _take(
    facts: Facts, homes: set[int], cases: list[Case], incidents: list[KernelIncident]
) -> None:
    """Add the facts of one log; what another log has told already is not told again."""
    known = {(case.kill.pid, case.kill.unit): case for case in cases}
    numbers: dict[int, KernelIncident] = {}
    kills = [fact for fact in facts if isinstance(fact, KernelKill)]
    twins = {
        id(kill): twin for kill in kills if (twin := _twin(kill, known.get((kill.pid, kill.unit))))
    }
    fresh = {kill.incident for kill in kills if id(kill) not in twins}
    told = {kill.incident for kill in kills} - fresh
    for fact in facts:
        if isinstance(fact, KernelIncident) and fact.id not in told:
            numbers[fact.id] = replace(fact, id=len(incidents) + 1)
            incidents.append(numbers[fact.id])
    for kill in kills:
        if twin := twins.get(id(kill)):
            twin.homes = twin.homes | homes
            continue
        incident = numbers.get(kill.incident)
        numbered = replace(kill, incident=incident.id if incident else 0)
        cases.append(Case(numbered, incident, set(homes)))


def _twin(kill: KernelKill, case: Case | None) -> Case | None:
    """Return the case that this is, if two logs tell of one kill."""
    if case is None or case.kill.comm != kill.comm:
        return None
    figures = [(k.anon_rss_kb, k.total_vm_kb) for k in (kill, case.kill)]
    alike = figures[0] == figures[1] or (None, None) in figures
    return case if alike and _close(kill.when, case.kill.when) else None


def _close(one: Moment, two: Moment) -> bool:
    within = CLOSE + one.error + two.error
    pairs = [(one.uptime, two.uptime), (one.time, two.time), (one.yearless, two.yearless)]
    if not (one.zoned and two.zoned):
        pairs = pairs[:1]
    return all(abs(a - b) <= within for a, b in pairs if a is not None and b is not None)


def kernel_facts(
    number: int, run: Run, cases: Iterable[Case], incidents: Iterable[KernelIncident]
) -> tuple[KernelKill | KernelIncident, ...]:
    """Return what the kernel says of a run: all of its own logs, and of others what fits."""
    mine = [case.kill for case in cases if number in (case.run, *_only(case.homes))]
    own = {fact.source for fact in run.kernel}
    wanted = {kill.incident for kill in mine}
    return (*(i for i in incidents if i.id in wanted or i.source in own), *mine)


def _only(homes: set[int]) -> set[int]:
    return homes if len(homes) == 1 else set()
