"""Who had taken the memory, by the arithmetic of one report; what it leaves open stays open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from diagnose.oom import Culprit, ProcessGroup, Task
from diagnose.readers._kernel_grammar import Killed
from diagnose.readers._kernel_report import Report
from diagnose.readers._kernel_table import MOST_GROUPS, Row, grouped, largest, tasks

SHMEM, SLAB, KERNEL, HUGE = "tmpfs/shmem", "kernel slab", "kernel memory", "huge pages"
PAGE_KB = (4, 8, 16, 64)
SEEN = 0.5  # of the anonymous memory must be in the table, or rows are missing


class Account(NamedTuple):
    """What a report's figures come to; `victims` are the rows of those who died, in kB."""

    groups: tuple[ProcessGroup, ...] = ()
    tasks: tuple[Task, ...] = ()
    culprit: Culprit = Culprit()
    victim_is_culprit: bool | None = None
    complete: bool = False
    victims: Mapping[int, Row] = {}


def account(report: Report) -> Account:
    """Add up a report, and name who held most of what ran out."""
    rows = report.table.rows()
    page = page_kb(report, rows)
    whole = _whole(report, rows, page)
    processes = tasks(rows, page)
    victim = report.kills[0][0] if report.kills else None
    if rows and not whole and victim:
        processes += _unlisted(victim, rows)
    groups = grouped(processes)
    victims = {row.pid: row.in_kb(page) for row in rows if victim and row.pid == victim.pid}
    names = {victim.comm, *(row.name for row in victims.values())} if victim else set()
    culprit = _by_table(report, groups, rows, page) if groups else _by_kill_line(report, victim)
    if not whole and culprit.name in names and not _most(report, culprit.rss_kb, page):
        culprit = Culprit()  # who knows what the lost rows held
    blamed = culprit.name in names if names and culprit.name else None
    complete = whole and report.invoked
    return Account(
        tuple(groups[:MOST_GROUPS]), largest(processes), culprit, blamed, complete, victims
    )


def page_kb(report: Report, rows: Sequence[Row]) -> int:
    """Find the size of a page, which no line states."""
    sizes = {row.pid: row.total_vm for row in rows}
    for killed, _ in report.deaths:
        pages, total = sizes.get(killed.pid), killed.total_vm_kb
        if pages and total:
            errors = {abs(size * pages - total): size for size in PAGE_KB}
            return errors[min(errors)]
    return report.bucket_kb if report.bucket_kb in PAGE_KB else PAGE_KB[0]


def _whole(report: Report, rows: Sequence[Row], page: int) -> bool:
    """Say whether a report's table is whole, and the sums stand above it that it is held to."""
    if not (report.table.columns and rows) or report.lost or report.table.overflown:
        return False
    sums = report.usage_kb is not None or report.stats_kb or report.pages
    if not sums or not (report.kills or report.helpless):
        return False
    listed = sum(row.rss if row.anon is None else row.anon for row in rows) * page
    return listed >= SEEN * _anonymous(report, page)


def _anonymous(report: Report, page: int) -> int:
    stats = report.stats_kb
    for name in ("total_rss", "anon", "rss"):
        if name in stats:
            return stats[name]
    pages = report.pages
    anonymous = pages.get("active_anon", 0) + pages.get("inactive_anon", 0) - pages.get("shmem", 0)
    return max(0, anonymous) * page


def _unlisted(victim: Killed, rows: Sequence[Row]) -> list[Task]:
    """Take a victim whose row is lost from the kill line."""
    if victim.anon_rss_kb is None or any(row.pid == victim.pid for row in rows):
        return []
    rss = victim.anon_rss_kb + (victim.file_rss_kb or 0) + (victim.shmem_rss_kb or 0)
    return [Task(victim.pid, victim.comm, rss, victim.anon_rss_kb)]


def _by_table(
    report: Report, groups: Sequence[ProcessGroup], rows: Sequence[Row], page: int
) -> Culprit:
    if report.manual:
        return Culprit()
    unowned = _unowned(report, rows, page)
    name = max(unowned, key=lambda each: unowned[each])
    if unowned[name] > groups[0].held_kb:
        return Culprit(name, 0, unowned[name], "task table")
    return Culprit(groups[0].name, groups[0].processes, groups[0].rss_kb, "task table")


def _unowned(report: Report, rows: Sequence[Row], page: int) -> dict[str, int]:
    """Return the memory that ending no process gives back."""
    stats, pages = report.stats_kb, report.pages
    mapped = sum(row.shmem for row in rows) * page
    if any(row.anon is None for row in rows):
        mapped = stats.get("file_mapped", stats.get("mapped_file", pages.get("mapped", 0) * page))
    shmem = stats.get("total_shmem", stats.get("shmem", pages.get("shmem", 0) * page))
    slab = stats.get("slab_unreclaimable", report.kmem_kb)
    named = ("slab", "kernel_stack", "pagetables")  # two of them go with their processes
    rest = stats.get("kernel", 0) - sum(stats.get(name, 0) for name in named)
    return {
        SHMEM: max(0, shmem - mapped),
        KERNEL: rest,
        SLAB: slab or pages.get("slab_unreclaimable", 0) * page,
        HUGE: report.huge_kb,
    }


def _by_kill_line(report: Report, victim: Killed | None) -> Culprit:
    """Take the victim alone; it is blamed only if it held most of what there was."""
    if report.manual or victim is None or victim.anon_rss_kb is None:
        return Culprit()
    return Culprit(victim.comm, 1, victim.anon_rss_kb, "kill line")


def _most(report: Report, held_kb: int, page: int) -> bool:
    """Say whether that is more than half of what could be had."""
    ram = max(0, report.ram.get("RAM", 0) - report.ram.get("reserved", 0)) * page
    total = report.usage_kb or ram
    return bool(total) and held_kb * 2 > total
