"""What systemd says of its units where memory ran out: a witness, where no kernel line is one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from diagnose.readers import _clock
from diagnose.readers._clock import Wall
from diagnose.readers._kernel_lines import Message

MOST_UNITS = 1000
SAME = 90.0  # seconds that systemd gives a unit to stop: what it says within them is of one death
UNIT = r"(?P<unit>[\w:.@\\+-]{1,250}\.(?:service|scope|slice|socket|mount|swap))"
KILLED = re.compile(
    rf"{UNIT}: (?:A process of this unit has been killed by the OOM killer"
    r"|systemd-oomd killed (?P<number>\d{1,9}) process)"
)
FAILED = re.compile(rf"{UNIT}: Failed with result 'oom-kill'")
HEADING = re.compile(rf"[●○×↻*] {UNIT}(?: - |$)")
STATE = re.compile(r"Active: failed \(Result: oom-kill\)(?: since (?P<since>.{1,60}?);)?")
MAIN = re.compile(r"Main PID: (?P<pid>\d{1,10}) \(code=killed, signal=KILL\)")


@dataclass(slots=True)
class UnitDeath:
    """One time that a unit lost a process for want of memory; pid 0 is one that is not told."""

    unit: str
    message: Message
    pid: int = 0
    by_daemon: bool = False
    ended: bool = False


class Units:
    """Gathers what is said of each unit, and counts it once."""

    def __init__(self) -> None:
        self._deaths: list[UnitDeath] = []
        self._latest: dict[str, UnitDeath] = {}
        self._shown = ""

    @property
    def deaths(self) -> list[UnitDeath]:
        """Return them in the order of the log."""
        return self._deaths

    def feed(self, message: Message) -> None:
        """Take in one message."""
        text = message.text
        if "unit" in text or "oomd" in text or "oom-kill" in text:
            if match := KILLED.match(text):
                death = self._dies(match["unit"], message)
                death.by_daemon |= match["number"] is not None
            elif match := FAILED.match(text):
                self._dies(match["unit"], message).ended = True
            elif self._shown and (match := STATE.match(text)):
                wall = _clock.iso(match["since"] or "")
                self._dies(self._shown, message._replace(wall=wall or message.wall))
        elif self._shown and (match := MAIN.match(text)):
            if shown := self._latest.get(self._shown):
                shown.pid = int(match["pid"])
        elif match := HEADING.match(text):
            self._shown = match["unit"]

    def _dies(self, unit: str, message: Message) -> UnitDeath:
        known = self._latest.get(unit)
        if known and _same(known, message):
            return known
        death = UnitDeath(unit, message)
        if len(self._deaths) < MOST_UNITS:
            self._latest[unit] = death
            self._deaths.append(death)
        return death


def _same(death: UnitDeath, message: Message) -> bool:
    """Say whether a message is of the death that its unit is known for."""
    before = death.message
    if before.uptime is not None and message.uptime is not None:
        return before.boot == message.boot and abs(message.uptime - before.uptime) < SAME
    if before.wall and message.wall:
        return abs(_apart(before.wall, message.wall)) < SAME
    return not death.ended


def _apart(one: Wall, two: Wall) -> float:
    """Subtract two dates, of which one may have no year."""
    if one.dated == two.dated:
        return one.seconds - two.seconds
    full, part = (one, two) if one.dated else (two, one)
    return full.seconds - _clock.in_year_of(part, full.seconds)
