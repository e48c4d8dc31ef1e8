"""Runs a stream of plain values in a process of its own, some way ahead of who takes them."""

from __future__ import annotations

import marshal
import os
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import islice
from typing import IO, Any, NoReturn, TypeVar

Value = TypeVar("Value", bound=tuple[Any, ...])
SIZE = 8  # bytes of the number before each value


def may_fork() -> bool:
    """Say whether a process can simply be doubled: not where other threads hold locks."""
    return sys.platform == "linux" and threading.active_count() == 1


def fork() -> int | None:
    """Double this process; nothing where no more of them may be had: work alone then."""
    try:
        return os.fork()
    except OSError:
        return None


def ahead(work: Callable[[], Iterator[Value]]) -> Iterator[Value]:
    """Yield what `work` yields; what a process that was killed still owes is made here."""
    if not may_fork():
        yield from work()
        return
    taking, giving = os.pipe()
    process = fork()
    if process == 0:
        _give(work, giving)
    os.close(giving)
    if process is None:
        os.close(taking)
        yield from work()
        return
    try:
        with open(taking, "rb") as stream:  # noqa: PTH123 - a pipe has no path
            yield from _taken(stream, work)
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)


@contextmanager
def beside(work: Callable[[], Iterator[Value]]) -> Generator[Iterator[Value], None, None]:
    """Begin with `work` at once; what it yields waits in a nameless file until it is asked for."""
    from tempfile import TemporaryFile  # 4 ms, for big files only

    with ExitStack() as stack:
        spool = process = None
        with suppress(OSError):  # no room for it, or no folder
            spool = stack.enter_context(TemporaryFile())
        if spool and may_fork():
            process = fork()
        if not spool or process is None:
            yield work()
            return
        if process == 0:
            _give(work, spool.fileno())
        stack.callback(os.waitpid, process, 0)
        stack.callback(os.kill, process, signal.SIGKILL)
        yield _waited_for(process, spool, work)


def _waited_for(
    process: int, spool: IO[bytes], work: Callable[[], Iterator[Value]]
) -> Iterator[Value]:
    """Yield what a process made, once it has ended; it is left to be reaped."""
    os.waitid(os.P_PID, process, os.WEXITED | os.WNOWAIT)
    spool.seek(0)
    yield from _taken(spool, work)


def _taken(stream: IO[bytes], work: Callable[[], Iterator[Value]]) -> Iterator[Value]:
    """Yield what another process wrote down; the rest, if it broke off, is made here."""
    given = 0
    while value := _value(stream):
        given += 1
        yield value
    if value is None:
        yield from islice(work(), given, None)


def _give(work: Callable[[], Iterator[Value]], giving: int) -> NoReturn:
    """Write down each value behind its size, and nothing for the end."""
    try:
        with open(giving, "wb") as stream:
            for value in work():
                data = marshal.dumps(tuple(value))
                stream.write(len(data).to_bytes(SIZE, "big") + data)
            stream.write(bytes(SIZE))
    finally:
        os._exit(0)


def _value(stream: IO[bytes]) -> Any:
    """Read a value; an empty one is the end, and none is where the other side broke off."""
    head = stream.read(SIZE)
    if len(head) < SIZE:
        return None
    size = int.from_bytes(head, "big")
    data = stream.read(size)
    if len(data) < size:
        return None
    return marshal.loads(data) if data else ()  # noqa: S302 - our own process
