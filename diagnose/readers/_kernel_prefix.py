"""What stands before the words of a kernel: stamps, levels, hosts, quoting; read and taken off."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from diagnose.readers import _clock
from diagnose.readers._clock import Wall

LATE = 2.0  # dmesg reckons dates from uptimes, and is off by what the clock was set since boot
KERNEL = "kernel"
EVENTS = "k8s"  # an event of Kubernetes, which quotes the kernel
# Programs that speak of kills; the words of all others are theirs, whatever they quote.
PROGRAMS = r"systemd-oomd|systemd|earlyoom|kubelet|nohang(?:-desktop)?"
_WEEKDAY = r"(?:[^\W\d_]{1,12}\.?,?\ {1,2})?"
_TIME = r"\d\d:\d\d:\d\d(?:[.,]\d{1,9})?"
_DAY = r"(?:[^\W_]{1,9}\.?\ {1,2}\d\d?|\d\d?\.?\ [^\W\d_]{2,9}\.?)"
_DELTA = r"(?:\ *<[\ \d.]{1,20}>)?"
_END = r"(?:\ |$|(?=\[\ *[TC]\d))"
TOKEN = re.compile(
    rf"""
    (?P<uptime>\[\ *(?P<seconds>\d{{1,10}}\.\d{{3,9}}){_DELTA}\]{_END})
  | (?P<human>\[\ *(?:\+\d{{1,7}}\.\d{{3,9}}|<[\ \d.]{{1,20}}>
      |[^\W\d_]{{1,9}}\ *\d\d?\ \d\d:\d\d)\]{_END})
  | (?P<bracketed>\[{_WEEKDAY}{_DAY}\ {_TIME}(?:\ [A-Z]{{2,5}})?\ \d{{4}}{_DELTA}\]{_END})
  | (?P<caller>\[\ *[TC]\d{{1,7}}\]{_END})
  | (?P<iso>\[?{_WEEKDAY}\d{{4}}-\d\d-\d\d[T\ ]{_TIME}(?:\ ?(?:Z|[+-]\d\d(?::?\d\d)?|[A-Z]{{3,5}}))?
      \]?:?(?:\s|$))
  | (?P<syslog>{_WEEKDAY}{_DAY}\ (?:\d{{4}}\ )?{_TIME}(?:\ [A-Z]{{3,4}})?(?:\ \d{{4}})?:?\ )
  | (?P<epoch>\d{{9,10}}\.\d{{3,9}}\ )
  | (?P<level><\d{{1,3}}>(?:1\ )?|<?(?:kern|user|daemon|syslog)\.\w{{1,8}}>?:?[ ]
      |(?:kern|user|daemon|syslog)\ *:\ *\w{{1,8}}\ *:\ )
  | (?P<kmsg>\d{{1,4}},\d{{1,20}},(?P<micros>\d{{1,17}}),[^;\n]{{0,200}};)
  | (?P<kernel>(?:\S{{1,64}}\ )?(?:kern\.\w{{1,8}}\ )?kernel(?:\[\d{{1,7}}\])?
      (?::\ ?|\ -\ -\ (?:-|\[[^\]]{{0,200}}\])\ ))
  | (?P<program>(?:\S{{1,64}}\ )?(?P<name>{PROGRAMS})(?:\[\d{{1,7}}\])?:\ )
  | (?P<guest>In\(\d+\)\ \S{{1,40}}\ -\ Guest:\ |[\w.-]{{1,60}}\ +\|\ |std(?:out|err)\ [FP][ ]
      |\d\d[OE][\ +](?=\S)|{_TIME}\ )
  | (?P<trace>\[<[0-9a-f]{{8,16}}>\]\ (?=<\d>))
  | (?P<listed>(?:[\w./-]{{0,100}}[:-])?\d{{1,7}}[:-](?=\D)|\d{{1,7}}\t|/[\w./+-]{{1,200}}:(?=\S))
  | (?P<quote>[>|│*`+\ufeff\x1e\x00]+\ ?|[-\s]{{1,40}}(?=\S))
    """,
    re.VERBOSE,
)
KUBERNETES = re.compile(r".{0,200}?\bOOMKilling\b.{0,120}?(?=(?:Memory cgroup o|O)ut of memory)")
LOOSE = {"quote", "listed", "level"}  # anybody's lines may have such
SURE = {"uptime", "human", "bracketed", "caller", "kmsg", "kernel"}  # only a kernel's have
NESTED = 12  # more prefixes than any line has
SECOND = re.compile(r"(?<=\S)\s*(?=(?:<\d>)?\[ *\d{1,10}\.\d{6}\] )")


class Prefix(NamedTuple):
    """What the stamps of a line said, and what is left of it; `sure` if they are a kernel's."""

    text: str
    uptime: float | None = None
    wall: Wall | None = None
    program: str = ""
    stamped: bool = False
    sure: bool = False


def take_off(line: str) -> Prefix:
    """Take off everything that some logger or person put before a message."""
    if "OOMKilling" in line and (match := KUBERNETES.match(line)):
        return Prefix(line[match.end() :], program=EVENTS)
    text, uptime, wall, program, seen = line, None, None, "", set[str]()
    for _ in range(NESTED):
        match = TOKEN.match(text)
        kind = match.lastgroup if match else None
        if not match or not kind or (program and kind in ("kernel", "program")):
            break
        if kind == "listed" and not seen <= {"quote"}:
            break
        if kind in ("uptime", "kmsg"):
            uptime = float(match["seconds"] or int(match["micros"]) / 1e6)
        elif kind in _READERS:
            wall = _READERS[kind](match[0]) or wall
        elif kind in ("kernel", "program"):
            program = match["name"] or KERNEL
        seen.add(kind)
        text = text[match.end() :]
    sure = not SURE.isdisjoint(seen) or (wall is not None and wall.error == LATE)
    return Prefix(text, uptime, wall, program, not seen <= LOOSE, sure)


def _bracketed(stamp: str) -> Wall | None:
    wall = _clock.written(stamp.strip("[] "))
    return wall._replace(error=LATE) if wall else None


def _iso(stamp: str) -> Wall | None:
    wall = _clock.iso(stamp)
    return wall._replace(error=LATE) if wall and "," in stamp else wall


def _epoch(stamp: str) -> Wall | None:
    return Wall(float(stamp), 1e-6)


_READERS = {
    kind: lru_cache(maxsize=64)(read)  # the lines of a report have the same second
    for kind, read in (
        ("bracketed", _bracketed),
        ("iso", _iso),
        ("syslog", _clock.written),
        ("epoch", _epoch),
    )
}


def interleaved(prefix: Prefix) -> Prefix:
    """Return the message that another one, unfinished, stands before: serial lines are shared."""
    if prefix.wall is None and not prefix.program and (found := SECOND.search(prefix.text)):
        return take_off(prefix.text[found.end() :])
    return prefix
