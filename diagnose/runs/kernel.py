"""The join of kernel, console and JUnit: which run, worker and test each kill ended."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Sequence
from dataclasses import replace
from itertools import chain

from diagnose.diagnosis import Kernel
from diagnose.model import Event, Run, TestResult
from diagnose.oom import Moment
from diagnose.runs._cases import Case, cases_of, has_tests, kernel_facts
from diagnose.runs._deaths import MAIN, Death, Deaths, ancestors, deaths_of, lost_tests
from diagnose.runs._meanwhile import Fit, fit, time_of

# A kernel cuts a name after 15 characters: that is all of "[pytest-xdist running] …" it shows.
OURS = re.compile(r"(?i)python|pypy|pytest|py\.test|\[pytest|\[celery|coverage\b|gw\d")
TITLED = "[pytest-xdist r"
CONTROLLERS = ("pytest", "py.test")
NOTICED = 5.0  # seconds after which a dead worker has been missed
EARLY = 0.5  # seconds by which a stamp may precede what it stamps
KILLS = ("kernel.oom_kill", "kernel.userspace_kill")
WITNESSES = ("container.oom_killed", "container.evicted", "cgroup.memory_events")


def witness(runs: Sequence[Run], shared: Sequence[Run] = ()) -> tuple[list[Run], Kernel]:
    """Give each kill to the run it fits, if it fits one; return the runs, and all that was said."""
    cases, incidents = cases_of(runs, shared)
    deaths = [deaths_of(run) for run in runs]
    for wanted in ({Fit.MEANWHILE}, {Fit.SOME_ZONE}, {Fit.UNTOLD, Fit.ANY_ZONE}):
        for number, run in enumerate(runs):
            _Join(number, run, deaths[number]).take(_candidates(number, run, cases, wanted))
    _in_sequence(runs, deaths, cases)
    logs = [i for run in shared for i in run.inputs if i.kind == "kernel"]
    every = [*logs, *(i for run in runs for i in run.inputs if i.kind == "kernel")]
    joined = [
        replace(
            run,
            results=(*run.results, *_lost(number, run, cases)),
            kernel=kernel_facts(number, run, cases, incidents),
            inputs=(*run.inputs, *(logs if has_tests(run) else ())),
            events=(*run.events, *(_meanwhile(run, shared) if has_tests(run) else ())),
        )
        for number, run in enumerate(runs)
    ]
    kills = tuple(case.kill for case in cases)
    return joined, Kernel(kills, tuple(incidents), _others([*runs, *shared]), tuple(every))


def _lost(number: int, run: Run, cases: Sequence[Case]) -> tuple[TestResult, ...]:
    ended = [case.kill for case in cases if case.run == number and case.kill.worker == MAIN]
    return lost_tests(run, ended[0]) if ended else ()


def _candidates(number: int, run: Run, cases: Sequence[Case], wanted: set[Fit]) -> list[Case]:
    """List the kills that may be the run's, in the order of the log's clock."""
    here = [case for case in cases if number in case.homes]
    utc = {c.kill.source.path for c in here if _ours(c) and _fits(c, run) is Fit.MEANWHILE}
    free = [case for case in here if case.run is None and _concerned(case)]
    found = [case for case in free if _fits(case, run, utc) in wanted]
    certain = {Fit.UNTOLD, Fit.ANY_ZONE}.isdisjoint(wanted)
    return sorted(
        (case for case in found if certain or len(case.homes) == 1), key=lambda case: case.order
    )


def _fits(case: Case, run: Run, utc: Container[str] = ()) -> Fit:
    return fit(case.kill.when, run, utc=case.kill.source.path in utc)


def _ours(case: Case) -> bool:
    return bool(OURS.match(case.kill.name))


def _concerned(case: Case) -> bool:
    """Say whether tests died of it, or may have: they ran where memory ran out."""
    groups = case.incident.groups if case.incident else ()
    return _ours(case) or any(OURS.match(group.name) for group in groups)


class _Join:
    """One run, and the deaths in it that no kill stands for yet."""

    def __init__(self, number: int, run: Run, deaths: Deaths) -> None:
        self.number = number
        self.run = run
        self.deaths = deaths
        self.open = [death for death in deaths.all if not death.explained]
        self.places = ancestors(run)

    def take(self, cases: list[Case]) -> None:
        """Assign kills by pid, by time, by what is left on both sides; the rest to the run."""
        self._by_pid(cases)
        self._by_time(cases)
        ours = self._of_one_group([case for case in cases if case.run is None and _ours(case)])
        self._by_order(ours)
        for case in cases:
            if case.run is None and (case in ours or not _ours(case)) and self._plausible(case):
                case.run = self.number
                case.kill = replace(case.kill, run=self.run.label)

    def _give(self, case: Case, death: Death) -> None:
        case.run = self.number
        before = self.places.get(death.worker, "")
        case.kill = replace(
            case.kill,
            run=self.run.label,
            worker=death.worker,
            test=death.test,
            in_place_of=before,
        )
        if death in self.open:
            self.open.remove(death)

    def _by_pid(self, cases: Sequence[Case]) -> None:
        for case in cases:
            for death in self.deaths.all:
                if case.run is None and case.kill.pid in death.pids:
                    self._give(case, death)

    def _by_time(self, cases: Sequence[Case]) -> None:
        """Take for each death with a stamp the first kill that its time allows."""
        stamped = [death for death in self.open if death.time is not None]
        free = [case for case in cases if case.run is None and _ours(case)]
        for death in stamped:
            for case in free:
                if _just_before(case, death):
                    self._give(case, death)
                    free = free[free.index(case) + 1 :]
                    break

    def _of_one_group(self, cases: list[Case]) -> list[Case]:
        """Leave out what was killed in another control group than the run's."""
        groups = Counter(case.kill.limit_cgroup for case in cases)
        if len(groups) < 2:
            return cases
        workers = sum(death.worker != MAIN for death in self.open)
        fitting = [group for group, number in groups.items() if number == workers]
        return [c for c in cases if len(fitting) != 1 or c.kill.limit_cgroup in fitting]

    def _by_order(self, cases: list[Case]) -> None:
        """Pair what is left, where both sides have as many; more would be a guess."""
        main = next((death for death in self.open if death.worker == MAIN), None)
        named = [case for case in cases if case.kill.comm in CONTROLLERS]
        if main and named and len(named) == 1:
            self._give(named[0], main)
        titled = [case for case in cases if case.kill.comm.startswith(TITLED)]
        free = [case for case in titled or cases if case.run is None]
        workers = [death for death in self.open if death.worker != MAIN]
        everyone = [d for d in self.open if d.seen or all(self._timely(case) for case in free)]
        for dead in (workers, everyone):
            if dead and len(dead) == len(free) and (self.deaths.ordered or len(dead) == 1):
                for case, death in zip(free, dead, strict=True):
                    self._give(case, death)
                return

    def _timely(self, case: Case) -> bool:
        """Say whether the clocks agree that it was in this run; a cut log is no death."""
        return _fits(case, self.run) in (Fit.MEANWHILE, Fit.SOME_ZONE)

    def _plausible(self, case: Case) -> bool:
        """Say whether a kill that ended no known worker still belongs to the run."""
        fitted = _fits(case, self.run)
        if fitted is Fit.MEANWHILE:
            return bool(self.deaths.all) or self._tests_among(case)
        died = any(death.seen and not death.explained for death in self.deaths.all)
        return fitted is Fit.UNTOLD and died

    def _tests_among(self, case: Case) -> bool:
        """Say whether pytest, or as many Pythons as the run had workers, is in the table."""
        groups = case.incident.groups if case.incident else ()
        return any(
            group.name in CONTROLLERS
            or group.name.startswith("[pytest")
            or (OURS.match(group.name) and group.processes > self.run.workers > 1)
            for group in groups
        )


