"""Runs a stream of plain values in a process of its own, some way ahead of who takes them."""

from __future__ import annotations

import marshal
import os
import signal
from collections.abc import Callable, Iterator
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
    given = 0
    try:
        with open(taking, "rb") as stream:  # noqa: PTH123 - a pipe has no path
            while value := _value(stream):
                given += 1
                yield value
            if value is not None:
                return
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
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
