"""Writes the syslog of a noisy host, on which the OOM killer was called 200 times a gigabyte."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

EVERY = 5_000_000  # bytes from one report to the next
TASKS = 120
START = datetime(2026, 3, 1, tzinfo=UTC)
BOOTED = 86_400.0
NOISE = (
    "kernel: [{up:12.6f}] [UFW BLOCK] IN=eth0 OUT= MAC=0a:58:0a SRC=10.0.{a}.{b} DST=10.0.0.2 "
    "LEN=40 TOS=0x00 PREC=0x00 TTL=242 ID={n} PROTO=TCP SPT={n} DPT=23 WINDOW=1024 RES=0x00 SYN",
    "kernel: [{up:12.6f}] docker0: port {a}(veth{n:07x}) entered forwarding state",
    'kernel: [{up:12.6f}] audit: type=1400 audit({time:.3f}:{n}): apparmor="ALLOWED" pid={n}',
    "kernel: [{up:12.6f}] nvme nvme0: I/O {a} QID {b} timeout, completion polled",
    'containerd[911]: time="{iso}" level=info msg="StopContainer for {n:012x} with timeout 30"',
    'dockerd[812]: level=warning msg="memory limit of {n:012x} is below its reservation"',
    "sshd[{n}]: Failed password for invalid user admin from 10.1.{a}.{b} port {n} ssh2",
    "CRON[{n}]: (root) CMD (test -x /usr/sbin/anacron || run-parts --report /etc/cron.daily)",
    "systemd[1]: run-docker-runtime\\x2drunc-moby-{n:012x}.mount: Deactivated successfully.",
    "app[{n}]: GET /api/orders/{n} 200 {a} ms, connection kept, 0 errors, process {b} of 8",
)
FRAMES = ("dump_stack_lvl+0x5d/0x80", "dump_header+0x43/0x1aa", "oom_kill_process+0xf8/0x1c0")
NAMES = ("systemd", "sshd", "postgres", "nginx", "python3", "pytest", "containerd-shim", "bash")


def log(size: int, seed: int = 1) -> Iterator[str]:
    """Yield the lines of about `size` bytes, the reports spread evenly among them."""
    draw = random.Random(seed)
    done = reports = number = 0
    while done < size:
        number += 1
        up = BOOTED + number / 50
        if done >= reports * EVERY:
            reports += 1
            lines = list(_report(draw, up))
        else:
            lines = [_noise(draw, number, up)]
        stamp = f"{START + timedelta(seconds=number / 50):%b %d %H:%M:%S} ci-host-3 "
        for line in lines:
            done += len(stamp) + len(line) + 1
            yield f"{stamp}{line}\n"


def _noise(draw: random.Random, number: int, up: float) -> str:
    when = START + timedelta(seconds=number / 50)
    a, b = draw.randrange(256), draw.randrange(256)
    words = {"a": a, "b": b, "n": draw.randrange(1 << 15), "up": up}
    return draw.choice(NOISE).format(**words, time=when.timestamp(), iso=when.isoformat())


def _report(draw: random.Random, up: float) -> Iterator[str]:
    """Yield one report: a control group is full, its largest process dies."""
    group = f"/ci.slice/job-{draw.randrange(10_000)}.scope"
    pids = sorted(draw.sample(range(1000, 60_000), TASKS))
    rss = {pid: draw.randrange(200, 40_000) for pid in pids}
    names = {pid: draw.choice(NAMES) for pid in pids}
    victim = max(pids, key=lambda pid: rss[pid])
    name, used = names[victim], sum(rss.values()) * 4
    said = [
        f"{name} invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0",
        f"CPU: 1 PID: {victim} Comm: {name} Not tainted 6.8.0-50-generic #51-Ubuntu",
        *(f" {frame}" for frame in FRAMES),
        f"memory: usage {used}kB, limit {used}kB, failcnt 91",
        f"Memory cgroup stats for {group}:",
        "Tasks state (memory values in pages):",
        "[  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem pgtables_bytes "
        "swapents oom_score_adj name",
        *(
            f"[{pid:7d}]  1000 {pid:5d} {rss[pid] * 2:8d} {rss[pid]:8d} {rss[pid]:8d} "
            f"       0         0    65536        0             0 {names[pid]}"
            for pid in pids
        ),
        f"oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,"
        f"oom_memcg={group},task_memcg={group},task={name},pid={victim},uid=1000",
        f"Memory cgroup out of memory: Killed process {victim} ({name}) "
        f"total-vm:{rss[victim] * 8}kB, anon-rss:{rss[victim] * 4}kB, file-rss:0kB, "
        f"shmem-rss:0kB, UID:1000 pgtables:64kB oom_score_adj:0",
    ]
    yield from (f"kernel: [{up + n / 1e6:12.6f}] {line}" for n, line in enumerate(said))
