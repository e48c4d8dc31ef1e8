"""How many workers fit: what each held when memory ran out, told with its basis and its risk."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from statistics import mean, median
from typing import NamedTuple

from diagnose.diagnosis import Kernel
from diagnose.model import Run
from diagnose.oom import KernelIncident, KernelKill, SafeWorkers, Task
from diagnose.sizing import GROWTH, Fit, memory_workers

WORKER = re.compile(r"gw\d+\Z")
CONTROLLERS = ("pytest", "py.test")
NAMES = "worker names"  # how a log counts workers that it does not count
FEWEST = 2  # workers that must be seen to tell one that is unlike the others
UNLIKE = 3.0  # times what the others hold: its test's doing, not the number of workers
ALONE = 0.5  # of all that workers may have


class Bundles(NamedTuple):
    """What each worker held, its children's share with it, and what all of them may hold.

    `seen` is what the table lists; `resident` knows too what the dead held in the end.
    """

    seen: tuple[float, ...]
    resident: tuple[float, ...]
    available: float


def size(kernel: Kernel, runs: Sequence[Run]) -> Kernel:
    """Say for each incident that ended workers how many of them fit."""
    known = {run.label: run for run in runs}
    return replace(
        kernel,
        incidents=tuple(_sized(incident, kernel.kills, known) for incident in kernel.incidents),
    )


def _sized(
    incident: KernelIncident, kills: Iterable[KernelKill], runs: dict[str, Run]
) -> KernelIncident:
    mine = [kill for kill in kills if kill.incident == incident.id and kill.run in runs]
    if not mine or not incident.complete:
        return incident
    run = runs[mine[0].run]
    dead = [kill for kill in mine if _was_worker(kill, run)]
    if not dead:
        return incident
    done, workers = _done(dead[0], run), _workers(incident, dead, run)
    found = _bundles(incident, _peaks(dead, done), workers)
    if found is None:
        return incident
    fitting = memory_workers(found.resident, found.available, done, workers)
    if fitting is None:
        return incident
    return replace(incident, safe_workers=_told(found, fitting, dead, workers))


def _workers(incident: KernelIncident, dead: Sequence[KernelKill], run: Run) -> int:
    """Count the workers, in the table if the run's own files only name some of them."""
    bases = [session.details.get("workers_basis", "") for session in run.sessions]
    counted = any(basis and basis != NAMES for basis in bases)
    if run.workers < FEWEST or run.workers_source == "stated" or counted:
        return run.workers
    if incident.scope != "memcg":
        return run.workers
    names = {kill.comm for kill in dead}
    controller = not any(group.name in CONTROLLERS for group in incident.groups)
    listed = sum(group.processes for group in incident.groups if group.name in names)
    return max(run.workers, listed - controller)


def _was_worker(kill: KernelKill, run: Run) -> bool:
    """Say whether it ran tests; of several that nothing tells apart, the name has to do."""
    if not kill.worker:
        return run.workers > 1 and "python" in kill.comm.lower()
    return run.workers < FEWEST or WORKER.match(kill.worker) is not None


def _peaks(dead: Iterable[KernelKill], done: float) -> dict[int, float]:
    """Return what the dead held in the end, without the growth that is allowed for later."""
    growth = 1 + GROWTH * (1 - done)
    return {kill.pid: (kill.anon_rss_kb or 0) / growth for kill in dead}


def _bundles(incident: KernelIncident, peaks: Mapping[int, float], workers: int) -> Bundles | None:
    """Take the largest processes of the workers' name; browsers and the like go with them."""
    names = {task.name for task in incident.tasks if task.pid in peaks}
    like = [task for task in incident.tasks if task.name in names][: max(workers, 1)]
    if not like:
        return None
    children = 0
    if incident.scope == "memcg" and workers > 1:
        groups = [g for g in incident.groups if g.name not in names and g.processes >= workers]
        children = sum(group.held_kb + group.swap_kb for group in groups)
    share = children / len(like)
    seen = tuple(_held(task) + share for task in like)
    resident = tuple(
        max(each, peaks.get(task.pid, 0.0) + share) for each, task in zip(seen, like, strict=True)
    )
    free = 0
    if incident.limit_kb and incident.usage_kb and incident.scope == "memcg":
        free = max(0, incident.limit_kb - incident.usage_kb)
    return Bundles(seen, resident, free + children + sum(map(_held, like)))


def _held(task: Task) -> int:
    return task.held_kb + task.swap_kb


def _done(kill: KernelKill, run: Run) -> float:
    """Say how much of the run was over; where no clock tells, none of it."""
    time = kill.when.time
    if time is None or run.started is None or not run.wall_seconds:
        return 0.0
    return min(max((time - run.started) / run.wall_seconds, 0.0), 1.0)


def _told(found: Bundles, fitting: Fit, dead: Sequence[KernelKill], workers: int) -> SafeWorkers:
    if alone := _alone(found, fitting, dead):
        return SafeWorkers(0, alone, 1.0)
    if workers < FEWEST:
        text = f"one process alone held {_mib(found.seen[0])}: there is no worker to leave out"
        return SafeWorkers(0, text, 1.0)
    each, limit = _mib(mean(found.seen)), _mib(found.available)
    held = (
        f"{len(found.seen)} workers held {each} each on average, {_mib(max(found.seen))} "
        f"at most, when the {limit} that workers may have were used up"
    )
    why = {
        "prediction": "so many stay below 90 % of it with 95 % certainty",
        "largest": "so many fit if all grow as large as the largest",
        "one_less": "one worker less than ran is the most that can be said",
        "cpu": "more workers would not be faster",
    }[fitting.limit]
    grown = "memory is taken to grow on with what is left of the run"
    return SafeWorkers(
        fitting.workers,
        f"{held}; {why}; {grown}; a measured peak (memory.peak) would refine it",
        fitting.risk,
    )


def _alone(found: Bundles, fitting: Fit, dead: Sequence[KernelKill]) -> str:
    """Say that one test alone takes too much, if it does: fewer workers would not help then."""
    largest, *others = sorted(found.seen, reverse=True)
    usual = median(others) if others else 0.0
    unlike = bool(others) and largest >= UNLIKE * usual and largest >= ALONE * found.available
    if fitting.largest >= 1 and not unlike:
        return ""
    test = dead[0].test or "one process"
    rest = f", the {len(others)} others {_mib(usual)} each" if others else ""
    return (
        f"{test} alone held {_mib(largest)} of the {_mib(found.available)} that workers may have"
        f"{rest}: fewer workers do not help"
    )


def _mib(kilobytes: float) -> str:
    return f"{kilobytes / 1024:,.0f} MiB"
