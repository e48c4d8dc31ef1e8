"""The lines that the kernel wrote about a run: of its control groups and its processes alone."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Collection, Iterator
from datetime import datetime

FORMS = {"iso": ["--time-format", "iso"], "raw": []}
_STAMP = re.compile(r"^(?:\[ *(?P<uptime>\d+\.\d+)\]|(?P<iso>\d{4}-\d\d-\d\dT[\d:]+,\d+\S*)) (.*)")
_BEGINS = re.compile(r"invoked oom-killer:")
_ENDS = re.compile(r"Out of memory|out of memory: Killed process|oom_reaper")
_PROCESS = re.compile(r"(?:[\w./-]+\[(\d+)\]:? |traps: \S+\[(\d+)\] )")


def since(moment: float, uptime: float, form: str) -> list[str]:
    """Return the kernel's lines since a moment, in one of the forms that `dmesg` writes."""
    said = subprocess.run(["dmesg", *FORMS[form]], capture_output=True, text=True, check=True)
    return [line for line in said.stdout.splitlines() if _later(line, moment, uptime)]


def _later(line: str, moment: float, uptime: float) -> bool:
    stamp = _STAMP.match(line)
    if not stamp:
        return False
    if stamp["uptime"]:
        return float(stamp["uptime"]) >= uptime
    return datetime.fromisoformat(stamp["iso"].replace(",", ".")).timestamp() >= moment


def ours(lines: list[str], group: str, pids: Collection[int]) -> Iterator[str]:
    """Yield what is about our groups and processes, and nothing of other work."""
    report: list[str] = []
    open_ = False
    for line in lines:
        if _BEGINS.search(line):
            report, open_ = [], True
        if open_:
            report.append(line)
            if _ENDS.search(line):
                open_ = False
                if any(group in each for each in report):
                    yield from report
        elif group in line or _of(line, pids):
            yield line


def _of(line: str, pids: Collection[int]) -> bool:
    stamp = _STAMP.match(line)
    found = _PROCESS.match(stamp[3]) if stamp else None
    return bool(found) and int((found[1] or found[2]) if found else 0) in pids
