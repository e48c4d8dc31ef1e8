"""The sentences of the OOM killer, from 2.6 to today, each without what loggers put before it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from diagnose.oom import Scope

CONSTRAINTS: dict[str, Scope] = {
    "CONSTRAINT_NONE": "global",
    "CONSTRAINT_MEMCG": "memcg",
    "CONSTRAINT_CPUSET": "cpuset",
    "CONSTRAINT_MEMORY_POLICY": "mempolicy",
}
_HOW = r"(?P<how>Out of [mM]emory|Memory cgroup out of memory)(?: \(oom_kill_allocating_task\))?"
INVOKED = re.compile(
    r"(?:(?P<comm>.{1,64}?) invoked )?oom-killer: gfp_mask=0x[0-9a-f]+"
    r"(?:\([^)]{0,300}\))?(?:,\s*nodemask=[^\s]{0,200})?(?:,\s*order=(?P<order>-?\d+))?"
)
KILLED = re.compile(
    rf"(?:{_HOW}: )?[Kk]illed process (?P<pid>\d{{1,10}})(?:, UID (?P<uid>\d{{1,10}}),)? "
    r"\((?P<comm>.{1,64}?)\)(?=,? (?:total-vm|vsz|anon-rss|UID)|\.?\s*$|,\s*$|,? \w)"
)
DECIDED = re.compile(
    rf"(?:{_HOW}: )?[Kk]ill process (?P<pid>\d{{1,10}}) \((?P<comm>.{{1,64}}?)\)"
    r" score \d+ or (?:sacrifice child|a child)"
)
REAPED = re.compile(
    r"oom_reaper: reaped process (?P<pid>\d{1,10}) \((?P<comm>.{1,64}?)\)(?:,|\s*$)"
)
FIGURE = re.compile(
    r"\b(?:(?P<size>total-vm|vsz|anon-rss|file-rss|shmem-rss):(?P<kb>\d{1,15})kB"
    r"|(?P<plain>UID|oom_score_adj):? ?(?P<value>-?\d{1,10})\b)"
)
SENTENCE = re.compile(r"oom-kill:constraint=(?P<constraint>CONSTRAINT_\w{1,20})(?P<rest>.*)$")
LIMITED = re.compile(r",oom_memcg=(.*?)(?:,task_memcg=|$)")
TASK = re.compile(r",task_memcg=(.*?)(?:,task=(.*?)(?:,pid=(\d{1,10}),uid=\d+)?)?$")
TASK_IN = re.compile(r"Task in (?P<task>.*?) killed as a result of limit of (?P<limit>.*?)\s*$")
USAGE = re.compile(r"memory: usage (\d{1,15})kB, limit (\d{1,15})kB")
KMEM = re.compile(r"kmem: usage (\d{1,15})kB")
STATS = re.compile(
    r"Memory cgroup stats(?: for (?P<cgroup>/?.*?))?:(?P<inline>(?: ?\w+:\d+KB)*)\s*$"
)
STAT = re.compile(r"\s*([a-z_]{2,40}) (\d{1,15})\s*$")
INLINE = re.compile(r"(\w+):(\d{1,15})KB")
PAGES = re.compile(r"\b([a-z_]{3,40}):(\d{1,15})(?=\s|$)")
MEM_INFO = re.compile(
    r"\s*(?:active_anon|active_file|unevictable|slab_reclaimable|mapped|free):\d+\b"
)
BUCKET = re.compile(r"Node \d+ \w+: \d+\*(\d{1,4})kB")
SWAP = re.compile(r"(Free|Total) swap\s*= ?(\d{1,15})kB")
RAM = re.compile(r"(\d{1,15}) pages (RAM|reserved)\b")
HUGE = re.compile(
    r"Node \d+ hugepages_total=(\d{1,15}) hugepages_free=\d+ \S+ hugepages_size=(\d{1,15})kB"
)
WHO = re.compile(
    r"(?:CPU: \d+ (?:UID: \d+ )?PID|Pid): (?P<pid>\d{1,10}),? [Cc]omm: (?P<comm>.{1,64}?) "
    r"(?:\[?Kdump: \w+\]? )?(?:Not t|T)ainted(?P<rest>.*)$"
)
VERSION = re.compile(r"\s(\d+\.\d+\.\d+\S*|\d\.\d+\S*)")
GROUP = re.compile(r"Tasks in (.*) are going to be killed due to memory\.oom\.group set")
HELPLESS = re.compile(
    r"(?:Out of memory|Memory cgroup out of memory) and no killable processes"
    r"|System is deadlocked on memory|Kernel panic - not syncing: (?:Out of memory|System is dead)"
)
LOST = re.compile(
    r"\*\* \d+ printk messages dropped|.{0,80}imuxsock(?::| begins| lost| ).{0,40}(?:lost|drop)"
    r"|.{0,60}[Mm]issed \d+ kernel messages"
)


@dataclass(frozen=True, slots=True)
class Killed:
    """What a line says of a process that was killed, or was chosen to be."""

    pid: int
    comm: str
    scope: Scope | None = None
    uid: int | None = None
    total_vm_kb: int | None = None
    anon_rss_kb: int | None = None
    file_rss_kb: int | None = None
    shmem_rss_kb: int | None = None
    oom_score_adj: int | None = None


def killed(text: str) -> Killed | None:
    """Read a line that tells of a kill."""
    if "illed process" not in text or not (match := KILLED.match(text)):
        return None
    figures = {
        found["size"] or found["plain"]: int(found["kb"] or found["value"])
        for found in FIGURE.finditer(text, match.end("comm"))
    }
    uid = match["uid"]
    return Killed(
        int(match["pid"]),
        match["comm"],
        scope_of(match["how"]),
        int(uid) if uid else figures.get("UID"),
        figures.get("total-vm", figures.get("vsz")),
        figures.get("anon-rss"),
        figures.get("file-rss"),
        figures.get("shmem-rss"),
        figures.get("oom_score_adj"),
    )


def decided(text: str) -> Killed | None:
    """Read a line that says who is to be killed, he or one of his children."""
    if "ill process" not in text or not (match := DECIDED.match(text)):
        return None
    return Killed(int(match["pid"]), match["comm"], scope_of(match["how"]))


def scope_of(how: str | None) -> Scope | None:
    """Tell whose memory ran out from how a line begins."""
    if not how:
        return None
    return "memcg" if how.startswith("Memory cgroup") else "global"
