"""Compare with OOMAnalyser, file by file: `python -m bench.oom_peer OOMAnalyser.py CORPUS`.

OOMAnalyser is made for a browser, but its source runs in CPython as it is: its tests do the same.
CORPUS has `kernel/oracle.jsonl`, which tells file by file what there is to be found.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from diagnose.oom import KernelIncident, KernelKill
from diagnose.readers import read, recognise
from diagnose.readers._file import File

HEADER = re.compile(r"\[ *pid *\] +(uid +tgid .* name)\s*$")
ROW = re.compile(r"\[ *(\d+)\] +(\d.*)$")
BEGIN = re.compile(r"(?m)^(?=.*\binvoked oom-killer:)")
Victim = tuple[int, str]
Rows = dict[int, tuple[str, int]]  # of each pid its name and its resident pages


class Answer(NamedTuple):
    """What a program says of one file, or what is true of it."""

    kills: dict[Victim, int | None]  # of each its anon-rss in kB
    limit: int | None = None
    rows: Rows | None = None
    refused: str = ""


def truth(events: Sequence[dict[str, Any]], text: str) -> Answer:
    """Say what there is to be found: who died, or at least was chosen; each once."""
    kills: dict[Victim, int | None] = {}
    for event in events:
        if event["type"] == "killed":
            kills.setdefault((event["pid"], event["comm"]), event["anon-rss"])
    dead = {pid for pid, _ in kills}
    for event in events:
        if event["type"] == "oom-kill" and not any(
            str(pid).startswith(str(event["pid"])) for pid in dead
        ):
            kills[event["pid"], event["task"]] = None
    limits = [event["limit_kb"] for event in events if event["type"] == "memcg_usage"]
    return Answer(kills, limits[0] if limits else None, dict(_rows(text)))


def _rows(text: str) -> Iterator[tuple[int, tuple[str, int]]]:
    """Yield the rows of the first task table, by its own header."""
    columns: list[str] = []
    for line in text.splitlines():
        if found := HEADER.search(line):
            if columns:
                return
            columns = found[1].split()
        elif columns and (row := ROW.search(line)):
            values = row[2].split(None, len(columns) - 1)
            if len(values) == len(columns):
                told = dict(zip(columns, values, strict=True))
                yield int(row[1]), (told["name"].strip(), int(told["rss"]))


def ours(data: bytes) -> Answer:
    """Ask our reader, if it would be asked."""
    if "kernel" not in recognise(File.of(data)):
        return Answer({}, refused="no kernel log")
    records = list(read(File.of(data), "kernel"))
    kills = [each for each in records if isinstance(each, KernelKill)]
    incidents = [each for each in records if isinstance(each, KernelIncident)]
    limits = [each.limit_kb for each in incidents if each.limit_kb is not None]
    tasks = incidents[0].tasks if incidents else ()
    return Answer(
        {(kill.pid, kill.comm): kill.anon_rss_kb for kill in kills},
        limits[0] if limits else None,
        {task.pid: (task.name, task.rss_kb) for task in tasks},
    )


def theirs(module: Any, text: str) -> Answer:
    """Ask OOMAnalyser, as its page does."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            analyser = module.OOMAnalyser(module.OOMEntity(text))
            done = analyser.analyse()
    except (LookupError, ValueError, TypeError, AttributeError) as error:
        return Answer({}, refused=f"{type(error).__name__}: {error}")
    if not done:
        return Answer({}, refused=str(analyser.oom_result.error_msg))
    told = analyser.oom_result.details
    rows = {
        pid: (row["name"], int(row["rss_pages"])) for pid, row in told.get("_pstable", {}).items()
    }
    limit = told.get("cgroup_memory_limit_kb")
    kills = {(told["killed_proc_pid"], told["killed_proc_name"]): told["killed_proc_anon_rss_kb"]}
    return Answer(kills, int(limit) if limit is not None else None, rows)


def main(peer: str, corpus: str) -> None:
    """Print the table, and what it comes to."""
    spec = importlib.util.spec_from_file_location("peer", peer)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    print("| file | kills | diagnose | its columns | OOMAnalyser | its columns |")
    print("|---|--:|--:|---|--:|---|")
    rows = (Path(corpus) / "kernel" / "oracle.jsonl").read_text("utf-8").splitlines()
    compared = [_compared(module, Path(corpus), json.loads(row)) for row in rows]
    sums = (sum(column) for column in zip(*compared, strict=True))
    names = ("kills", *("found", "wrong", "files right") * 2, "found if given one report at a time")
    print("\n" + ", ".join(f"{name} {number}" for name, number in zip(names, sums, strict=True)))
    print(f"OOMAnalyser {module.VERSION}")


def _compared(module: Any, corpus: Path, file: dict[str, Any]) -> tuple[int, ...]:
    """Print the row of a file; return its figures: of the truth, of ours, of theirs."""
    data = (corpus / file["local"]).read_bytes()
    text = data.decode("utf-8", "replace")
    right = truth(file["events"], text)
    answers = ours(data), theirs(module, text)
    cells = [file["local"].removeprefix("kernel/"), str(len(right.kills))]
    figures = [len(right.kills)]
    for it in answers:
        missing, wrong = right.kills.keys() - it.kills.keys(), it.kills.keys() - right.kills.keys()
        said = columns(it, right)
        cells += [str(len(right.kills) - len(missing)), said or it.refused]
        all_right = not missing and not wrong and said in ("", "right")
        figures += [len(right.kills) - len(missing), len(wrong), int(all_right)]
    print("|", " | ".join(cells), "|")
    one_by_one = [theirs(module, report).kills.keys() for report in BEGIN.split(text)]
    figures.append(len(right.kills.keys() & set().union(*one_by_one)))
    return tuple(figures)


def columns(it: Answer, right: Answer) -> str:
    """Name what it has and what is not as in the log."""
    wrong = []
    both = it.kills.keys() & right.kills.keys()
    sizes = [(it.kills[who], right.kills[who]) for who in both]
    if any(None not in pair and pair[0] != pair[1] for pair in sizes):
        wrong.append("rss")
    if it.kills and it.limit != right.limit:
        wrong.append("limit")
    known = right.rows or {}
    rows = [(row, known[pid]) for pid, row in (it.rows or {}).items() if pid in known]
    if any(one[0] != other[0] for one, other in rows):
        wrong.append("names in the task table")
    pages = {one[1] / other[1] for one, other in rows if other[1]}
    if len(pages) > 1:
        wrong.append("rss in the task table")
    return ", ".join(wrong) + " wrong" if wrong else "right" if it.kills else ""


if __name__ == "__main__":
    main(*sys.argv[1:])
