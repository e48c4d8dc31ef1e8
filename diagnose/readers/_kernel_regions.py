"""The parts of a log that are worth reading: what is around the words of trouble."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import NamedTuple

from diagnose.readers._file import File
from diagnose.readers._kernel_trouble import SERVICES, TROUBLE
from diagnose.scan import Finder, fastest

AROUND = 1 << 12  # bytes beside a hit: the rest of a record of JSON or of the journal
BEFORE = 1 << 16  # bytes before a kill whose report has no head: it may be cut
AFTER = 1 << 16  # bytes between two lines of a report
TABLE = 1 << 23  # bytes that a task table may have
MOST = 1 << 24  # bytes of a region, which is held in memory
JOBS = 2  # blocks that are searched at the same time
AHEAD = 8  # blocks that are held until their turn
HEADS = (b"oom-killer: gfp_mask",)
TABLES = (b"tgid total_vm",)
DETAILS = (
    b"Mem-Info:",
    b"memory: usage ",
    b"Memory cgroup stats",
    b"Tasks state",
    b"killed as a result of limit",
    b"pages RAM",
)
KILLS = (
    b"Killed process ",
    b"Kill process ",
    b"emory: kill",
    b"oom-kill:",
    b"oom_reaper: ",
    b"memory.oom.group",
)
ANCHORS = (
    b"setting system clock",
    b"Linux version ",
    b"-- Boot ",
    b"-- Reboot",
    b"Journal begins at ",
    b"Logs begin at ",
    b"VmRSS",
)
Hit = tuple[int, int, int]  # which literal, from, to


class Reach(NamedTuple):
    """How many bytes beside a hit belong to it; at an end, no more than those."""

    before: int = AROUND
    after: int = AROUND
    end: bool = False


class Region(NamedTuple):
    """Whole lines of a file, and the number of the first."""

    number: int
    data: bytes


def _spelled(needles: Collection[bytes]) -> list[bytes]:
    """Add how a journal writes a text that is not UTF-8: as the numbers of its bytes."""
    codes = [[b"%d" % code for code in needle] for needle in needles]
    return [*needles, *map(b",".join, codes), *map(b", ".join, codes)]


@cache
def _reaches() -> dict[bytes, Reach]:
    words = [word.encode() for _, words, _ in (*TROUBLE, *SERVICES) for word in words]
    return (
        dict.fromkeys([*words, *ANCHORS], Reach())
        | dict.fromkeys(_spelled([*HEADS, *DETAILS]), Reach(after=AFTER))
        | dict.fromkeys(_spelled(TABLES), Reach(after=TABLE))
        | dict.fromkeys(_spelled(KILLS), Reach(before=BEFORE, end=True))
    )


def _mirrored(needle: bytes, reach: Reach) -> Reach:
    """Return how far a hit reaches where the newest line is first: a kill before its table."""
    if needle in HEADS:
        return Reach(end=True)
    return Reach(after=TABLE) if needle in KILLS else reach


@cache
def _finder() -> Finder:
    return fastest(words())


def words() -> tuple[bytes, ...]:
    """List what is looked for."""
    return tuple(_reaches())


def mentions(block: bytes) -> bool:
    """Say whether any word of trouble is in these bytes."""
    return bool(_finder()(block))


def regions(file: File, *, backwards: bool = False) -> Iterator[Region]:
    """Yield the parts of a file, in its order; in a backwards one the newest line is first."""
    cutter = _Cutter(backwards=backwards)
    for block, hits in _scanned(_whole_lines(file.blocks())):
        yield from cutter.feed(block, hits)
    yield from cutter.close()


def _scanned(blocks: Iterator[bytes]) -> Iterator[tuple[bytes, list[Hit]]]:
    """Yield each block with its hits; the automaton works ahead, for it holds no lock."""
    ahead: deque[tuple[bytes, Future[list[Hit]]]] = deque()
    with ThreadPoolExecutor(JOBS) as pool:
        for block in blocks:
            ahead.append((block, pool.submit(_finder(), block)))
            if len(ahead) > AHEAD:
                done, hits = ahead.popleft()
                yield done, hits.result()
        for done, hits in ahead:
            yield done, hits.result()


def _whole_lines(blocks: Iterator[bytes]) -> Iterator[bytes]:
    rest = b""
    for block in blocks:
        cut = block.rfind(b"\n") + 1
        if cut or len(rest) > MOST:
            yield rest + block[:cut]
            rest = block[cut:]
        else:
            rest += block
    if rest:
        yield rest


class _Cutter:
    """Cuts regions out of blocks; holds the bytes that an open region, or a look back, may need."""

    def __init__(self, *, backwards: bool) -> None:
        reaches = _reaches().items()
        self._reaches = [_mirrored(*each) if backwards else each[1] for each in reaches]
        self._data = b""
        self._offset = 0  # of `_data` in the file
        self._number = 1  # of its first line
        self._start = self._end = -1  # of the open region, in the file
        self._done = 0  # up to where regions were yielded

    def feed(self, block: bytes, hits: list[Hit]) -> Iterator[Region]:
        """Take the next block, of whole lines; yield the regions that end in it."""
        here = self._offset + len(self._data)
        self._data += block
        for needle, at, _ in hits:
            reach = self._reaches[needle]
            start, end = here + at - reach.before, here + at + reach.after
            if start <= self._end:
                self._end = end if reach.end else max(end, self._end)
            else:
                yield from self.close()
                self._start, self._end = max(start, self._done), end
        there = self._offset + len(self._data)
        if self._end <= there or there - self._start > MOST:
            rest = self._end
            yield from self.close()
            if rest > there:
                self._start, self._end = there, rest
        self._forget(there)

    def close(self) -> Iterator[Region]:
        """Yield the region that is open, in whole lines."""
        if self._end < 0:
            return
        begin = self._data.rfind(b"\n", 0, max(0, self._start - self._offset)) + 1
        begin = max(begin, self._done - self._offset)
        stop = self._data.find(b"\n", max(0, self._end - self._offset)) + 1 or len(self._data)
        self._start = self._end = -1
        self._done = max(self._done, self._offset + stop)
        if begin < stop:
            number = self._number + self._data.count(b"\n", 0, begin)
            yield Region(number, self._data[begin:stop])

    def _forget(self, there: int) -> None:
        needed = self._start if self._end >= 0 else there
        cut = self._data.rfind(b"\n", 0, max(0, min(needed, there - BEFORE) - self._offset)) + 1
        self._number += self._data.count(b"\n", 0, cut)
        self._offset += cut
        self._data = self._data[cut:]
