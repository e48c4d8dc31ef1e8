"""Kernel logs: who was killed for want of memory, who had taken it, and other trouble."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from diagnose.model import Event, Problem, Record, Source
from diagnose.oom import KernelKill
from diagnose.readers._clock import Clock
from diagnose.readers._file import File
from diagnose.readers._kernel_incidents import Findings, cascades
from diagnose.readers._kernel_lines import Boots, Message, backwards, messages
from diagnose.readers._kernel_regions import mentions, regions
from diagnose.readers._kernel_split import Reports
from diagnose.readers._kernel_story import Told, moment, tell
from diagnose.readers._kernel_trouble import Signalled, kind, signalled
from diagnose.readers._kernel_units import UnitDeath, Units
from diagnose.readers._lines import Line, encoding, lines
from diagnose.words import plural

WHOLE = False
HEAD = 1 << 16
SLICE = 1 << 22  # characters at a time of a file that has to be decoded as a whole
UNIT_OOM = "unit_oom"  # trouble, unless it is all there is: then it is a kill
MOST_TROUBLE = 1000  # different messages
# Lines that only a kernel writes; a few of them make a kernel log, though nothing went wrong.
KERNEL_LINE = re.compile(
    rb"(?m)^(?:<\d{1,3}>)?\[ *\d{1,8}\.\d{6}[\]<]|\bkernel: \S|\"_TRANSPORT\" ?: ?\"kernel\""
    rb"|^_TRANSPORT=kernel|^\d{1,3},\d+,\d+,[-c];|^kern *: ?\w+ *: \["
    rb"|^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d,\d{6}[+-]\d\d:\d\d \S"  # dmesg --time-format iso
)
ENOUGH = 3
NO_BREAK = "\xa0".encode()


def recognises(block: bytes) -> bool:
    """Say whether this block has lines of a kernel, or of a killer in user space."""
    plain = block
    if (codec := encoding(block[:HEAD])) != "utf-8":
        plain = plain.decode(codec, "replace").encode()
    if _retyped(plain[:HEAD]):
        plain = plain.replace(NO_BREAK, b" ")
    if sum(1 for _ in islice(KERNEL_LINE.finditer(plain[:HEAD]), ENOUGH)) >= ENOUGH:
        return True
    return mentions(plain) and next(read(File.of(block)), None) is not None


def _retyped(head: bytes) -> bool:
    """Say whether blanks are what a word processor or a web page makes of them."""
    return head.count(NO_BREAK) > head.count(b" ")


def read(file: File) -> Iterator[Record | Problem]:
    """Yield what the log says, in its order: incidents, kills, and an event for each line."""
    head = file.head(HEAD)
    newest_first = backwards(messages(list(lines(File.of(head))), ordered=False))
    log = _Log(file.path, newest_first)
    for part in _parts(file, head, newest_first):
        log.feed(part)
    yield from log.records()


def _parts(file: File, head: bytes, newest_first: bool) -> Iterator[list[Line]]:
    """Yield the lines around each word of trouble; of what must be decoded first, all lines."""
    if encoding(head) != "utf-8" or (b"\n" not in head and b"\r" in head) or _retyped(head):
        yield from _slices(lines(file))
        return
    for region in regions(file, backwards=newest_first):
        inside = lines(File.of(region.data, file.path))
        yield [Line(it.number + region.number - 1, it.text, it.time) for it in inside]


def _slices(every: Iterable[Line]) -> Iterator[list[Line]]:
    part: list[Line] = []
    size = 0
    for line in every:
        part.append(line)
        size += len(line.text) + 1
        if size > SLICE:
            yield part
            part, size = [], 0
    yield part


class _Log:
    """What was found in a log so far."""

    def __init__(self, path: str, newest_first: bool) -> None:
        self._path = path
        self._newest_first = newest_first
        self._boots = Boots(backwards=newest_first)
        self._clock = Clock()
        self._reports = Reports()
        self._findings = Findings()
        self._trouble: dict[tuple[str, str], tuple[Message, int]] = {}
        self._ended: dict[int, tuple[Signalled, Message]] = {}
        self._units = Units()
        self._next = 1

    def feed(self, part: list[Line]) -> None:
        """Take in lines that follow each other."""
        if part and part[0].number > self._next:
            self._reports.miss()
        self._next = part[-1].number + 1 if part else self._next
        for message in self._boots.number(messages(part)):
            self._clock.learn(message.boot, message.uptime, message.wall, message.text)
            for report in self._reports.feed(message):
                self._findings.add(report)
            self._units.feed(message)
            self._watch(message)

    def _watch(self, message: Message) -> None:
        if what := kind(message.text, message.program, sure=message.sure):
            key = what, message.text
            if key in self._trouble or len(self._trouble) < MOST_TROUBLE:
                first, count = self._trouble.get(key, (message, 0))
                self._trouble[key] = first, count + 1
        elif (ended := signalled(message.text)) and len(self._ended) < MOST_TROUBLE:
            self._ended.setdefault(ended.pid, (ended, message))

    def records(self) -> Iterator[Record | Problem]:
        """Yield everything, the oldest first."""
        for report in self._reports.end():
            self._findings.add(report)
        self._findings.close(self._reports.reaped)
        found = self._findings.found
        if self._newest_first:  # its parts came newest first
            found = sorted(found, key=lambda each: -each.report.first.number)
        told = list(tell(cascades(found), self._clock, self._path))
        if self._units.deaths and not any(isinstance(each, KernelKill) for each in told):
            told += map(self._ended_in_unit, self._units.deaths)
            self._trouble = {key: it for key, it in self._trouble.items() if key[0] != UNIT_OOM}
        told += [self._ended_by_service(*each) for each in self._ended.values()]
        events = [_event(each) for each in told if isinstance(each, KernelKill)]
        events += [self._trouble_event(*each) for each in self._trouble.items()]
        yield from sorted([*told, *events], key=self._place)
        if left := self._findings.left_out:
            yield Problem(
                Source(self._path), f"{plural(left, 'report')} of the OOM killer not read"
            )

    def _place(self, record: Told | Event) -> tuple[int, int]:
        """Order by line; an incident before its kills, a kill before its event."""
        rank = 2 if isinstance(record, Event) else int(isinstance(record, KernelKill))
        line = record.source.line
        return -line if self._newest_first else line, rank

    def _ended_by_service(self, ended: Signalled, message: Message) -> KernelKill:
        return KernelKill(
            pid=ended.pid,
            comm=ended.comm,
            source=Source(self._path, message.number),
            text=message.quote,
            scope="userspace",
            when=moment(message, self._clock),
            uid=ended.uid,
        )

    def _ended_in_unit(self, death: UnitDeath) -> KernelKill:
        message = death.message
        return KernelKill(
            pid=death.pid,
            comm="",
            source=Source(self._path, message.number),
            text=message.quote,
            scope="userspace" if death.by_daemon else None,
            when=moment(message, self._clock),
            unit=death.unit,
        )

    def _trouble_event(self, key: tuple[str, str], seen: tuple[Message, int]) -> Event:
        message, count = seen
        when = moment(message, self._clock)
        source = Source(self._path, message.number)
        details = {"count": str(count)} if count > 1 else {}
        kind = f"kernel.{key[0]}"
        return Event(kind, message.quote, source, when.time, when.uptime, details=details)


def _event(kill: KernelKill) -> Event:
    when = kill.when
    kind = "kernel.oom_kill" if kill.scope != "userspace" else "kernel.userspace_kill"
    details = {"pid": str(kill.pid or ""), "comm": kill.name}
    return Event(kind, kill.text, kill.source, when.time, when.uptime, details=details)
