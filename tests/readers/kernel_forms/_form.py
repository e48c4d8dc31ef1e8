"""One kernel log as every tool would have written it down: the same messages, in other clothes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

BOOTED = 1_772_522_040.25  # 2026-03-03 07:14:00.25 UTC
STAMPED = re.compile(r"\[ *(\d+\.\d{6})\] ?(.*)$")
RAW = "[{uptime:12.6f}] "
HOST = "ci-7"


class Said(NamedTuple):
    """One record of the kernel: when, and what; it may have several lines."""

    uptime: float
    text: str

    @property
    def time(self) -> datetime:
        """Return the time by the clock."""
        return datetime.fromtimestamp(BOOTED + self.uptime, UTC)

    @property
    def micros(self) -> int:
        """Return the microseconds since boot."""
        return round(self.uptime * 1e6)


Log = list[Said]
Form = Callable[[Log], bytes]
FORMS: dict[str, Form] = {}


def parsed(log: bytes) -> Log:
    """Read what `dmesg` wrote; a line without a stamp belongs to the record before it."""
    said: Log = []
    for line in log.decode().splitlines():
        if match := STAMPED.match(line):
            said.append(Said(float(match[1]), match[2]))
        elif said:
            said[-1] = said[-1]._replace(text=f"{said[-1].text}\n{line.strip()}")
    return said


def form(make: Form) -> Form:
    """Note one more form, under its function's name."""
    FORMS[make.__name__] = make
    return make


def written(log: Log, before: Callable[[Said], str], *, repeated: bool = False) -> bytes:
    """Write lines; of a record with several, dmesg indents the others, syslog repeats the stamp."""
    lines = []
    for said in log:
        stamp = before(said)
        first, *rest = said.text.split("\n")
        lines += [stamp + first, *((stamp if repeated else " " * len(stamp)) + it for it in rest)]
    return "".join(f"{line}\n" for line in lines).encode()


def raw(said: Said) -> str:
    return RAW.format(uptime=said.uptime)
