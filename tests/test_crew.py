"""Work that is shared out among processes comes back whole, in order, and leaves none behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from diagnose import crew
from diagnose.crew import shared_out
from tests.program import ROOT, children

needs_fork = pytest.mark.skipif(sys.platform != "linux", reason="needs os.fork and /proc")
ENDLESS = """
import os, time
from diagnose.crew import shared_out
def work(task):
    time.sleep(0.05)
    return os.getpid()
for worker in shared_out(work, range(10_000), 2):
    print(worker, flush=True)
"""


@pytest.fixture(params=[pytest.param("fork", marks=needs_fork), "spawn"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(crew, "may_fork", lambda: request.param == "fork")
    return str(request.param)


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_what_is_made_comes_in_the_order_of_the_tasks(jobs: int) -> None:
    tasks = [f"task {number}" * (number * 999 % 31 * 1000) for number in range(20)]
    assert list(shared_out(str.upper, tasks, jobs)) == [task.upper() for task in tasks]


@pytest.mark.usefixtures("way")
def test_an_error_is_raised_here_behind_what_came_before_it() -> None:
    made = shared_out(int, ["1", "2", "three", "4"], 2)
    assert [next(made), next(made)] == [1, 2]
    with pytest.raises(ValueError, match="three"):
        next(made)


@pytest.mark.usefixtures("way")
def test_whoever_takes_no_more_leaves_no_process_behind() -> None:
    before = children()
    made = shared_out(time.sleep, [0.0, 0.0, 60.0, 60.0], 2)
    next(made)
    made.close()
    assert children() <= before


@pytest.fixture
def forking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "may_fork", lambda: True)


@needs_fork
@pytest.mark.usefixtures("forking")
@pytest.mark.parametrize("fatal", [{3}, {0, 1}, set(range(9))], ids=["one", "both", "all"])
def test_what_dead_processes_owe_is_made_here(fatal: set[int]) -> None:
    me = os.getpid()

    def work(task: int) -> int:
        if task in fatal and os.getpid() != me:
            os.kill(os.getpid(), signal.SIGKILL)
        return task * task

    assert list(shared_out(work, range(9), 2)) == [task * task for task in range(9)]


@needs_fork
@pytest.mark.usefixtures("forking")
def test_the_work_is_done_elsewhere_and_by_as_many_as_asked_for() -> None:
    def work(_: int) -> int:
        time.sleep(0.02)
        return os.getpid()

    workers = set(shared_out(work, range(12), 3))
    assert len(workers) == 3
    assert os.getpid() not in workers


@pytest.fixture
def busy() -> Iterator[tuple["subprocess.Popen[str]", list[Path]]]:
    """Start a program that shares out work for minutes, in a process group of its own."""
    command = [sys.executable, "-c", ENDLESS]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        workers = {process.stdout.readline().strip() for _ in range(6)}
        yield process, [Path("/proc") / worker for worker in workers]
        process.kill()


def are_gone(workers: list[Path]) -> bool:
    for _ in range(100):
        if not any(worker.exists() for worker in workers):
            return True
        time.sleep(0.05)
    return False


@needs_fork
def test_whoever_is_killed_leaves_no_orphans(
    busy: tuple["subprocess.Popen[str]", list[Path]],
) -> None:
    process, workers = busy
    process.kill()
    assert len(workers) == 2
    assert are_gone(workers)


@needs_fork
def test_ctrl_c_ends_all_of_them_and_one_speaks(
    busy: tuple["subprocess.Popen[str]", list[Path]],
) -> None:
    process, workers = busy
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=10)
    assert said.count("Traceback") == 1
    assert process.returncode
    assert are_gone(workers)


def refused(*_: object, **__: object) -> int:
    raise BlockingIOError("no more processes may be had")


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("had", [0, 1])
def test_where_no_more_processes_may_be_had_those_that_are_there_do_the_work(
    had: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = children()
    first: list[Any] = [os.fork, subprocess.Popen] if had else []

    def fork() -> int:
        return int(first.pop(0)()) if len(first) == 2 else refused()

    def start(*words: Any, **options: Any) -> Any:
        return first.pop()(*words, **options) if len(first) == 2 else refused()

    monkeypatch.setattr(os, "fork", fork)
    monkeypatch.setattr(subprocess, "Popen", start)
    assert list(shared_out(str.upper, ["a", "b", "c"], 3)) == ["A", "B", "C"]
    assert children() <= before
