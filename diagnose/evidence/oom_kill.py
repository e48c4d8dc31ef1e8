"""A kill for memory that the kernel, or who counts for it, bears witness to."""

import re
from collections.abc import Iterator

from diagnose.family import Evidence, Family
from diagnose.model import Run, TestResult
from diagnose.oom import KernelKill

OURS = re.compile(r"python|pytest|py\.test|\[pytest|gw\d")
SLACK = 30.0  # seconds by which the clocks of a host and of a report may differ
WITNESSES = ("container.oom_killed",)


def gather(family: Family) -> Iterator[Evidence]:
    """Look for a kill in the runs in which a worker of the family died."""
    died = [told for told in family.told if _died(told.result)]
    if not died:
        return
    for number in sorted({told.run for told in died}):
        run = family.runs[number]
        kind = "oom_kill" if run.workers > 1 else "oom_kill_serial"
        for kill in _our_kills(run):
            text = f"the kernel killed process {kill.pid} ({kill.comm}) for memory in {run.label}"
            yield Evidence(kind, text, quote=kill.text.partition("\n")[0], source=kill.source)
            return
        for event in run.events:
            if event.kind in WITNESSES:
                text = f"the container of {run.label} was killed for memory"
                yield Evidence(kind, text, quote=event.text, source=event.source)
                return
    if all(_has_kernel_log(family.runs[told.run]) for told in died):
        yield Evidence("oom_kill", "the kernel log has no kill for memory", present=False)


def _died(result: TestResult) -> bool:
    return any(failure.phase == "crash" for failure in result.failures)


def _our_kills(run: Run) -> list[KernelKill]:
    """Leave out what the kernel killed of others: a log of the host knows all its tenants."""
    kills = [fact for fact in run.kernel if isinstance(fact, KernelKill)]
    return [kill for kill in kills if OURS.match(kill.comm) and _meanwhile(kill, run)]


def _meanwhile(kill: KernelKill, run: Run) -> bool:
    time, started, wall = kill.when.time, run.started, run.wall_seconds
    if time is None or started is None or wall is None or not kill.when.zoned:
        return True
    slack = SLACK + kill.when.error
    return started - slack <= time <= started + wall + slack


def _has_kernel_log(run: Run) -> bool:
    return any(found.kind == "kernel" for found in run.inputs)
