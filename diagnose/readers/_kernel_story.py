"""Findings told as kills and incidents, with the times that are known when all is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from diagnose.model import Source
from diagnose.oom import KernelIncident, KernelKill, Moment
from diagnose.readers._clock import Clock
from diagnose.readers._kernel_incidents import Death, Finding
from diagnose.readers._kernel_lines import Message
from diagnose.readers._kernel_report import Report
from diagnose.words import some

Told = KernelKill | KernelIncident


def tell(cascades: Sequence[Sequence[Finding]], clock: Clock, path: str) -> Iterator[Told]:
    """Yield each incident, and behind it its kills."""
    for number, cascade in enumerate(cascades, 1):
        incident = _incident(number, cascade, clock, path)
        yield incident
        for finding in cascade:
            for death in finding.kills:
                kill = _kill(death, finding.report, clock, path)
                yield replace(kill, incident=number, limit_cgroup=incident.limit_cgroup)


def moment(message: Message, clock: Clock) -> Moment:
    """Say when a message was written."""
    return clock.moment(message.boot, message.uptime, message.wall)


def _kill(death: Death, report: Report, clock: Clock, path: str) -> KernelKill:
    killed, message = death
    first = report.kills[0][0].pid if report.kills else 0
    return KernelKill(
        pid=killed.pid,
        comm=killed.comm,
        source=Source(path, message.number),
        text=message.quote,
        scope=report.scope,
        when=moment(message, clock),
        uid=killed.uid,
        anon_rss_kb=killed.anon_rss_kb,
        file_rss_kb=killed.file_rss_kb,
        shmem_rss_kb=killed.shmem_rss_kb,
        total_vm_kb=killed.total_vm_kb,
        oom_score_adj=killed.oom_score_adj,
        task_cgroup=report.task_cgroup if killed.pid == first else None,
    )


def _limit_cgroup(cascade: Sequence[Finding]) -> str | None:
    """Name the group of processes whose limit was hit; a machine has none."""
    for finding in cascade:
        report = finding.report
        if report.scope == "memcg" and (report.limit_cgroup or report.stats_cgroup):
            return report.limit_cgroup or report.stats_cgroup
    return None


def _incident(number: int, cascade: Sequence[Finding], clock: Clock, path: str) -> KernelIncident:
    finding = cascade[0]
    report, account = finding.report, finding.account
    dead = [killed for each in cascade for killed, _ in each.kills]
    incident = KernelIncident(
        id=number,
        source=Source(path, report.first.number),
        text="",
        scope=report.scope,
        when=moment(report.first, clock),
        limit_kb=report.limit_kb,
        usage_kb=report.usage_kb,
        swap_total_kb=report.swap_kb.get("Total"),
        swap_free_kb=report.swap_kb.get("Free"),
        limit_cgroup=_limit_cgroup(cascade),
        trigger=report.trigger,
        victims=tuple(killed.pid for killed in dead),
        groups=account.groups,
        tasks=account.tasks,
        culprit=account.culprit,
        victim_is_culprit=account.victim_is_culprit,
        complete=account.complete,
        panic=report.helpless and not dead,
        kernel=report.kernel,
    )
    return replace(incident, text=sentence(incident, [killed.comm for killed in dead]))


def sentence(incident: KernelIncident, victims: Sequence[str]) -> str:
    """Put an incident into words."""
    what = f"{_where(incident)}; {_who_died(victims)}"
    culprit = incident.culprit
    if not culprit.name:
        return f"{what}; the log does not tell who had taken the memory"
    processes = f" in {_processes(culprit.processes)}" if culprit.processes else ""
    part = "" if incident.complete else " of what the log still shows"
    return f"{what}; {culprit.name} held most{part}: {mib(culprit.rss_kb)}{processes}"


def _where(incident: KernelIncident) -> str:
    if incident.scope == "memcg":
        limit = f" of {mib(incident.limit_kb)}" if incident.limit_kb else ""
        return f"{incident.limit_cgroup or 'a control group'} reached its memory limit{limit}"
    if incident.scope == "manual":
        return "the OOM killer was called by hand"
    if incident.scope in ("cpuset", "mempolicy"):
        return "the memory nodes that a task may use had nothing left"
    return "the machine ran out of memory" if incident.scope else "memory ran out"


def _who_died(victims: Sequence[str]) -> str:
    if not victims:
        return "no line says who was killed"
    names = list(dict.fromkeys(victims))
    number = f" ({_processes(len(victims))})" if len(victims) > 1 else ""
    return f"the kernel killed {some(names)}{number}"


def _processes(number: int) -> str:
    return "1 process" if number == 1 else f"{number:,} processes"


def mib(kilobytes: int) -> str:
    """Write a size as a person would."""
    return f"{kilobytes / 1024:,.0f} MiB" if kilobytes >= 1024 else f"{kilobytes} KiB"
