"""What kernels say, as plain values: kills, the incidents they belong to, and other trouble."""

from datetime import UTC, datetime
from typing import Any

from diagnose.diagnosis import Kernel
from diagnose.model import Event, Source
from diagnose.oom import KernelIncident, KernelKill, Moment


def document(kernel: Kernel) -> dict[str, Any]:
    """Return the report's part on kernels, keys in the order of the schema."""
    return {
        "kills": [_kill(kill) for kill in kernel.kills],
        "incidents": [_incident(incident) for incident in kernel.incidents],
        "other": [_other(event) for event in kernel.other],
    }


def _kill(kill: KernelKill) -> dict[str, Any]:
    return {
        "pid": kill.pid or None,
        "comm": kill.comm or None,
        "unit": kill.unit or None,
        "scope": kill.scope,
        "uptime_s": kill.when.uptime,
        "wall_clock": wall_clock(kill.when),
        "anon_rss_kb": kill.anon_rss_kb,
        "file_rss_kb": kill.file_rss_kb,
        "shmem_rss_kb": kill.shmem_rss_kb,
        "total_vm_kb": kill.total_vm_kb,
        "oom_score_adj": kill.oom_score_adj,
        "task_cgroup": kill.task_cgroup,
        "limit_cgroup": kill.limit_cgroup,
        "incident": kill.incident or None,
        "worker": kill.worker or None,
        "in_place_of": kill.in_place_of or None,
        "test": kill.test or None,
        "run": kill.run or None,
        "quote": kill.text.partition("\n")[0],
        "source": _source(kill.source),
    }


def _incident(incident: KernelIncident) -> dict[str, Any]:
    trigger, safe = incident.trigger, incident.safe_workers
    return {
        "id": incident.id,
        "scope": incident.scope,
        "uptime_s": incident.when.uptime,
        "wall_clock": wall_clock(incident.when),
        "limit_kb": incident.limit_kb,
        "usage_kb": incident.usage_kb,
        "limit_cgroup": incident.limit_cgroup,
        "trigger": {"comm": trigger.comm, "pid": trigger.pid} if trigger else None,
        "victims": list(incident.victims),
        "groups": [
            {"name": group.name, "processes": group.processes, "rss_kb": group.rss_kb}
            for group in incident.groups
        ],
        "culprit": {
            "name": incident.culprit.name or None,
            "processes": incident.culprit.processes,
            "rss_kb": incident.culprit.rss_kb,
            "basis": incident.culprit.basis,
        },
        "victim_is_culprit": incident.victim_is_culprit,
        "complete": incident.complete,
        "panic": incident.panic,
        "safe_workers": {"n": safe.n, "basis": safe.basis, "risk": safe.risk} if safe else None,
        "text": incident.text,
        "source": _source(incident.source),
    }


def _other(event: Event) -> dict[str, Any]:
    return {
        "kind": event.kind.removeprefix("kernel."),
        "text": event.text,
        "source": _source(event.source),
        "uptime_s": event.uptime,
        "wall_clock": _written(event.time, zoned=True),
    }


def wall_clock(when: Moment) -> str | None:
    """Write a moment down; without a zone where the log names none."""
    return _written(when.time, zoned=when.zoned)


def _written(time: float | None, *, zoned: bool) -> str | None:
    if time is None:
        return None
    moment = datetime.fromtimestamp(round(time, 3), UTC)
    said = moment if zoned else moment.replace(tzinfo=None)
    return said.isoformat(timespec="milliseconds")


def _source(source: Source) -> dict[str, Any]:
    return {"path": source.path, "line": source.line}
