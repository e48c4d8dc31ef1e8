"""Runs contenders by turns, each time in a fresh process, and adds up what they cost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from shutil import which
from statistics import median
from tempfile import TemporaryFile
from threading import Timer
from typing import NamedTuple

Command = Sequence[str]
UNLIMITED = 3600.0  # seconds


class Cost(NamedTuple):
    """What a process and its children took: CPU seconds, seconds by the clock, peak MB."""

    cpu: float
    wall: float
    rss: float
    said: str = ""


class Contender(NamedTuple):
    """A command, and the program or Python module it needs."""

    command: Command
    needs: str = ""

    @property
    def missing(self) -> bool:
        """Say whether what it needs is not installed."""
        if not self.needs or which(self.needs):
            return False
        return os.sep in self.needs or not find_spec(self.needs)


class FailedError(Exception):
    """A contender did not do its work."""


def run(command: Command, limit: float = UNLIMITED) -> Cost:
    """Run a command to its end; CPU seconds do not mind what else the machine does."""
    with TemporaryFile("w+") as said, TemporaryFile("w+") as complaint:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=said, stderr=complaint, env=_installed(), start_new_session=True
        )
        alarm = Timer(limit, os.killpg, (process.pid, signal.SIGKILL))  # with all it has started
        alarm.start()
        _, status, usage = os.wait4(process.pid, 0)
        alarm.cancel()
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        complaint.seek(0)
        if wall >= limit:
            raise FailedError(f"given up after {limit:.0f} s")
        if process.returncode:
            last = complaint.read().strip().rpartition("\n")[2]
            raise FailedError(last or f"exit code {process.returncode}")
        cpu = usage.ru_utime + usage.ru_stime
        return Cost(cpu, wall, usage.ru_maxrss / 1024, said.read(1000).strip())


def _installed() -> dict[str, str]:
    """Let modules be compiled once, as they are where a program was installed."""
    return {name: said for name, said in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def interleaved(
    contenders: Mapping[str, Contender], rounds: int, limit: float = UNLIMITED
) -> tuple[dict[str, Cost], dict[str, str]]:
    """Give each contender a turn a round; return medians, and why some have none."""
    absent = {name: f"{it.needs} is not installed" for name, it in contenders.items() if it.missing}
    costs: dict[str, list[Cost]] = {name: [] for name in contenders if name not in absent}
    for turn in range(rounds):
        for name in costs:
            if name in absent:
                continue
            _progress(f"round {turn + 1} of {rounds}: {name}")
            try:
                costs[name].append(run(contenders[name].command, limit))
            except FailedError as error:
                who = contenders[name].needs
                absent[name] = f"{who} failed: {error}".lstrip()
    _progress("")
    return {name: _median(taken) for name, taken in costs.items() if name not in absent}, absent


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r{text:60}\r", end="", file=sys.stderr, flush=True)


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(
        median(cost.cpu for cost in costs),
        median(cost.wall for cost in costs),
        median(cost.rss for cost in costs),
        costs[-1].said,
    )
