"""The parts of a log that are worth reading: what is around the words of trouble."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from itertools import islice
from typing import NamedTuple

from diagnose.readers._file import File
from diagnose.readers._kernel_trouble import SERVICES, TROUBLE
from diagnose.scan import Finder, fastest

AROUND = 1 << 12  # bytes beside a hit: the rest of a record of JSON or of the journal
BEFORE = 1 << 16  # bytes before a kill whose report has no head: it may be cut
AFTER = 1 << 16  # bytes between two lines of a report
TABLE = 1 << 23  # bytes that a task table may have
MOST = 1 << 24  # bytes of a region, which is held in memory
BLOCK = 120_000  # bytes: of more, each would be new pages of memory, which cost more than copying
TOGETHER = 8  # blocks that are searched in one go
JOBS = 2  # such goes at the same time
AHEAD = 4  # goes that are held until their turn
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
    for block, hits in _scanned(_whole_lines(file.blocks(BLOCK))):
        yield from cutter.feed(block, hits)
    yield from cutter.close()


def _scanned(blocks: Iterator[bytes]) -> Iterator[tuple[bytes, list[Hit]]]:
    """Yield each block with its hits; the automaton works ahead, for it holds no lock."""
    ahead: deque[tuple[list[bytes], Future[list[list[Hit]]]]] = deque()
    with ThreadPoolExecutor(JOBS) as pool:
        while some := list(islice(blocks, TOGETHER)):
            ahead.append((some, pool.submit(_hits_of, some)))
            if len(ahead) > AHEAD:
                done, hits = ahead.popleft()
                yield from zip(done, hits.result(), strict=True)
        for done, hits in ahead:
            yield from zip(done, hits.result(), strict=True)


def _hits_of(blocks: list[bytes]) -> list[list[Hit]]:
    return list(map(_finder(), blocks))


def _whole_lines(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Make blocks end where lines do; what has no end for too long is cut anywhere."""
    rest: list[bytes] = []
    size = 0
    for block in blocks:
        cut = block.rfind(b"\n") + 1
        if cut or size > MOST:
            yield b"".join([*rest, block[:cut]])
            rest, size = [], 0
        rest.append(block[cut:])
        size += len(block) - cut
    if size:
        yield b"".join(rest)


class _Cutter:
    """Cuts regions out of blocks; holds the bytes that an open region, or a look back, may need."""

    def __init__(self, *, backwards: bool) -> None:
        reaches = _reaches().items()
        self._reaches = [_mirrored(*each) if backwards else each[1] for each in reaches]
        self._held: deque[bytes] = deque()
        self._size = 0  # of what is held
        self._offset = 0  # of that in the file
        self._number = 1  # of its first line
        self._start = self._end = -1  # of the open region, in the file
        self._done = 0  # up to where regions were yielded

    def feed(self, block: bytes, hits: list[Hit]) -> Iterator[Region]:
        """Take the next block, of whole lines; yield the regions that end in it."""
        here = self._offset + self._size
        self._held.append(block)
        self._size += len(block)
        if not hits and self._end < 0:
            self._let_go()
            return
        for needle, at, _ in hits:
            reach = self._reaches[needle]
            start, end = here + at - reach.before, here + at + reach.after
            if start <= self._end:
                self._end = end if reach.end else max(end, self._end)
            else:
                yield from self.close()
                self._start, self._end = max(start, self._done), end
        there = self._offset + self._size
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
        data = self._joined()
        begin = data.rfind(b"\n", 0, max(0, self._start - self._offset)) + 1
        begin = max(begin, self._done - self._offset)
        stop = data.find(b"\n", max(0, self._end - self._offset)) + 1 or len(data)
        self._start = self._end = -1
        self._done = max(self._done, self._offset + stop)
        if begin < stop:
            number = self._number + data.count(b"\n", 0, begin)
            yield Region(number, data[begin:stop])

    def _joined(self) -> bytes:
        """Return what is held, in one piece; most blocks have no hit, and need not be copied."""
        data = b"".join(self._held)
        self._held = deque([data])
        return data

    def _let_go(self) -> None:
        """Forget the blocks that no hit can look back to."""
        while self._size - len(self._held[0]) > BEFORE:
            block = self._held.popleft()
            self._number += block.count(b"\n")
            self._offset += len(block)
            self._size -= len(block)

    def _forget(self, there: int) -> None:
        """Forget what neither the open region nor a hit to come can need."""
        needed = self._start if self._end >= 0 else there
        data = self._joined()
        cut = data.rfind(b"\n", 0, max(0, min(needed, there - BEFORE) - self._offset)) + 1
        self._number += data.count(b"\n", 0, cut)
        self._offset += cut
        self._held = deque([data[cut:]])
        self._size -= cut
