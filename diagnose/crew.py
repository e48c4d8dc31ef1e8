"""Shares work out among processes; what they make of it comes back in order."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from typing import IO, Any, NamedTuple, TypeVar

from diagnose.ahead import fork, may_fork

MOST_JOBS = 8  # more only wait for the one who collects
# Isolated: what lies in the folder we were started in must not be imported.
SERVE = (
    "import pickle, sys; from_us = sys.stdin.buffer; sys.path[:] = pickle.load(from_us); "
    "from diagnose.crew import serve; serve(pickle.load(from_us), from_us, sys.stdout.buffer)"
)
BROKEN = (EOFError, OSError, pickle.UnpicklingError)

Task = TypeVar("Task")
Made = TypeVar("Made")


class _Worker(NamedTuple):
    """A process: where it gets tasks, and where it writes what it made of them."""

    tasks: IO[bytes]
    made: IO[bytes]

    def ask(self, task: object) -> Any:
        """Give it a task and wait; one that died breaks the pipe."""
        pickle.dump(task, self.tasks)
        self.tasks.flush()
        return pickle.load(self.made)  # noqa: S301 - our own process wrote it


def shared_out(
    work: Callable[[Task], Made], tasks: Sequence[Task], jobs: int
) -> Generator[Made, None, None]:
    """Yield what `work`, a function of a module, makes of each task, in as many processes.

    What a process that died still owes is made here.
    """
    jobs = min(jobs, len(tasks), MOST_JOBS)
    if jobs < 2:
        yield from map(work, tasks)
        return
    with ExitStack() as stack:
        workers: list[_Worker] = []
        for _ in range(jobs):  # all of them before the first thread: a lock would be doubled, too
            start = _forked(work, workers) if may_fork() else _started(work)
            try:
                workers.append(stack.enter_context(start))
            except OSError:
                break  # no more processes may be had: those that are there do the work
        if not workers:
            yield from map(work, tasks)
            return
        yield from stack.enter_context(closing(_collected(work, tasks, workers)))


def _collected(
    work: Callable[[Task], Made], tasks: Sequence[Task], workers: list[_Worker]
) -> Generator[Made, None, None]:
    from concurrent.futures import ThreadPoolExecutor  # 10 ms, for much work only
    from queue import SimpleQueue

    idle: SimpleQueue[_Worker | None] = SimpleQueue()
    dead: list[_Worker | None] = []
    for each in workers:
        idle.put(each)

    def ask(task: Task) -> tuple[Made] | None:
        worker = idle.get()
        made = None
        try:
            made = (worker.ask(task),) if worker else None
        except BROKEN:
            dead.append(worker)
            worker = None
        if worker or len(dead) == len(workers):
            idle.put(worker)
        return made

    pool = ThreadPoolExecutor(len(workers))
    try:
        for task, made in zip(tasks, pool.map(ask, tasks), strict=True):
            yield made[0] if made else work(task)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)  # who waits hears of the end of its worker


def serve(work: Callable[[Any], Any], tasks: IO[bytes], made: IO[bytes]) -> None:
    """Work off the tasks until there are no more; what can't be done is left to who asked."""
    while True:
        try:
            task = pickle.load(tasks)  # noqa: S301 - who started us wrote it
        except EOFError:
            return
        pickle.dump(work(task), made, pickle.HIGHEST_PROTOCOL)
        made.flush()


@contextmanager
def _forked(work: Callable[[Any], Any], others: Sequence[_Worker]) -> Iterator[_Worker]:
    """Double this process; the double has to let go of the others' pipes, or they never end."""
    take_task, give_task = os.pipe()
    take_made, give_made = os.pipe()
    process = fork()
    if process is None:
        for end in (take_task, give_task, take_made, give_made):
            os.close(end)
        raise BlockingIOError
    if not process:
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started us is told, and ends us
            for end in (give_task, take_made, *(p.fileno() for pipes in others for p in pipes)):
                os.close(end)
            with os.fdopen(take_task, "rb") as tasks, os.fdopen(give_made, "wb") as made:
                serve(work, tasks, made)
        finally:
            os._exit(0)
    os.close(take_task)
    os.close(give_made)
    worker = _Worker(os.fdopen(give_task, "wb"), os.fdopen(take_made, "rb"))
    try:
        yield worker
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        _close(worker)


@contextmanager
def _started(work: Callable[[Any], Any]) -> Iterator[_Worker]:
    """Start a Python anew, where a process can't be doubled."""
    command = [sys.executable, "-I", "-c", SERVE]
    pipes: dict[str, Any] = dict.fromkeys(("stdin", "stdout"), subprocess.PIPE)
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stderr=quiet, **pipes) as process:  # noqa: S603 - it is Python
        worker = _Worker(process.stdin, process.stdout)  # type: ignore[arg-type]  # they are pipes
        try:
            pickle.dump(sys.path, worker.tasks)
            pickle.dump(work, worker.tasks)
            yield worker
        finally:
            process.kill()
            _close(worker)


def _close(worker: _Worker) -> None:
    for pipe in worker:
        with suppress(OSError):  # a task that nobody takes any more
            pipe.close()
