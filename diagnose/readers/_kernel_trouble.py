"""Trouble that a kernel log tells of beside kills of the OOM killer, by kind."""

from __future__ import annotations

import re
from typing import NamedTuple

from diagnose.readers._kernel_prefix import KERNEL

_WHO = r".{1,64}\[\d{1,10}\]:? "
# kind, literals of which each such line has one, what it begins with
TROUBLE: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("segfault", ("segfault at",), _WHO + r"segfault at "),
    ("protection_fault", ("general protection",), rf"(?:traps: )?{_WHO}general protection"),
    ("divide_error", ("divide error",), rf"(?:traps: )?{_WHO}trap divide error"),
    ("invalid_opcode", ("invalid opcode",), rf"(?:traps: )?{_WHO}trap invalid opcode"),
    ("trap", ("traps: ",), rf"traps: {_WHO}trap "),
    ("fatal_signal", ("fatal signal",), r".{0,80}potentially unexpected fatal signal \d"),
    ("seccomp", ("type=1326 ",), r"(?:kernel: )?audit: type=1326 .*\bsig=[1-9]"),
    (
        "hung_task",
        ("blocked for more than",),
        r"INFO: task .{1,64} blocked (?:in I/O wait )?for more",
    ),
    ("fork_rejected", ("fork rejected",), r"cgroup: fork rejected by pids controller"),
    ("file_max", ("file-max limit",), r"VFS: file-max limit \d+ reached"),
    ("conntrack_full", ("table full",), r"(?:\w+_conntrack: )+(?:.{0,40}: )?table full"),
    ("syn_flood", ("SYN flooding",), r"(?:\w+: )*[Pp]ossible SYN flooding"),
    (
        "tcp_memory",
        ("TCP: out of memory", "orphaned sockets", "Out of socket memory"),
        r"(?:TCP: )?(?:out of memory|Out of socket memory|too many (?:of )?orphaned sockets)",
    ),
    ("neighbour_overflow", ("able overflow",), r"(?:\w+: )*[Nn]eighbou?r table overflow"),
    ("page_allocation_failure", ("allocation failure",), r"(?:.{1,64}: )?page allocation failure"),
    (
        "vmalloc_failure",
        ("vmap allocation", "vmalloc"),
        r"(?:.{1,64}: )?(?:vmap allocation for size \d+ failed|vmalloc.{0,40}fail)",
    ),
    (
        "filesystem_error",
        ("-fs error", "-fs warning", "emounting filesystem", "XFS (", "BTRFS"),
        r"EXT[234]-fs (?:error|warning)|.{0,80}[Rr]emounting filesystem read-only"
        r"|XFS \(.{1,64}\): .*(?:[Cc]orrupt|shut|Internal error)|BTRFS (?:error|critical)",
    ),
    (
        "io_error",
        ("I/O error", "critical space", "critical medium", "critical target"),
        r"(?:\w+: )*(?:I/O error|Buffer I/O error|critical (?:space|medium|target|nexus))",
    ),
    ("nfs_timeout", ("not responding",), r"nfs: server \S{1,200} not responding"),
    (
        "oops",
        (
            "BUG: unable",
            "Oops",
            "kernel BUG at",
            "BUG: kernel NULL",
            "protection fault",
            "Internal e",
        ),
        r"BUG: (?:unable to handle|kernel NULL)|Oops: |kernel BUG at |general protection fault[:,]"
        r"|Internal error: ",
    ),
    ("panic", ("Kernel panic",), r"Kernel panic - not syncing"),
    ("soft_lockup", ("soft lockup",), r"(?:\w+: )*BUG: soft lockup"),
    ("hard_lockup", ("hard LOCKUP",), r".{0,40}hard LOCKUP"),
    (
        "rcu_stall",
        ("detected stall", "-detected ", "detected expedited", "kthread starved"),
        r"(?:rcu: )?(?:INFO: )?rcu_\w+ (?:self-detected|detected|kthread starved)",
    ),
    ("workqueue_lockup", ("workqueue lockup",), r"BUG: workqueue lockup"),
    ("warning", ("WARNING: CPU:",), r"WARNING: CPU: \d"),
    ("bug", ("BUG: ",), r"BUG: "),
    ("machine_check", ("[Hardware Error]",), r"(?:mce: )?\[Hardware Error\]: (?:Machine|CPU)"),
    ("throttled", ("clock throttled",), r"(?:\w+: )?CPU\d+: .{0,60}clock throttled"),
    ("audit_backlog", ("audit: backlog",), r"audit: backlog limit exceeded"),
    ("rlimit", ("exceed data ulimit",), r"mmap: .{1,64} VmData \d+ exceed data ulimit"),
    ("no_killable", ("no killable",), r"(?:Memory cgroup o|O)ut of memory and no killable"),
)
# Anybody may write such words.
VAGUE = frozenset(("oops", "bug", "panic", "warning", "io_error", "tcp_memory", "hard_lockup"))
# the same for programs that kill, or tell of it, instead of the kernel
SERVICES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (
        "systemd_oomd",
        (" due to memory",),
        r"(?:Killed|Marked) /\S+ (?:for killing )?due to memory ",
    ),
    (
        "unit_oom",
        ("OOM killer", "'oom-kill'", "systemd-oomd killed", "Result: oom-kill"),
        r"\S{1,250}: (?:A process of this unit has been killed by the OOM killer"
        r"|Failed with result 'oom-kill'|systemd-oomd killed \d+ process)"
        r"|Active: failed \(Result: oom-kill\)",
    ),
    ("system_oom", ("System OOM",), r".{0,200}System OOM encountered"),
    ("earlyoom", ("low memory!",), r"low memory! at or below"),
)
# earlyoom and its kin name whom they signal; the words changed over the years
SIGNALLED = re.compile(
    r"(?:sending SIG\w{3,5} to|[Kk]illing) process (?P<pid>\d{1,10})(?: uid (?P<uid>\d{1,10}))?"
    r" \"(?P<comm>[^\"]{0,64})\".*?VmRSS (?P<mib>\d{1,9}) MiB"
    r"|[Kk]illing process '(?P<comm_first>.{0,64}?)' with signal \d+, pid: (?P<pid_last>\d{1,10})"
    r".*?VmRSS: (?P<mib_last>\d{1,9}) MiB"
)


