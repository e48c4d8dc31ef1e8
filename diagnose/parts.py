"""Works on the parts of a big file at the same time, and hands back the results in file order."""

from __future__ import annotations

import marshal
import os
import sys
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import IO, Any, NamedTuple

from diagnose.ahead import beside, may_fork

BLOCK = 1 << 16  # stays in the cache until it is scanned: a megabyte takes four times as long
WORTHWHILE = 30 << 20  # below, a worker takes longer to start than it saves

Batch = tuple[list[Any], int]  # tuples of plain values, and the number of the line that follows
Work = Callable[[Iterable[bytes]], Iterator[Batch]]
Stopped = Callable[[], bool]


class Part(NamedTuple):
    """A part of a file, from a line's begin to another's, or to wherever the file then ends."""

    path: str | os.PathLike[str]
    begin: int = 0
    end: int | None = None

    def blocks(self, stopped: Stopped = lambda: False) -> Iterator[bytes]:
        """Yield its bytes."""
        left = sys.maxsize if self.end is None else self.end - self.begin
        with open(self.path, "rb", buffering=0) as stream:  # noqa: PTH123 - a path of any kind
            if self.begin:
                stream.seek(self.begin)
            while (block := stream.read(min(BLOCK, left))) and not stopped():
                yield block
                left -= len(block)


def in_parts(whole: Part, jobs: int, work: Work) -> Iterator[Iterator[Batch]]:
    """Yield what `work` makes of each part of a file, in order."""
    first, *others = _parts(whole, jobs)
    elsewhere = _process if may_fork() else _thread
    with ExitStack() as stack:
        results = [stack.enter_context(elsewhere(part, work)) for part in others]
        yield work(first.blocks())
        yield from results


def _parts(whole: Part, jobs: int) -> list[Part]:
    size = os.stat(whole.path).st_size  # noqa: PTH116 - a path of any kind
    cuts = [0]
    for job in range(1, jobs if size >= WORTHWHILE else 1):
        cut = _line_begin(whole._replace(begin=size * job // jobs))
        if cuts[-1] < cut < size:
            cuts.append(cut)
    return [Part(whole.path, *ends) for ends in zip(cuts, [*cuts[1:], None], strict=True)]


def _line_begin(part: Part) -> int:
    """Find the first line that begins in the part; where none does, that is its end."""
    at = part.begin
    for block in part.blocks():
        end = block.find(b"\n") + 1
        if end:
            return at + end
        at += len(block)
    return at


def cores() -> int:
    """Count the processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def _process(part: Part, work: Work) -> Generator[Iterator[Batch], None, None]:
    with beside(lambda: _plain(work(part.blocks()))) as made:
        yield made


def _plain(batches: Iterable[Batch]) -> Iterator[Batch]:
    """Make plain values of the rows: nothing else can be written down."""
    for rows, number in batches:
        yield [tuple(row) for row in rows], number


@contextmanager
def _thread(part: Part, work: Work) -> Generator[Iterator[Batch], None, None]:
    with _spool() as spool:
        stop = threading.Event()
        done: list[bool] = []

        def save() -> None:
            _save(_plain(work(part.blocks(stop.is_set))), spool)
            done.append(True)

        thread = threading.Thread(target=save)

        def results() -> Iterator[Batch]:
            thread.join()
            if not done:  # what one did that broke off is done again here
                yield from work(part.blocks())
                return
            spool.seek(0)
            while batch := marshal.load(spool):  # noqa: S302 - our own worker wrote it
                yield batch

        thread.start()
        try:
            yield results()
        finally:
            stop.set()
            thread.join()


def _spool() -> IO[bytes]:
    """Open a nameless file, where any number of results can wait for their turn."""
    from tempfile import TemporaryFile  # 4 ms, for big files only

    return TemporaryFile()


def _save(batches: Iterable[Batch], spool: IO[bytes]) -> None:
    for batch in batches:
        marshal.dump(batch, spool)
    marshal.dump(None, spool)
    spool.flush()
