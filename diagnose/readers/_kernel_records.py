"""Logs that are records of fields: dmesg and journal as JSON, the journal's export and verbose."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from diagnose.readers import _clock
from diagnose.readers._clock import Wall
from diagnose.readers._kernel_prefix import KERNEL
from diagnose.readers._lines import LONGEST, Line

LATEST = 1e17  # microseconds since the epoch: the year 5138
MOST = 400  # fields of a record; more are no journal
TEXTS = ("MESSAGE", "msg", "message", "log", "textPayload", "line")
HINTS = frozenset(("MESSAGE", "__CURSOR", "__REALTIME_TIMESTAMP", "_TRANSPORT", "_BOOT_ID"))
MEMBER = re.compile(r'\s*(?:\{\s*)?"([A-Za-z_@]\w*)"\s*:\s*(.*)$')
FIELD = re.compile(r"\s*([A-Z_][A-Z0-9_]{0,63})=(.*)$")
CALLER = re.compile(r"\s*[TC]\d+\s*$")
HEADER = re.compile(r"(?:\S{1,12} )?\d{4}-\d\d-\d\d \d\d:\d\d:\d\d.{0,20} \[s=[0-9a-f]+;i=")


class Said(NamedTuple):
    """One line of a record's message, and what the record says beside."""

    line: Line
    text: str
    uptime: float | None = None
    wall: Wall | None = None
    program: str = ""


class Records:
    """Gathers fields until their record ends; what is no record passes by."""

    def __init__(self) -> None:
        self._fields: dict[str, object] = {}
        self._texts: list[tuple[Line, str]] = []
        self._header: Wall | None = None
        self._array: tuple[Line, str, list[int]] | None = None
        self._open = False

    def feed(self, line: Line) -> list[Said] | None:
        """Return the messages that this line completes; None if it is not part of a record."""
        bare = line.text.strip(" \t\x1e")
        if bare.startswith(("{", "data: {")) and bare.endswith("}") and len(bare) > 2:
            return self._object(line, bare.removeprefix("data: "))
        if self._array and self._collect(*self._array, bare):
            return []
        if bare[:1] in ('"', "{", "}", "]") and (found := self._pretty(line, bare)) is not None:
            return found
        return self._journal(line, bare)

    def end(self) -> list[Said]:
        """Return the messages of the record that is open, and begin another."""
        fields, texts, header = self._fields, self._texts, self._header
        self._fields, self._texts, self._header = {}, [], None
        self._array, self._open = None, False
        if not texts:
            return []
        uptime, wall = _times(fields)
        program = _program(fields)
        before = _caller(fields)
        return [Said(line, before + text, uptime, wall or header, program) for line, text in texts]

    def _object(self, line: Line, bare: str) -> list[Said] | None:
        try:
            fields = json.loads(bare)
        except (ValueError, RecursionError):
            return None
        if not isinstance(fields, dict):
            return None
        said = self.end()
        for value in list(fields.values()):
            if isinstance(value, dict):
                fields = value | fields
        for key in TEXTS:
            if key in fields:
                self._fields = fields
                self._say(line, fields[key])
                break
        return said + self.end()

    def _pretty(self, line: Line, bare: str) -> list[Said] | None:
        if bare.startswith(("}", "]")) and (self._fields or self._texts):
            return self.end()
        match = MEMBER.match(bare)
        if not match:
            return None
        key, value = match[1], match[2].rstrip(", ")
        if value == "[" and key in TEXTS:
            self._array = line, key, []
            return []
        try:
            content = json.loads(value)
        except (ValueError, RecursionError):
            return None
        if len(self._fields) < MOST:
            self._fields[key] = content
        if key in TEXTS:
            self._say(line, content)
        return []

    def _collect(self, line: Line, key: str, codes: list[int], bare: str) -> bool:
        """Take in the bytes of a text that is written as numbers; say whether that was one line."""
        numbers = bare.strip(",").split(",")
        if all(number.strip().isdecimal() for number in numbers):
            if len(codes) < LONGEST:
                codes += [int(number[:4]) & 255 for number in numbers]
            return True
        self._array = None
        self._fields[key] = codes
        self._say(line, codes)
        return bare.startswith("]")

    def _journal(self, line: Line, bare: str) -> list[Said] | None:
        if HEADER.match(line.text):
            said = self.end()
            self._header, self._open = _clock.iso(line.text), True
            return said
        if not bare:
            return self.end() if self._open else None
        match = FIELD.match(line.text)
        if not match:
            return self._continue(line, bare)
        key, value = match.groups()
        if not self._open and key not in HINTS:
            return None
        said = self.end() if key == "__CURSOR" and self._open else []
        self._open = True
        if len(self._fields) < MOST:
            self._fields[key] = value
        if key == "MESSAGE":
            self._say(line, value)
        return said

    def _continue(self, line: Line, bare: str) -> list[Said] | None:
        if not self._open:
            return None
        if bare == "MESSAGE":  # in the export format a text of several lines has its length before
            self._fields["MESSAGE"] = None
        elif "MESSAGE" in self._fields:
            measured = self._fields["MESSAGE"] is None and not self._texts
            self._texts.append((line, line.text[8:] if measured else line.text))
        return []

    def _say(self, line: Line, content: object) -> None:
        if isinstance(content, list):
            codes = [code for code in content if isinstance(code, int)]
            content = bytes(code & 255 for code in codes).decode("utf-8", "replace")
        if isinstance(content, str):
            self._texts += [(line, text) for text in content.split("\n")]


def _number(value: object) -> float | None:
    try:
        number = float(value) if isinstance(value, int | float | str) else -1.0
    except (ValueError, OverflowError):
        return None
    return number if 0 <= number < LATEST else None


def _times(fields: dict[str, object]) -> tuple[float | None, Wall | None]:
    """Read uptime and time; the journal's own stamps are taken back by its delay."""
    if "msg" in fields and "time" in fields:
        time = fields["time"]
        if isinstance(time, str):
            return None, _clock.iso(time) or _clock.written(time)
        return _number(time), None
    source = _number(fields.get("_SOURCE_MONOTONIC_TIMESTAMP"))
    monotonic = _number(fields.get("__MONOTONIC_TIMESTAMP"))
    realtime = _number(fields.get("__REALTIME_TIMESTAMP"))
    first = _number(fields.get("_SOURCE_REALTIME_TIMESTAMP"))
    if realtime is None:
        realtime = first
    elif source is not None and monotonic is not None:
        realtime -= max(0.0, monotonic - source)
    elif first is not None:
        realtime = first
    uptime = monotonic if source is None else source
    wall = None if realtime is None else Wall(realtime / 1e6, 1e-3)
    return (None if uptime is None else uptime / 1e6), wall


def _caller(fields: dict[str, object]) -> str:
    """Return what dmesg took for the caller's id, and is the beginning of a row of a table."""
    caller = fields.get("caller")
    if not isinstance(caller, str) or CALLER.match(caller):
        return ""
    return f"[{caller}]"


def _program(fields: dict[str, object]) -> str:
    """Name who spoke; nobody where the record does not say."""
    if fields.get("_TRANSPORT") == KERNEL:
        return KERNEL
    for key in ("SYSLOG_IDENTIFIER", "_COMM"):
        if isinstance(name := fields.get(key), str) and name:
            return name
    return ""
