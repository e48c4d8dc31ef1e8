"""How many workers: the limit that binds, with its arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from statistics import median
from typing import NamedTuple

from diagnose.advice._case import Case, cases, labels, listed, repeat
from diagnose.advice._limits import asked_each_second, connections_each, rate, server_connections
from diagnose.advice._project import option
from diagnose.diagnosis import Advice, Diagnosis, Patch
from diagnose.model import Run
from diagnose.oom import KernelIncident, Task
from diagnose.sizing import connection_workers, cpu_workers, memory_workers
from diagnose.words import plural

RANK = 1
MEMORY = {"oom_kill", "memory", "shared_memory", "worker_killed"}
LIMITED = {
    "oom_kill": "memory is the limit",
    "memory": "memory is the limit",
    "shared_memory": "shared memory is the limit",
    "worker_killed": "with more, processes were killed",
    "db_connections": "database connections are the limit",
    "starved_response": "the service can't answer more at once",
    "rate_limit": "the rate limit allows no more",
    "cpu_starvation": "processors are the limit",
    "processes_threads": "processes are the limit",
    "file_descriptors": "open files are the limit",
    "ephemeral_ports": "local ports are the limit",
    "lock_contention": "the lock is the limit",
}
SECOND = 2
DONE = 0.5  # of the run, where nobody knows how much was over at the kill
KIB = 1024


PEAK = '''\
import resource

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Fail the test that takes too much, with its name, before the kernel kills the worker."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # KiB, on Linux
    result = yield
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    assert grown < {most}, f"{{item.nodeid}} took {{grown}} MiB more than any test before"
    return result
'''


class Limit(NamedTuple):
    """The most workers that something allows, and the sum that says so."""

    workers: int
    said: str
    guess: bool = False
    reckoned: bool = True


def advise(diagnosis: Diagnosis) -> Iterator[Advice]:
    """Advise on the number of workers, where failures come with more of them only."""
    for case in cases(diagnosis, set(LIMITED)):
        if case.fewest <= SECOND or not _load(case):
            continue  # with two workers it fails already: to run these alone is other advice
        if alone := _alone(diagnosis, case):
            yield _one_test(case, alone)
            continue
        limits = _limits(diagnosis, case)
        best = min(limits, key=lambda limit: limit.workers)
        workers = max(1, best.workers)
        command = f"pytest -n {workers if workers > 1 else 0}"
        others = " ".join(_beside(limit, best) for limit in limits if limit is not best)
        limited = LIMITED[case.incident.cause]
        most = f"at most {workers} workers" if workers > 1 else "one worker"
        yield Advice(
            "workers",
            title=f"Try {most} first: {limited}" if best.guess else f"Run {most}: {limited}",
            why=f"{best.said}. {others}".strip(),
            effect=_effect(case, workers),
            proof=repeat(command, case.repeats),
            patches=(
                option(
                    diagnosis,
                    "addopts",
                    f"-n {workers if workers > 1 else 0}",
                    "in place of the number of workers that stands there, if one does",
                ),
            ),
            incidents=(case.id,),
        )


def _beside(limit: Limit, best: Limit) -> str:
    """Explain another number than the one that is advised."""
    if limit.workers > best.workers and limit.reckoned:
        return f"By reckoning {limit.workers} may do, which no run has shown: {limit.said}."
    return f"{limit.said}."


def _alone(diagnosis: Diagnosis, case: Case) -> KernelIncident | None:
    """Return the kill of one test that took nearly all: fewer workers would not have helped."""
    known = [found for found in _killed(diagnosis, case.failing) if found.safe_workers]
    first = known[0] if known and case.incident.cause in MEMORY else None
    return first if first and first.safe_workers and not first.safe_workers.n else None


def _killed(diagnosis: Diagnosis, runs: Iterable[Run]) -> list[KernelIncident]:
    """Return what befell these runs; a log may tell of other jobs, with limits of their own."""
    labels_ = {run.label for run in runs}
    killed = {kill.incident for kill in diagnosis.kernel.kills if kill.run in labels_}
    return [found for found in diagnosis.kernel.incidents if found.id in killed]


def _one_test(case: Case, killed: KernelIncident) -> Advice:
    basis = killed.safe_workers.basis if killed.safe_workers else ""
    most = max((task.rss_kb for task in killed.tasks), default=killed.limit_kb or 0)
    return Advice(
        "workers",
        title=f"Find out what {case.ids[0] if case.ids else 'that test'} keeps in memory",
        why=f"{basis}.",
        effect=(
            "What is made piece by piece (a generator, a cursor, a file) need not be there at "
            "once; where all of it has to be, the job needs a larger limit."
        ),
        proof=f"/usr/bin/time -v pytest -n 0 {listed(case.ids)}",
        patches=(Patch("conftest.py", "python", PEAK.format(most=max(64, most // KIB // 2))),),
        incidents=(case.id,),
    )


def _load(case: Case) -> bool:
    """Say whether it is load; a dead worker is only where the verdict says so."""
    return case.incident.verdict == "resource_exhaustion" or case.incident.cause == "oom_kill"


def _limits(diagnosis: Diagnosis, case: Case) -> list[Limit]:
    """Collect what limits the workers; what clean runs have shown twice no reckoning lowers."""
    found: list[Limit] = []
    if case.incident.cause in MEMORY:
        found += _memory(diagnosis, case)
    elif case.incident.cause == "db_connections":
        found += _connections(case)
    elif case.incident.cause == "rate_limit":
        found += _rate(case)
    elif case.incident.cause == "cpu_starvation":
        found += _processors(case)
    proven = case.safe if sum(run.workers == case.safe for run in case.below) > 1 else 0
    # A sum that allows as many as failed leaves something out.
    reckoned = [each for each in found if proven <= each.workers < case.fewest]
    return [_measured(case), *reckoned] if case.safe > 1 else reckoned or [_measured(case)]


def _measured(case: Case) -> Limit:
    failed = f"{case.tests} failed in {labels(case.failing)} ({case.dose})"
    if case.safe > 1:
        ran = f"with {plural(case.safe, 'worker')} all of them passed"
        clean = [run for run in case.below if run.workers == case.safe]
        said = f"{failed}; {ran} ({labels(clean)})"
        return Limit(case.safe, said, reckoned=False)
    half = max(1, case.fewest // 2)
    known = "none serially, and nothing between was tried" if case.safe else "and no run had fewer"
    return Limit(half, f"{failed}, {known}: {half} is half of {case.fewest}", True, False)


def _memory(diagnosis: Diagnosis, case: Case) -> Iterator[Limit]:
    for run in case.failing:
        for event in _killed(diagnosis, [run]) or run.kernel:
            if isinstance(event, KernelIncident) and (limit := _memory_limit(event, run)):
                yield limit
                return


def _memory_limit(event: KernelIncident, run: Run) -> Limit | None:
    if event.safe_workers:
        return Limit(event.safe_workers.n, event.safe_workers.basis)
    held = _held(event, run.workers)
    if not held or not event.limit_kb:
        return None
    ours = sum(held)
    others = max(0, sum(group.held_kb for group in event.groups) - ours)
    fit = memory_workers(held, event.limit_kb - others, DONE, run.workers)
    if fit is None:
        return None
    said = (
        f"{plural(len(held), 'worker')} held {_mib(ours)} when the kernel killed one, "
        f"{_mib(max(held))} at most, under a limit of {_mib(event.limit_kb)}"
        + (f" of which others had {_mib(others)}" if others > KIB else "")
        + f"; as they still grow, {fit.workers} will stay below 90 % of it"
    )
    return Limit(fit.workers, said)


def _held(event: KernelIncident, workers: int) -> list[int]:
    """Return what the largest processes of the victims' name held: the workers."""
    victims = {task.name for task in event.tasks if task.pid in event.victims}
    tasks: list[Task] = [task for task in event.tasks if task.name in victims]
    return sorted((task.held_kb for task in tasks), reverse=True)[:workers]


