"""Runs inputs in a process of their own, under limits; its end tells what became of them.

The child needs no handler: an exception, a signal, or memory that is refused ends it, and the input
it was at is the find. What it tells after each input shows whether anything grows.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from typing import IO, Any, NamedTuple, NoReturn

from fuzz.subjects import SUBJECTS

SECONDS = 10.0  # of CPU for an input, and as many for each megabyte
PATIENCE = 120.0  # seconds by the clock, after which a process that uses no CPU hangs
MEMORY = 1 << 30  # bytes of address space beyond what the program has when it begins
LAST = 4000  # characters of a traceback


class Input(NamedTuple):
    """Bytes, how they came about, and what they are given to."""

    data: bytes
    origin: str
    subject: str


class Spent(NamedTuple):
    """What an input took, in CPU seconds and MB, and what its process held after it."""

    seconds: float
    peak: float
    held: float
    files: int


class Find(NamedTuple):
    """An input that ended its process, and how."""

    input: Input
    how: str


def tried(inputs: Sequence[Input]) -> Iterator[Spent | Find]:
    """Yield what became of each input; after a find, a new process goes on behind it."""
    done = 0
    while done < len(inputs):
        for told in _child(inputs[done:]):
            done += 1
            yield told


def _child(inputs: Sequence[Input]) -> Iterator[Spent | Find]:
    sys.stdout.flush()
    with tempfile.TemporaryFile("w+", errors="replace") as complaint:
        taking, giving = os.pipe()
        process = os.fork()
        if not process:
            os.close(taking)
            _work(inputs, giving, complaint)
        os.close(giving)
        with open(taking, "rb", buffering=0) as pipe:  # noqa: PTH123 - a pipe has no path
            told = list(_told(pipe, process))
        _, status = os.waitpid(process, 0)
        yield from (Spent(*each) for each in told)
        if len(told) < len(inputs):
            complaint.seek(0)
            yield Find(inputs[len(told)], _how(status, complaint.read()))


def _told(pipe: IO[bytes], process: int) -> Iterator[list[Any]]:
    """Yield what the child says; one that is silent for too long is ended."""
    rest = b""
    while True:
        ready, _, _ = select.select([pipe], [], [], PATIENCE)
        if not ready:
            os.kill(process, signal.SIGKILL)
        chunk = pipe.read(1 << 16) if ready else b""
        if not chunk:
            return
        *lines, rest = (rest + chunk).split(b"\n")
        yield from map(json.loads, lines)


def _how(status: int, complaint: str) -> str:
    code = os.waitstatus_to_exitcode(status)
    if code == -signal.SIGPROF:
        return "took too long"
    if code == -signal.SIGKILL:
        return "hung, or was killed"
    return f"exit code {code}\n{complaint[-LAST:]}"


def _work(inputs: Sequence[Input], giving: int, complaint: IO[str]) -> NoReturn:
    """Be the child: try each input, and tell what it took."""
    code = 1
    try:
        os.dup2(complaint.fileno(), 2)
        import resource  # Windows has none; there, the tests that come here are skipped

        now = virtual()
        resource.setrlimit(resource.RLIMIT_AS, (now + MEMORY, now + MEMORY))
        for each in inputs:
            os.write(giving, json.dumps(_attempt(each)).encode() + b"\n")
        code = 0
    finally:
        if code:
            traceback.print_exc(file=complaint)
            complaint.flush()
        os._exit(code)


def _attempt(each: Input) -> Spent:
    _forget_peak()
    allowed = SECONDS * (1 + len(each.data) / 1e6)
    signal.setitimer(signal.ITIMER_PROF, allowed)
    begun = time.process_time()
    SUBJECTS[each.subject](each.data)
    seconds = time.process_time() - begun
    signal.setitimer(signal.ITIMER_PROF, 0)
    sizes = _sizes()
    files = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - no Paths are wanted
    return Spent(round(seconds, 4), sizes["VmHWM"], sizes["VmRSS"], files)


def _forget_peak() -> None:
    with open("/proc/self/clear_refs", "w") as stream:  # noqa: PTH123 - one word for the kernel
        stream.write("5")


def _sizes() -> dict[str, float]:
    """Return what the kernel says of this process, in MB."""
    with open("/proc/self/status") as stream:  # noqa: PTH123 - the kernel's answer
        pairs = (line.split() for line in stream if line.startswith("Vm"))
        return {name.rstrip(":"): int(size) / 1024 for name, size, *_ in pairs}


def virtual() -> int:
    """Return the address space of this process, in bytes."""
    return int(_sizes()["VmSize"] * (1 << 20))
