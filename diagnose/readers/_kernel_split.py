"""Messages split into reports: one for each time that the OOM killer was called."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diagnose.readers import _kernel_grammar as grammar
from diagnose.readers._kernel_grammar import Killed
from diagnose.readers._kernel_lines import Message
from diagnose.readers._kernel_prefix import EVENTS, KERNEL
from diagnose.readers._kernel_report import MOST_DEATHS, Report, die, take

ORIGINS = ("", KERNEL, EVENTS)
# Only a report of the OOM killer has such lines, so it is one though its head is lost.
OPENERS = re.compile(
    r"(?:memory: usage \d+kB, limit|Task in /|Memory cgroup stats|Tasks state \(|\s*\[\s*pid\s*\]"
    r"|\s*\[\s*\d{1,7}\]\s+\d+\s+\d+\s+\d+\s+\d+\s+-?\d|Out of memory and no k"
    r"|System is deadl|Kernel panic - not syncing: (?:Out of memory|System is dead))"
)


class Reports:
    """Feeds messages to the report that is open; yields it when the next begins."""

    def __init__(self) -> None:
        self._open: Report | None = None
        self.reaped: list[tuple[Killed, Message]] = []

    def feed(self, message: Message) -> Iterator[Report]:
        """Take in a message; yield a report that it completes."""
        if message.program not in ORIGINS or self._aside(message):
            return
        report = self._open
        if report and (report.first.boot != message.boot or self._begins(report, message)):
            yield from self.end()
        if self._open is None and _opens(message):
            self._open = Report(message)
        if self._open is None:
            return
        if not self._open.deaths:
            take(self._open, message)
        elif said := grammar.killed(message.text):
            die(self._open, said, message)

    def miss(self) -> None:
        """Note that lines were left out: what is open has no end among those that follow."""
        if self._open and not self._open.deaths:
            self._open.lost = True

    def end(self) -> Iterator[Report]:
        """Yield the report that is open, if it tells of anything."""
        report, self._open = self._open, None
        if report and report.counts:
            yield report

    def _aside(self, message: Message) -> bool:
        """Note what is said of processes that are already dead, or of those that are to follow."""
        text = message.text
        if "oom_reaper" in text:
            match = grammar.REAPED.match(text)
            if match and len(self.reaped) < MOST_DEATHS:
                self.reaped.append((Killed(int(match["pid"]), match["comm"]), message))
            return True
        if "oom.group" in text and grammar.GROUP.match(text):
            if self._open:
                self._open.grouped = True
            return True
        return False

    def _begins(self, report: Report, message: Message) -> bool:
        """Say whether a message is of another report than the open one."""
        text = message.text
        if message.program == EVENTS or _is_head(text):
            return True
        if said := grammar.killed(text):
            return not _follows(report, said)
        if grammar.decided(text) or grammar.SENTENCE.match(text):
            return bool(report.deaths) or _contradicts(report, text)
        return bool(report.deaths) and OPENERS.match(text) is not None


def _opens(message: Message) -> bool:
    text = message.text
    return bool(
        _is_head(text)
        or grammar.killed(text)
        or grammar.decided(text)
        or grammar.SENTENCE.match(text)
        or OPENERS.match(text)
    )


def _is_head(text: str) -> bool:
    return "oom-killer: gfp_mask" in text and grammar.INVOKED.match(text) is not None


def _follows(report: Report, said: Killed) -> bool:
    """Say whether a death is of this report: the first, or one that its group brings along."""
    if report.deaths:
        return report.grouped
    if report.chosen is None or report.decided:
        return True
    return str(said.pid).startswith(str(report.chosen[0].pid))  # the line may be cut


def _contradicts(report: Report, text: str) -> bool:
    """Say whether a report that has chosen somebody is told of another choice."""
    if report.chosen is None:
        return False
    said = grammar.decided(text)
    if said is None:
        match = grammar.SENTENCE.match(text)
        task = grammar.TASK.search(match["rest"]) if match else None
        return bool(task and task[3] and int(task[3]) != report.chosen[0].pid)
    return said.pid != report.chosen[0].pid
