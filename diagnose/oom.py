"""What a kernel says when memory runs out: values only. The reader fills them, the join adds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from diagnose.model import Source

Scope = Literal["global", "memcg", "cpuset", "mempolicy", "manual", "userspace"]
Basis = Literal["task table", "kill line", "none"]


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happened, as far as the log tells.

    `uptime` counts from boot `boot` of the file. `time` is seconds since the epoch, within `error`;
    it is read as UTC where the log names no zone (`zoned` is False then). A log that names no year
    has `yearless` instead: seconds since the epoch as if the year had been 2000.
    """

    uptime: float | None = None
    time: float | None = None
    error: float = 0.0
    zoned: bool = True
    yearless: float | None = None
    boot: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """A process of the task table; `held_kb` is what ending it would have given back."""

    pid: int
    name: str
    rss_kb: int
    held_kb: int
    swap_kb: int = 0
    oom_score_adj: int = 0


@dataclass(frozen=True, slots=True)
class ProcessGroup:
    """All processes of one name, or memory that no process owns ("tmpfs/shmem", "slab")."""

    name: str
    processes: int
    rss_kb: int
    held_kb: int = 0
    swap_kb: int = 0


@dataclass(frozen=True, slots=True)
class Culprit:
    """Who had taken the memory, and what says so; the name is empty where the log does not tell."""

    name: str = ""
    processes: int = 0
    rss_kb: int = 0
    basis: Basis = "none"


@dataclass(frozen=True, slots=True)
class Trigger:
    """The task whose request could not be met; often neither victim nor culprit."""

    comm: str
    pid: int | None = None


@dataclass(frozen=True, slots=True)
class SafeWorkers:
    """How many workers would fit, by what reckoning, and how likely they run out again."""

    n: int
    basis: str
    risk: float


@dataclass(frozen=True, slots=True)
class KernelKill:
    """One process that was killed for want of memory.

    `incident` is the id of its `KernelIncident`, 0 for none; the join knows worker, test and run,
    and in whose place the worker worked, if it replaced one. Where systemd alone tells of it, it is
    known by its `unit`: pid is 0 and comm empty if they are not told.
    """

    pid: int
    comm: str
    source: Source
    text: str
    scope: Scope | None = None
    when: Moment = Moment()
    incident: int = 0
    uid: int | None = None
    anon_rss_kb: int | None = None
    file_rss_kb: int | None = None
    shmem_rss_kb: int | None = None
    total_vm_kb: int | None = None
    oom_score_adj: int | None = None
    task_cgroup: str | None = None
    limit_cgroup: str | None = None
    worker: str = ""
    test: str = ""
    run: str = ""
    in_place_of: str = ""
    unit: str = ""

    @property
    def name(self) -> str:
        """Return what it is known by."""
        return self.comm or self.unit

    @property
    def rss_kb(self) -> int | None:
        """Add up what the kill line says was resident."""
        parts = (self.anon_rss_kb, self.file_rss_kb, self.shmem_rss_kb)
        return sum(part or 0 for part in parts) if parts[0] is not None else None


@dataclass(frozen=True, slots=True)
class KernelIncident:
    """One time that memory ran out: a report of the kernel, or a cascade of them.

    `groups` and `tasks` are the largest of the first report's task table, `complete` says whether
    that report is whole. `safe_workers` is the join's.
    """

    id: int
    source: Source
    text: str
    scope: Scope | None = None
    when: Moment = Moment()
    limit_kb: int | None = None
    usage_kb: int | None = None
    swap_total_kb: int | None = None
    swap_free_kb: int | None = None
    limit_cgroup: str | None = None
    trigger: Trigger | None = None
    victims: tuple[int, ...] = ()
    groups: tuple[ProcessGroup, ...] = ()
    tasks: tuple[Task, ...] = ()
    culprit: Culprit = Culprit()
    victim_is_culprit: bool | None = None
    complete: bool = False
    panic: bool = False
    kernel: str = ""
    safe_workers: SafeWorkers | None = None
