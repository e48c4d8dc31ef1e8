"""Runs a stream of plain values in a process of its own, some way ahead of who takes them."""

from __future__ import annotations

import marshal
import os
import signal
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import IO, Any, NoReturn

from diagnose.parts import fork, may_fork

Work = Callable[[], Iterator[tuple[Any, ...]]]
SIZE = 8  # bytes of the number before each value


def ahead(work: Work) -> Iterator[tuple[Any, ...]]:
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
def beside(work: Work) -> Generator[Iterator[tuple[Any, ...]], None, None]:
    """Begin with `work` at once; what it yields waits in a nameless file until it is asked for."""
    from tempfile import TemporaryFile  # 4 ms, for big files only

    try:
        nameless = TemporaryFile()  # noqa: SIM115 - with whom, is said below
    except OSError:  # no room, or no folder for it
        yield work()
        return
    with nameless as spool:
        process = fork() if may_fork() else None
        if process is None:
            yield work()
            return
        if process == 0:
            _give(work, spool.fileno())
        ended = False

        def made() -> Iterator[tuple[Any, ...]]:
            nonlocal ended
            os.waitpid(process, 0)
            ended = True
            spool.seek(0)
            yield from _taken(spool, work)

        try:
            yield made()
        finally:
            if not ended:
                os.kill(process, signal.SIGKILL)
                os.waitpid(process, 0)


def _taken(stream: IO[bytes], work: Work) -> Iterator[tuple[Any, ...]]:
    """Yield what another process wrote down; the rest, if it broke off, is made here."""
    given = 0
    while value := _value(stream):
        given += 1
        yield value
    if value is None:
        yield from islice(work(), given, None)


def _give(work: Work, giving: int) -> NoReturn:
    """Write down each value behind its size, and nothing for the end."""
    try:
        with open(giving, "wb") as stream:
            for value in work():
                data = marshal.dumps(tuple(value))
                stream.write(len(data).to_bytes(SIZE, "big") + data)
            stream.write(bytes(SIZE))
    finally:
        os._exit(0)


def _value(stream: IO[bytes]) -> tuple[Any, ...] | None:
    """Read a value; an empty one is the end, and none is where the other side broke off."""
    head = stream.read(SIZE)
    if len(head) < SIZE:
        return None
    size = int.from_bytes(head, "big")
    data = stream.read(size)
    if len(data) < size:
        return None
    found: tuple[Any, ...] = marshal.loads(data) if data else ()  # noqa: S302 - our own process
    return found
