"""A recording has the kernel's lines about its own run, and no others."""

from lab.kernel_log import ours

THEIRS = [
    "[   10.000001] python invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0",
    "[   10.000002] oom-kill:constraint=CONSTRAINT_MEMCG,oom_memcg=/other,task=python,pid=7",
    "[   10.000003] Memory cgroup out of memory: Killed process 7 (python) anon-rss:9kB",
]
OURS = [
    "[   11.000001] python invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0",
    "[   11.000002] memory: usage 471040kB, limit 471040kB, failcnt 77",
    "[   11.000003] oom-kill:constraint=CONSTRAINT_MEMCG,oom_memcg=/job-12,task=python,pid=8",
    "[   11.000004] Memory cgroup out of memory: Killed process 8 (python) anon-rss:9kB",
]
REJECTED = ["2026-03-01T10:00:00,000001+00:00 cgroup: fork rejected by pids controller in /job-12"]
CRASH = [
    "[   12.000001] python[41]: segfault at 0 ip 00007f sp 00007f error 4 in libc.so.6",
    "[   12.000002] traps: python[43] trap int3 ip:7f sp:7f error:0",
]


def test_only_reports_that_name_our_group_are_kept() -> None:
    lines = [*THEIRS, *OURS, *REJECTED, "[   12.000003] usb 1-1: new device"]
    assert list(ours(lines, "/job-12", {8})) == [*OURS, *REJECTED]


def test_only_crashes_of_our_processes_are_kept() -> None:
    assert list(ours(CRASH, "/job-12", {41})) == CRASH[:1]
    assert list(ours(CRASH, "/job-12", {43})) == CRASH[1:]


def test_a_report_that_is_cut_off_is_not_ours() -> None:
    assert list(ours(OURS[:3], "/job-13", {8})) == []