def _mib(kib: int) -> str:
    return f"{kib / KIB:,.0f} MiB"


def _connections(case: Case) -> Iterator[Limit]:
    slots, each = server_connections(case), connections_each(case)
    if slots and each:
        most = connection_workers(slots, each) or 0
        said = f"max_connections {slots} - 3 reserved, over {each} for each worker, is {most}"
        yield Limit(most, said)


def _rate(case: Case) -> Iterator[Limit]:
    allowed = rate(case)
    for run in case.failing:
        asked = asked_each_second(run)
        if allowed and asked:
            most = int(allowed.each_second * run.workers / asked)
            said = (
                f"{plural(run.workers, 'worker')} asked {asked:.1f} times a second in {run.label}; "
                f"{allowed.said} is {allowed.each_second:.2g} a second, enough for {most}"
            )
            yield Limit(most, said)
            return


def _processors(case: Case) -> Iterator[Limit]:
    points = [
        (run.workers, run.effective_parallelism) for run in case.runs if run.effective_parallelism
    ]
    most = cpu_workers(points) if len({workers for workers, _ in points}) > 1 else None
    if most:
        top = max(points)
        said = (
            f"{top[0]} workers did the work of {top[1]:.1f}; beyond {most} another worker adds "
            "less than a quarter of its work"
        )
        yield Limit(most, said)


def _effect(case: Case, workers: int) -> str:
    if case.safe <= 1:
        return "If load is the reason, fewer of them fail or none; if as many fail, it is not load."
    fast = [run.wall_seconds for run in case.failing if run.wall_seconds]
    slow = [run.wall_seconds for run in case.below if run.wall_seconds and run.workers == workers]
    said = f"These {case.tests} pass" if case.size > 1 else "This test passes"
    if fast and slow and round(median(slow)) != round(median(fast)):
        said += f"; the run takes about {median(slow):.0f} s instead of {median(fast):.0f} s"
    return said + "."