def _by_word(
    table: tuple[tuple[str, tuple[str, ...], str], ...],
) -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    return tuple(
        (word, kind, compiled)
        for kind, words, regex in table
        for compiled in [re.compile(regex)]
        for word in words
    )


_OF_KERNEL, _OF_SERVICES = _by_word(TROUBLE), _by_word(SERVICES)


class Signalled(NamedTuple):
    """A process that a program in user space ended for want of memory."""

    pid: int
    comm: str
    uid: int | None
    rss_kb: int | None


def kind(text: str, program: str, *, sure: bool = True) -> str:
    """Name the trouble that a message tells of, empty for none; `sure` if it is a kernel's."""
    if program in ("", KERNEL):
        for word, name, regex in _OF_KERNEL:
            if word in text and regex.match(text):
                return name if sure or name not in VAGUE else ""
    if program != KERNEL:
        for word, name, regex in _OF_SERVICES:
            if word in text and regex.match(text):
                return name
    return ""


def signalled(text: str) -> Signalled | None:
    """Read a line of a killer in user space that names its victim."""
    if "VmRSS" not in text or not (match := SIGNALLED.match(text)):
        return None
    pid, comm = match["pid"] or match["pid_last"], match["comm"] or match["comm_first"] or ""
    uid = int(match["uid"]) if match["uid"] else None
    return Signalled(int(pid), comm, uid, int(match["mib"] or match["mib_last"]) << 10)
