"""Runs contenders by turns, each time in a fresh process, and adds up what they cost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from statistics import median
from tempfile import TemporaryFile
from threading import Timer
from typing import NamedTuple

Command = Sequence[str]
UNLIMITED = 3600  # seconds of CPU
LONG = 100.0  # CPU seconds, after which one turn must do
SLACK = 3.0  # times as much by the clock: other programs want the cores, too
NEARLY = 0.9  # of its limit: by what the kernel tells, it ends processes before they reach that


class Cost(NamedTuple):
    """What a process and its children took: CPU seconds, seconds by the clock, peak MB.

    What was not `finished` took at least that.
    """

    cpu: float
    wall: float
    rss: float
    said: str = ""
    written: float = 0  # MB
    finished: bool = True


class Contender(NamedTuple):
    """A command, the programs, Python modules or files it needs, and the file or folder it makes.

    A need that begins with dashes is an option of the benchmark that was not given.
    """

    command: Command
    needs: tuple[str, ...] = ()
    writes: Path | None = None

    @property
    def missing(self) -> str:
        """Say which of its needs is not there; nothing if all are."""
        for need in self.needs:
            if need.startswith("--"):
                return f"{need} is not given"
            if os.sep in need and not Path(need).exists():
                return f"{Path(need).name} is not installed"
            if os.sep not in need and not which(need) and not find_spec(need):
                return f"{need} is not installed"
        return ""


class FailedError(Exception):
    """A contender did not do its work."""


def run(command: Command, limit: int = UNLIMITED) -> Cost:
    """Run a command to its end, or to so many CPU seconds: these mind no neighbour."""
    with TemporaryFile("w+") as said, TemporaryFile("w+") as complaint:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=said, stderr=complaint, env=_installed(), start_new_session=True
        )
        if sys.platform == "linux":  # elsewhere, only the clock ends it
            import resource

            resource.prlimit(process.pid, resource.RLIMIT_CPU, (limit, limit))  # and its children's
        alarm = Timer(limit * SLACK, _end, (process.pid,))
        alarm.start()
        _, status, usage = os.wait4(process.pid, 0)
        alarm.cancel()
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        complaint.seek(0)
        cpu = usage.ru_utime + usage.ru_stime
        finished = cpu < limit * NEARLY and wall < limit * SLACK
        if finished and process.returncode:
            last = complaint.read().strip().rpartition("\n")[2]
            raise FailedError(last or f"exit code {process.returncode}")
        return Cost(cpu, wall, usage.ru_maxrss / 1024, said.read(1000).strip(), finished=finished)


def _end(leader: int) -> None:
    """End a process and all that it has started; these first, so that it hears what they took."""
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(ProcessLookupError):  # by now, it may have gone by itself
            if int(entry.name) != leader and os.getsid(int(entry.name)) == leader:
                os.kill(int(entry.name), signal.SIGKILL)
    time.sleep(1)
    with suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)


def _installed() -> dict[str, str]:
    """Let modules be compiled once, as they are where a program was installed."""
    return {name: said for name, said in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def interleaved(
    contenders: Mapping[str, Contender], rounds: int, limit: int = UNLIMITED
) -> tuple[dict[str, Cost], dict[str, str]]:
    """Give each contender a turn a round; return medians, and why some have none.

    Who is given up, or takes long, gets no other turn; the former has what it took until then.
    """
    absent = {name: it.missing for name, it in contenders.items() if it.missing}
    costs: dict[str, list[Cost]] = {name: [] for name in contenders if name not in absent}
    for turn in range(rounds):
        for name, taken in costs.items():
            if name in absent or (taken and (not taken[-1].finished or taken[-1].cpu > LONG)):
                continue
            _progress(f"round {turn + 1} of {rounds}: {name}")
            _clear(contenders[name].writes)
            try:
                cost = run(contenders[name].command, limit)
                taken.append(cost._replace(written=_written(contenders[name].writes)))
            except FailedError as error:
                who = "".join(Path(need).name + " " for need in contenders[name].needs[:1])
                absent[name] = f"{who}failed: {error}"
    _progress("")
    return {name: _median(taken) for name, taken in costs.items() if name not in absent}, absent


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r{text:60}\r", end="", file=sys.stderr, flush=True)


def _clear(path: Path | None) -> None:
    """Take away what a former turn wrote: that is no part of this one.

    Half a million files are taken away by a process of its own: what ours holds, if only for a
    moment, counts as everyone's.
    """
    if path and path.is_dir():
        gone = "import shutil, sys; shutil.rmtree(sys.argv[1])"
        subprocess.run([sys.executable, "-c", gone, str(path)], check=True)
    elif path:
        path.unlink(missing_ok=True)


def _written(path: Path | None) -> float:
    """Return the size of a file, or of all files below a folder, in MB."""
    if path is None or path.is_file():
        return path.stat().st_size / 1e6 if path else 0.0
    size, folders = 0, [str(path)]
    while folders:
        with os.scandir(folders.pop()) as entries:  # one by one: what we hold counts as everyone's
            for entry in entries:
                if entry.is_dir():
                    folders.append(entry.path)
                else:
                    size += entry.stat().st_size
    return size / 1e6


def _median(costs: Sequence[Cost]) -> Cost:
    whole = [cost for cost in costs if cost.finished]
    if len(whole) < len(costs):
        return costs[-1]
    return Cost(
        median(cost.cpu for cost in costs),
        median(cost.wall for cost in costs),
        median(cost.rss for cost in costs),
        costs[-1].said,
        costs[-1].written,
    )
