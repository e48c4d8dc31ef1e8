"""Reports joined into incidents: what is told twice counts once, what is one cascade is one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from diagnose.readers._kernel_culprit import Account, account
from diagnose.readers._kernel_grammar import Killed
from diagnose.readers._kernel_lines import BACK, Message
from diagnose.readers._kernel_prefix import EVENTS
from diagnose.readers._kernel_report import Report
from diagnose.readers._kernel_table import Table

MOST_REPORTS = 10_000
LATEST = 64  # deaths of one pid that another is compared with
CASCADE = 30.0  # seconds within which the same shortage goes on
EXACT = 0.01  # seconds: the same event, shown twice
Death = tuple[Killed, Message]


@dataclass(slots=True)
class Finding:
    """A report that was added up, and those of its kills that no report before it told."""

    report: Report
    account: Account
    kills: list[Death] = field(default_factory=list)


class Findings:
    """Collects reports, each event once; the fuller report of the same stands for both."""

    def __init__(self) -> None:
        self.found: list[Finding] = []
        self._known: dict[int, list[tuple[Death, Finding]]] = {}
        self._quoted: list[Report] = []
        self.left_out = 0

    def add(self, report: Report) -> None:
        """Take in a report, unless it repeats one; what others quote of the kernel, at the end."""
        if report.first.program == EVENTS and len(self._quoted) < MOST_REPORTS:
            self._quoted.append(report)
        else:
            self._add(report)

    def _add(self, report: Report) -> None:
        if len(self.found) >= MOST_REPORTS:
            self.left_out += 1
            return
        finding = Finding(report, account(report))
        deaths = [_completed(death, finding.account) for death in report.kills]
        report.table = Table()  # hundreds of tables are too much to keep
        for death in _each_once(deaths):
            told = self._told(death)
            if told is None:
                self._known.setdefault(death[0].pid, []).append((death, finding))
                finding.kills.append(death)
            elif told is not finding:
                _improve(told, finding)
        if finding.kills or not report.kills:
            self.found.append(finding)

    def _told(self, death: Death) -> Finding | None:
        for other, finding in self._known.get(death[0].pid, [])[-LATEST:]:
            if _same(death, other):
                return finding
        return None

    def close(self, reaped: Iterable[Death]) -> None:
        """Take those of whose end only the reaper tells, or somebody who quotes the kernel."""
        for killed, message in reaped:
            if not self._knows(killed):
                self._add(Report(message, deaths=[(killed, message)]))
        for report in self._quoted:
            self._add(report)

    def _knows(self, killed: Killed) -> bool:
        deaths = self._known.get(killed.pid, ())
        return any(dead.comm.startswith(killed.comm) for (dead, _), _ in deaths)


def _each_once(deaths: Iterable[Death]) -> Iterable[Death]:
    """Leave out whom a group takes along that was killed first: nobody dies twice of one call."""
    firsts: dict[tuple[int, str], Death] = {}
    for death in deaths:
        firsts.setdefault((death[0].pid, death[0].comm), death)
    return firsts.values()


def _completed(death: Death, found: Account) -> Death:
    """Take what the kill line does not say, for it is lost, from the table."""
    killed, message = death
    row = found.victims.get(killed.pid)
    if killed.anon_rss_kb is not None or row is None:
        return death
    killed = replace(
        killed, total_vm_kb=row.total_vm, anon_rss_kb=row.anon, oom_score_adj=row.oom_score_adj
    )
    return killed, message


def _improve(told: Finding, finding: Finding) -> None:
    """Let the fuller of two reports of one event speak."""
    if len(finding.account.groups) > len(told.account.groups):
        told.report, told.account = finding.report, finding.account


def _same(one: Death, other: Death) -> bool:
    (killed, message), (known, before) = one, other
    if not (killed.comm.startswith(known.comm) or known.comm.startswith(killed.comm)):
        return False
    figures = (killed.total_vm_kb, killed.anon_rss_kb), (known.total_vm_kb, known.anon_rss_kb)
    alike = figures[0] == figures[1] or None in figures[0] or None in figures[1]
    if message.uptime is not None and before.uptime is not None:
        apart = abs(message.uptime - before.uptime)
        return apart < BACK if message.boot == before.boot else alike and apart < EXACT
    if message.wall and before.wall and message.wall.dated == before.wall.dated:
        return abs(message.wall.seconds - before.wall.seconds) < BACK
    return alike


def cascades(found: Sequence[Finding]) -> list[list[Finding]]:
    """Put together the reports of one shortage."""
    joined: list[list[Finding]] = []
    for finding in found:
        if joined and _goes_on(joined[-1][-1], finding):
            joined[-1].append(finding)
        else:
            joined.append([finding])
    return joined


def _goes_on(before: Finding, after: Finding) -> bool:
    one, two = before.report, after.report
    if one.first.boot != two.first.boot or bool(before.kills) != bool(after.kills):
        return False
    if one.scope and two.scope and one.scope != two.scope:
        return False
    limits = (one.limit_cgroup or one.stats_cgroup), (two.limit_cgroup or two.stats_cgroup)
    if None not in limits and limits[0] != limits[1]:
        return False
    last = before.kills[-1][1] if before.kills else one.first
    gap = _apart(last, after.kills[0][1] if after.kills else two.first)
    return gap is None or gap <= CASCADE


def _apart(one: Message, two: Message) -> float | None:
    if one.uptime is not None and two.uptime is not None:
        return abs(two.uptime - one.uptime)
    if one.wall and two.wall:
        return abs(two.wall.seconds - one.wall.seconds)
    return None
