"""A kill for memory that the kernel, or who counts for it, bears witness to."""

import re
from collections.abc import Iterator, Sequence
from statistics import median

from diagnose.family import Evidence, Family, Role, Told
from diagnose.model import Run, TestResult
from diagnose.oom import KernelIncident, KernelKill

UNLIKE = 3.0  # times what the other workers held
UNTIMED = "; no time in the run confirms that it was then"
WITNESSES = ("container.oom_killed",)
# What a test says whose child was killed, and what it says whose server was.
CHILD_GONE = re.compile(
    r"SIGKILL|signal 9\b|signal: Killed|is killed by signal|returncode[=: ]+-9\b|exit code 137"
    r"|BrokenProcessPool|terminated abruptly|WorkerLostError|TerminatedWorkerError"
)
SERVER_GONE = re.compile(
    r"(?i)server closed the connection|connection (?:refused|reset|aborted|closed)|ECONNREFUSED"
    r"|ECONNRESET|broken pipe|lost connection|server has gone away|RemoteDisconnected"
    r"|terminating connection|target closed|browser has (?:been closed|disconnected)|tab crashed"
)


def gather(family: Family) -> Iterator[Evidence]:
    """Look for a kill in the runs in which a worker of the family died, or lost what it needs."""
    died = [told for told in family.told if _died(told.result)] if family.died else []
    for number in family.failed_runs:
        run = family.runs[number]
        kind = "oom_kill" if run.workers > 1 else "oom_kill_serial"
        for kill in _kills(run):
            if _explains(kill, family.in_run(number)):
                joined = "_joined" if kill.worker and kill.test and run.workers > 1 else ""
                clock = UNTIMED if run.started is None else ""
                text = f"the kernel killed {_victim(kill)} for memory in {run.label}{clock}"
                quote = kill.text.partition("\n")[0]
                roles = _roles(family)
                yield Evidence(kind + joined, text, quote=quote, source=kill.source, roles=roles)
                return
        for event in run.events:
            if event.kind in WITNESSES and any(told.run == number for told in died):
                text = f"the container of {run.label} was killed for memory"
                yield Evidence(kind, text, quote=event.text, source=event.source)
                return
    if died and all(_has_kernel_log(family.runs[told.run]) for told in died):
        yield Evidence("oom_kill", "the kernel log has no kill for memory", present=False)


def _roles(family: Family) -> dict[str, Role]:
    """Name the tests that took the memory: far more than other workers, or killed in every run.

    The others were killed for what all workers held together, or lost what was killed.
    """
    killed: dict[str, set[int]] = {}
    alone: set[str] = set()
    for number in family.failed_runs:
        run = family.runs[number]
        mine = {
            told.result.id or told.result.key: told.result.key for told in family.in_run(number)
        }
        for kill in _kills(run):
            if kill.test in mine:
                killed.setdefault(mine[kill.test], set()).add(number)
                if _far_more(kill, run):
                    alone.add(mine[kill.test])
    again = {k for k, runs in killed.items() if len(runs) > 1 and runs == set(family.outcomes[k])}
    return dict.fromkeys(alone | again, "culprit")


def _far_more(kill: KernelKill, run: Run) -> bool:
    """Say whether it held so many times what others of its name did that it alone filled up."""
    incidents = (fact for fact in run.kernel if isinstance(fact, KernelIncident))
    table = next((each.tasks for each in incidents if each.id == kill.incident), ())
    alike = [task for task in table if task.name == kill.comm]
    others = [task.rss_kb for task in alike if task.pid != kill.pid][: max(run.workers - 1, 0)]
    held = max((task.rss_kb for task in alike if task.pid == kill.pid), default=kill.rss_kb or 0)
    return len(others) > 0 and held >= UNLIKE * median(others)


def _died(result: TestResult) -> bool:
    return any(failure.phase == "crash" for failure in result.failures)


def _kills(run: Run) -> list[KernelKill]:
    """List the kills that were joined to the run: a log of the host knows all its tenants."""
    kills = [fact for fact in run.kernel if isinstance(fact, KernelKill)]
    return [kill for kill in kills if kill.run == run.label]


def _explains(kill: KernelKill, failed: Sequence[Told]) -> bool:
    """Say whether these failures are what such a death looks like."""
    died = [told for told in failed if _died(told.result)]
    if kill.test:
        return any(kill.test in (told.result.id, told.result.key) for told in died)
    if died and not kill.worker:
        return True
    gone = CHILD_GONE if kill.name.startswith(("python", "pytest")) else SERVER_GONE
    return any(gone.search(_words(told.result)) for told in failed)


def _words(result: TestResult) -> str:
    return "\n".join(f"{each.message}\n{each.text[-4000:]}" for each in result.failures)


def _victim(kill: KernelKill) -> str:
    process = f"process {kill.pid} ({kill.name})" if kill.pid else f"a process of {kill.name}"
    return f"worker {kill.worker}, {process}," if kill.worker else process


def _has_kernel_log(run: Run) -> bool:
    return any(found.kind == "kernel" for found in run.inputs)
