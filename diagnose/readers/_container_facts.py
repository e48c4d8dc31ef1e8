"""What container runtimes and clusters can say, made into events; one wording for all formats."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from diagnose.model import Event, Source
from diagnose.readers._clock import iso, written

OOM_REASONS = ("OOMKilled", "OOM Killed")
WORTH_TELLING = {
    "OOMKilling",
    "SystemOOM",
    "TaskOOM",
    "Evicted",
    "BackOff",
    "CrashLoopBackOff",
    "Unhealthy",
    "Killing",
    "Failed",
    "FailedScheduling",
    "FailedKillPod",
    "FailedMount",
    "Preempted",
    "Preempting",
    "NodeNotReady",
    "DeadlineExceeded",
    "EvictionThresholdMet",
    "ExceededGracePeriod",
    "FreeDiskSpaceFailed",
}
CUMULATIVE = "counted since the group was made: an earlier reading tells what is new"
A_CHILD = "a process of the container was killed for memory, its main process ended by itself"
ANY_OF_THEM = "the flag may stand for a child of the main process"
NOT_SAID_WHY = "137 is SIGKILL from anyone: memory, an eviction, a failed probe, a stop"
MOST_TEXT = 4000


@dataclass
class Ended:
    """A container that has come to an end, as far as its format tells."""

    source: Source
    text: str
    code: str = ""
    reason: str = ""
    finished: str = ""
    oom: bool = False
    note: str = ""
    names: Mapping[str, str] = field(default_factory=dict)

    def event(self) -> Event | None:
        """Return what happened; an end in peace is nothing."""
        killed = self.oom or self.reason in OOM_REASONS
        if not killed and self.code in ("", "0"):
            return None
        note = self.note
        if killed and self.code not in ("137", ""):
            note = A_CHILD
        elif not killed and self.code == "137":
            note = NOT_SAID_WHY
        details = {
            **self.names,
            "exit_code" if killed else "code": self.code,
            "reason": self.reason,
            "finished": self.finished,
            "note": note,
        }
        kind = "container.oom_killed" if killed else "container.exit"
        return happened(kind, self.source, self.text, self.finished, details)


def reported(source: Source, text: str, at: str, details: Mapping[str, str]) -> Event | None:
    """Return an event of a cluster, if it has to do with a container's end."""
    reason = details.get("reason", "")
    if reason not in WORTH_TELLING:
        return None
    kind = "container.evicted" if reason == "Evicted" else "container.event"
    return happened(kind, source, text, at, details)


def counters(source: Source, text: str, said: Mapping[str, str]) -> Event:
    """Return what the counters of a control group say."""
    return happened("cgroup.memory_events", source, text, "", {**said, "note": CUMULATIVE})


def happened(kind: str, source: Source, text: str, at: str, details: Mapping[str, str]) -> Event:
    """Return an event without the details that were not said."""
    wall = iso(at) or written(at)
    time = wall.seconds if wall and wall.dated and wall.seconds > 0 else None
    kept = {key: value[:MOST_TEXT] for key, value in details.items() if value}
    return Event(kind, text[:MOST_TEXT], source, time, details=kept)