def _just_before(case: Case, death: Death) -> bool:
    if death.time is None:
        return False
    time = time_of(case.kill.when, death.time)
    error = case.kill.when.error
    return time is not None and -EARLY - error <= death.time - time <= NOTICED + error


def _in_sequence(runs: Sequence[Run], deaths: Sequence[Deaths], cases: Sequence[Case]) -> None:
    """Pair incidents without a time and runs with deaths one by one, where all counts match."""
    started = {number: run.started or 0.0 for number, run in enumerate(runs) if has_tests(run)}
    homes = sorted((n for n in started if deaths[n].workers), key=lambda n: (started[n], n))
    taken = {case.run for case in cases if case.run is not None}
    free: dict[int, list[Case]] = defaultdict(list)
    for case in sorted(cases, key=lambda case: case.order):
        untold = [n for n in case.homes if _fits(case, runs[n]) is Fit.UNTOLD]
        if case.run is None and _ours(case) and len(untold) > 1:
            free[case.kill.incident].append(case)
    homes = [number for number in homes if number not in taken]
    if [len(group) for group in free.values()] != [len(deaths[n].workers) for n in homes]:
        return
    for number, group in zip(homes, free.values(), strict=True):
        _Join(number, runs[number], deaths[number]).take(group)


def _meanwhile(run: Run, shared: Sequence[Run]) -> tuple[Event, ...]:
    """Return the other trouble in logs that cover all runs that happened while this one went on."""
    return tuple(
        event
        for log in shared
        for event in log.events
        if event.kind.startswith("kernel.")
        and event.kind not in KILLS
        and event.time is not None
        and fit(Moment(time=event.time), run) is Fit.MEANWHILE
    )


def _others(runs: Sequence[Run]) -> tuple[Event, ...]:
    """Return the other trouble that kernels and containers tell of, each once."""
    events = chain.from_iterable(run.events for run in runs)
    return tuple(
        {
            (event.kind, event.text, event.source): event
            for event in events
            if (event.kind.startswith("kernel.") and event.kind not in KILLS)
            or event.kind in WITNESSES
        }.values()
    )
