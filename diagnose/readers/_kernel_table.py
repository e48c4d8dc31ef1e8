"""The task table of an OOM report: its columns by their header, its processes in kB."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from diagnose.oom import ProcessGroup, Task

MOST_ROWS = 1 << 16
MOST_GROUPS = 64
MOST_TASKS = 512
HEADER = re.compile(r"\s*\[\s*pid\s*\]\s+(uid\s+tgid\s+total_vm\s+rss\s.{0,200}?name)\s*$")
LARGEST = 1 << 50  # a number of pages or bytes that no machine has
ROW = re.compile(r"\s*\[\s*(\d{1,10})\]\s+(\d+\s+\d+\s+\d+\s+\d+\s.{0,200})$")
_START, _END = "uid tgid total_vm rss", "swapents oom_score_adj name"
# The columns by their number, for a table whose header is lost.
USUAL = {
    8: f"{_START} pgtables_bytes {_END}",
    9: f"{_START} nr_ptes nr_pmds {_END}",
    10: f"{_START} nr_ptes nr_pmds nr_puds {_END}",
    11: f"{_START} rss_anon rss_file rss_shmem pgtables_bytes {_END}",
}


class Row(NamedTuple):
    """A process as the table has it, in pages."""

    pid: int
    name: str
    total_vm: int
    rss: int
    anon: int | None
    shmem: int
    swap: int
    oom_score_adj: int

    def in_kb(self, page_kb: int) -> Row:
        """Return the same in kB."""
        return self._replace(
            total_vm=self.total_vm * page_kb,
            rss=self.rss * page_kb,
            anon=None if self.anon is None else self.anon * page_kb,
            shmem=self.shmem * page_kb,
            swap=self.swap * page_kb,
        )


class Table:
    """Gathers the rows of one report; a row is read when the table is asked for."""

    def __init__(self) -> None:
        self.columns: tuple[str, ...] = ()
        self._rows: dict[int, str] = {}
        self.overflown = False

    def __len__(self) -> int:
        """Count the processes."""
        return len(self._rows)

    def header(self, text: str) -> bool:
        """Take a line that names the columns; say whether it was one."""
        if "tgid" not in text or not (match := HEADER.match(text)):
            return False
        self.columns = tuple(match[1].split())
        return True

    def row(self, text: str) -> bool:
        """Take a line that is a process; say whether it was one."""
        if not (match := ROW.match(text)):
            return False
        if len(self._rows) < MOST_ROWS:
            self._rows.setdefault(int(match[1]), match[2])
        else:
            self.overflown = True
        return True

    def rows(self) -> list[Row]:
        """Read the rows; one that is cut is left out."""
        columns = self.columns or self._guessed()
        read = (_row(pid, text, columns) for pid, text in self._rows.items())
        return [row for row in read if row is not None]

    def _guessed(self) -> tuple[str, ...]:
        """Count the numbers before the name; a name may begin with a digit, so the least counts."""
        least = min((_numbers(text) for text in self._rows.values()), default=0)
        return tuple(USUAL.get(least + 1, USUAL[8]).split())


def _numbers(text: str) -> int:
    count = 0
    for word in text.split():
        if not word.lstrip("-").isdecimal():
            break
        count += 1
    return count


def _row(pid: int, text: str, columns: Sequence[str]) -> Row | None:
    words = text.split(maxsplit=len(columns) - 1)
    if len(words) < len(columns):
        return None
    try:
        values = {name: int(word) for name, word in zip(columns[:-1], words, strict=False)}
    except ValueError:
        return None
    if max(map(abs, values.values())) > LARGEST:
        return None
    shmem = values.get("rss_shmem", 0)
    return Row(
        pid,
        words[-1].rstrip(),
        values["total_vm"],
        values["rss"],
        values.get("rss_anon"),
        shmem,
        max(0, values.get("swapents", 0)),
        values.get("oom_score_adj", values.get("oom_adj", 0)),
    )


def tasks(rows: Iterable[Row], page_kb: int) -> list[Task]:
    """Return the processes in kB; what each holds is anonymous memory and swap, else all of it."""
    return [
        Task(
            row.pid,
            row.name,
            row.rss * page_kb,
            ((row.rss if row.anon is None else row.anon) + row.swap) * page_kb,
            row.swap * page_kb,
            row.oom_score_adj,
        )
        for row in rows
    ]


def grouped(processes: Iterable[Task]) -> list[ProcessGroup]:
    """Add up the processes of each name, the biggest holder first."""
    groups: dict[str, list[Task]] = {}
    for task in processes:
        groups.setdefault(task.name, []).append(task)
    sums = [
        ProcessGroup(
            name,
            len(of_name),
            sum(task.rss_kb for task in of_name),
            sum(task.held_kb for task in of_name),
            sum(task.swap_kb for task in of_name),
        )
        for name, of_name in groups.items()
    ]
    return sorted(sums, key=lambda group: (-group.held_kb, -group.rss_kb, group.name))


def largest(processes: Iterable[Task]) -> tuple[Task, ...]:
    """Return the processes that hold most; there may be a hundred thousand."""
    return tuple(sorted(processes, key=lambda task: (-task.held_kb, task.pid))[:MOST_TASKS])
